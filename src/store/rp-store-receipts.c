#include "rp-store-receipts.h"

#include "rp-json.h"

#define COLUMNS "article_id, partner_id, remote_id, public_url, version, state, memory, changed"

gboolean
rp_store_save_receipt (RpStore *store, const RpReceipt *receipt, GError **error)
{
  g_autofree char *memory = rp_json_object_to_text (receipt->memory, FALSE);

  return rp_db_exec (
    rp_store_get_db (store), error, NULL,
    "INSERT INTO receipts (" COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    " ON CONFLICT (article_id, partner_id) DO UPDATE SET remote_id = excluded.remote_id,"
    " public_url = excluded.public_url, version = excluded.version, state = excluded.state,"
    " memory = excluded.memory, changed = excluded.changed",
    "sssssssi", receipt->article_id, receipt->partner_id, receipt->remote_id, receipt->public_url,
    receipt->version, receipt->state, memory, receipt->updated);
}

static RpReceipt *
read_receipt (RpDbRows *rows)
{
  RpReceipt *receipt = rp_receipt_new ();
  g_autoptr (JsonNode) memory = rp_json_parse_text (rp_db_text (rows, 6), NULL);

  receipt->article_id = g_strdup (rp_db_text (rows, 0));
  receipt->partner_id = g_strdup (rp_db_text (rows, 1));
  receipt->remote_id = g_strdup (rp_db_text (rows, 2));
  receipt->public_url = g_strdup (rp_db_text (rows, 3));
  receipt->version = g_strdup (rp_db_text (rows, 4));
  receipt->state = g_strdup (rp_db_text (rows, 5));
  receipt->updated = rp_db_int (rows, 7);
  if (memory != NULL && JSON_NODE_HOLDS_OBJECT (memory)) {
    json_object_unref (receipt->memory);
    receipt->memory = rp_json_object_copy (json_node_get_object (memory));
  }

  return receipt;
}

RpReceipt *
rp_store_get_receipt (RpStore *store,
                      const char *article_id,
                      const char *partner_id,
                      GError **error)
{
  g_autoptr (RpDbRows) rows =
    rp_db_query (rp_store_get_db (store), error,
                 "SELECT " COLUMNS " FROM receipts WHERE article_id = $1 AND partner_id = $2", "ss",
                 article_id, partner_id);

  return rows != NULL && rp_db_next (rows, error) ? read_receipt (rows) : NULL;
}

GPtrArray *
rp_store_list_receipts (RpStore *store, const char *article_id, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) rp_receipt_free);
  g_autoptr (GError) local = NULL;
  g_autoptr (RpDbRows) rows = rp_db_query (
    rp_store_get_db (store), error,
    "SELECT " COLUMNS " FROM receipts WHERE article_id = $1 ORDER BY partner_id", "s", article_id);

  if (rows == NULL)
    return NULL;
  while (rp_db_next (rows, &local))
    g_ptr_array_add (list, read_receipt (rows));
  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }

  return g_steal_pointer (&list);
}
