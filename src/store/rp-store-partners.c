#include "rp-store-partners.h"

#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-json.h"

gboolean
rp_store_save_partner (RpStore *store, RpPartner *partner, gint64 now, GError **error)
{
  g_autoptr (JsonObject) object = rp_partner_to_json (partner);
  g_autofree char *document = rp_json_object_to_text (object, FALSE);

  return rp_db_exec (rp_store_get_db (store), error, NULL,
                     "INSERT INTO partners (id, name, changed, document) VALUES ($1, $2, $3, $4)"
                     " ON CONFLICT (id) DO UPDATE SET name = excluded.name,"
                     " changed = excluded.changed, document = excluded.document",
                     "ssis", rp_partner_get_id (partner), rp_partner_get_name (partner), now,
                     document);
}

gboolean
rp_store_remove_partner (RpStore *store, const char *id, GError **error)
{
  gint64 open = 0, removed = 0;

  if (!rp_db_get_int (rp_store_get_db (store), &open, error,
                      "SELECT count (*) FROM deliveries WHERE partner_id = $1 AND settled = 0", "s",
                      id))
    return FALSE;
  if (open > 0) {
    g_set_error (error, RP_ERROR, RP_ERROR_CONFLICT,
                 _ ("The outbox still holds deliveries to “%s”; cancel them first"), id);
    return FALSE;
  }
  if (!rp_db_exec (rp_store_get_db (store), error, &removed, "DELETE FROM partners WHERE id = $1",
                   "s", id))
    return FALSE;
  if (removed == 0)
    g_set_error (error, RP_ERROR, RP_ERROR_NOT_FOUND, _ ("There is no partner “%s”"), id);

  return removed > 0;
}

static RpPartner *
read_partner (RpDbRows *rows, GError **error)
{
  g_autoptr (JsonNode) node = rp_json_parse_text (rp_db_text (rows, 0), error);

  return node != NULL ? rp_partner_from_json (json_node_get_object (node), error) : NULL;
}

RpPartner *
rp_store_get_partner (RpStore *store, const char *id, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (RpDbRows) rows =
    rp_db_query (rp_store_get_db (store), error,
                 "SELECT document FROM partners WHERE id = $1 OR lower (name) = lower ($1)"
                 " ORDER BY id = $1 DESC",
                 "s", id);

  if (rows == NULL)
    return NULL;
  if (rp_db_next (rows, &local))
    return read_partner (rows, error);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error (error, RP_ERROR, RP_ERROR_NOT_FOUND,
                 _ ("There is no partner “%s”; “reprintctl partner list” shows them"), id);

  return NULL;
}

char *
rp_store_dup_connector (RpStore *store, const char *id)
{
  return rp_db_dup_text (
    rp_store_get_db (store), NULL,
    "SELECT json_extract (document, '$.connector') FROM partners WHERE id = $1", "s", id);
}

GPtrArray *
rp_store_list_partners (RpStore *store, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RpDbRows) rows = rp_db_query (
    rp_store_get_db (store), error, "SELECT document FROM partners ORDER BY lower (name), id", "");
  g_autoptr (GError) local = NULL;

  if (rows == NULL)
    return NULL;
  while (rp_db_next (rows, &local)) {
    RpPartner *partner = read_partner (rows, &local);

    if (partner == NULL)
      break;
    g_ptr_array_add (list, partner);
  }
  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }

  return g_steal_pointer (&list);
}
