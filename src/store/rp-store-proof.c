#include "rp-store-proof.h"

#include "rp-json.h"
#include "rp-time.h"

/* Columns are named as in the proof; what follows the colon says how they are written. */
static const struct {
  const char *name;
  const char *columns;
  const char *sql;
} tables[] = {
  {"deliveries",
   "delivery partner action state status created:time leaves:time live:time settled:time tries:int"
   " marker version remote_id public_url message decision",
   "SELECT id, partner_id, action, state, status, created, publish_at, live_at, settled, tries,"
   " marker, version, remote_id, public_url, message, decision_id FROM deliveries"
   " WHERE article_id = $1 ORDER BY id"},
  {"exchanges",
   "exchange delivery partner at:time label method url request_headers request_text request_blob"
   " answered:time status:int response_headers response_text response_blob error",
   "SELECT e.id, e.delivery_id, d.partner_id, e.at, e.label, e.method, e.url, e.request_headers,"
   " e.request_text, e.request_blob, e.answered, e.status, e.response_headers, e.response_text,"
   " e.response_blob, e.error FROM exchanges AS e JOIN deliveries AS d ON d.id = e.delivery_id"
   " WHERE d.article_id = $1 ORDER BY e.id"},
  {"receipts", "partner remote_id public_url version state changed:time",
   "SELECT partner_id, remote_id, public_url, version, state, changed FROM receipts"
   " WHERE article_id = $1 ORDER BY partner_id"},
  {"decisions", "decision partner at:time verdict licence licence_version:int document:json",
   "SELECT id, partner_id, at, verdict, licence_id, licence_version, document FROM decisions"
   " WHERE article_id = $1 ORDER BY at, id"},
  {"approvals", "kind name reason at:time",
   "SELECT kind, name, reason, at FROM approvals WHERE article_id = $1 ORDER BY at"},
  {"history", "at:time kind words delivery url",
   "SELECT at, kind, words, delivery_id, url FROM events WHERE article_id = $1 ORDER BY at, id"},
  {"evidence", "partner at:time verdict url status:int page document:json",
   "SELECT partner_id, at, verdict, url, status, blob, document FROM evidence"
   " WHERE article_id = $1 ORDER BY id"},
  {"uses", "licence partner at:time amount currency",
   "SELECT licence_id, partner_id, at, amount, currency FROM ledger WHERE article_id = $1"
   " ORDER BY at"},
  {"revisions", "at:time reason document:json",
   "SELECT at, reason, document FROM revisions WHERE article_id = $1 ORDER BY at"},
};

const char *const *
rp_store_get_proof_names (void)
{
  static const char *names[G_N_ELEMENTS (tables) + 1];

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    names[i] = tables[i].name;

  return names;
}

static void
add_value (JsonObject *row, const char *column, RpDbRows *rows, int position)
{
  g_auto (GStrv) parts = g_strsplit (column, ":", 2);
  const char *kind = parts[1];

  if (rp_db_is_null (rows, position))
    return;
  if (g_strcmp0 (kind, "time") == 0) {
    g_autofree char *at = rp_time_format (rp_db_int (rows, position));

    rp_json_set_string (row, parts[0], at);
  } else if (g_strcmp0 (kind, "int") == 0) {
    json_object_set_int_member (row, parts[0], rp_db_int (rows, position));
  } else if (g_strcmp0 (kind, "json") == 0) {
    JsonNode *node = rp_json_parse_text (rp_db_text (rows, position), NULL);

    if (node != NULL)
      json_object_set_member (row, parts[0], node);
  } else {
    rp_json_set_string (row, parts[0], rp_db_text (rows, position));
  }
}

static JsonObject *
read_row (RpDbRows *rows, char **columns)
{
  JsonObject *row = json_object_new ();

  for (int i = 0; columns[i] != NULL; i++)
    add_value (row, columns[i], rows, i);

  return row;
}

JsonArray *
rp_store_list_proof_rows (RpStore *store, const char *name, const char *article_id, GError **error)
{
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (RpDbRows) rows = NULL;
  g_autoptr (GError) local = NULL;
  g_auto (GStrv) columns = NULL;
  guint n = 0;

  while (n < G_N_ELEMENTS (tables) && !g_str_equal (tables[n].name, name))
    n++;
  g_return_val_if_fail (n < G_N_ELEMENTS (tables), NULL);

  columns = g_strsplit (tables[n].columns, " ", -1);
  rows = rp_db_query (rp_store_get_db (store), error, tables[n].sql, "s", article_id);
  if (rows == NULL)
    return NULL;
  while (rp_db_next (rows, &local))
    json_array_add_object_element (array, read_row (rows, columns));
  if (local == NULL)
    return g_steal_pointer (&array);
  g_propagate_error (error, g_steal_pointer (&local));

  return NULL;
}
