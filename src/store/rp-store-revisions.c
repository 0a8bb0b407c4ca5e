#include "rp-store-revisions.h"

#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-json.h"
#include "rp-time.h"

gboolean
rp_store_keep_revision (RpStore *store,
                        const char *article_id,
                        const char *reason,
                        gint64 now,
                        GError **error)
{
  return rp_db_exec (rp_store_get_db (store), error, NULL,
                     "INSERT INTO revisions (article_id, at, reason, document)"
                     " SELECT id, $2, $3, document FROM articles WHERE id = $1"
                     " ON CONFLICT (article_id, at) DO NOTHING",
                     "sis", article_id, now, reason);
}

GPtrArray *
rp_store_list_revisions (RpStore *store, const char *article_id, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (RpDbRows) rows = rp_db_query (
    rp_store_get_db (store), error,
    "SELECT at FROM revisions WHERE article_id = $1 ORDER BY at DESC", "s", article_id);
  g_autoptr (GError) local = NULL;

  if (rows == NULL)
    return NULL;
  while (rp_db_next (rows, &local))
    g_ptr_array_add (list, rp_time_format (rp_db_int (rows, 0)));
  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }

  return g_steal_pointer (&list);
}

RpArticle *
rp_store_get_revision (RpStore *store, const char *article_id, gint64 at, GError **error)
{
  g_autofree char *text = rp_db_dup_text (
    rp_store_get_db (store), error,
    "SELECT document FROM revisions WHERE article_id = $1 AND at = $2", "si", article_id, at);
  g_autoptr (JsonNode) node = text != NULL ? rp_json_parse_text (text, error) : NULL;

  if (text == NULL && (error == NULL || *error == NULL))
    g_set_error_literal (error, RP_ERROR, RP_ERROR_NOT_FOUND,
                         _ ("There is no such earlier version"));

  return node != NULL ? rp_article_from_json (json_node_get_object (node)) : NULL;
}
