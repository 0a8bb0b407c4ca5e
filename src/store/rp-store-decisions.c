#include "rp-store-decisions.h"

#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-id.h"
#include "rp-json.h"

char *
rp_store_save_decision (RpStore *store,
                        RpDecision *decision,
                        const char *article_id,
                        const char *partner_id,
                        const char *licence_id,
                        gint64 licence_version,
                        gint64 now,
                        GError **error)
{
  g_autofree char *id = rp_id_new ();
  g_autoptr (JsonObject) object = rp_decision_to_json (decision);
  g_autofree char *document = rp_json_object_to_text (object, FALSE);

  if (!rp_db_exec (rp_store_get_db (store), error, NULL,
                   "INSERT INTO decisions (id, article_id, partner_id, at, verdict, licence_id,"
                   " licence_version, document) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                   "sssissis", id, article_id, partner_id, now, rp_decision_get_verdict (decision),
                   licence_id, licence_version, document))
    return NULL;

  return g_steal_pointer (&id);
}

RpDecision *
rp_store_get_decision (RpStore *store, const char *id, GError **error)
{
  g_autofree char *text = rp_db_dup_text (rp_store_get_db (store), error,
                                          "SELECT document FROM decisions WHERE id = $1", "s", id);
  g_autoptr (JsonNode) node = text != NULL ? rp_json_parse_text (text, error) : NULL;

  if (text == NULL && (error == NULL || *error == NULL))
    g_set_error_literal (error, RP_ERROR, RP_ERROR_NOT_FOUND, _ ("There is no such decision"));

  return node != NULL ? rp_decision_from_json (json_node_get_object (node)) : NULL;
}

gboolean
rp_store_record_approval (RpStore *store,
                          const char *article_id,
                          const char *kind,
                          const char *name,
                          const char *reason,
                          gint64 now,
                          GError **error)
{
  return rp_db_exec (rp_store_get_db (store), error, NULL,
                     "INSERT INTO approvals (article_id, kind, name, reason, at)"
                     " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (article_id, kind) DO UPDATE SET"
                     " name = excluded.name, reason = excluded.reason, at = excluded.at",
                     "ssssi", article_id, kind, name, reason, now);
}

GStrv
rp_store_list_approvals (RpStore *store, const char *article_id, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (RpDbRows) rows =
    rp_db_query (rp_store_get_db (store), error,
                 "SELECT kind FROM approvals WHERE article_id = $1 ORDER BY kind", "s", article_id);
  g_autoptr (GError) local = NULL;

  if (rows == NULL)
    return NULL;
  while (rp_db_next (rows, &local))
    g_strv_builder_add (builder, rp_db_text (rows, 0));
  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }

  return g_strv_builder_end (builder);
}

gboolean
rp_store_record_use (RpStore *store,
                     RpLicence *licence,
                     const char *article_id,
                     const char *partner_id,
                     gint64 now,
                     GError **error)
{
  const char *licence_id = rp_licence_get_id (licence);
  JsonObject *payment = rp_json_get_object (rp_licence_get_profile (licence), "payment");
  gboolean costs =
    g_strcmp0 (rp_licence_get_terms (licence)->payment_model, "per-use") == 0 && payment != NULL;
  g_autofree char *id = g_strjoin ("/", licence_id, article_id, partner_id, NULL);
  g_autofree char *amount = costs ? rp_json_dup_text (payment, "amount") : NULL;

  return rp_db_exec (
    rp_store_get_db (store), error, NULL,
    "INSERT INTO ledger (id, licence_id, article_id, partner_id, at, amount, currency)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING",
    "ssssiss", id, licence_id, article_id, partner_id, now, amount,
    costs ? rp_json_get_string (payment, "currency") : NULL);
}

static RpLicenceUse *
read_use (RpDbRows *rows)
{
  RpLicenceUse *use = g_new0 (RpLicenceUse, 1);

  use->at = rp_db_int (rows, 0);
  use->article_id = g_strdup (rp_db_text (rows, 1));
  use->headline = g_strdup (rp_db_text (rows, 2));
  use->partner_id = g_strdup (rp_db_text (rows, 3));
  use->amount = g_strdup (rp_db_text (rows, 4));
  use->currency = g_strdup (rp_db_text (rows, 5));

  return use;
}

GPtrArray *
rp_store_list_uses (RpStore *store, const char *licence_id, guint limit, GError **error)
{
  g_autoptr (GPtrArray) uses =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rp_licence_use_free);
  g_autoptr (RpDbRows) rows =
    rp_db_query (rp_store_get_db (store), error,
                 "SELECT l.at, l.article_id, a.headline, l.partner_id, l.amount, l.currency"
                 " FROM ledger l LEFT JOIN articles a ON a.id = l.article_id"
                 " WHERE l.licence_id = $1 ORDER BY l.at DESC LIMIT $2",
                 "si", licence_id, (gint64) limit);
  g_autoptr (GError) local = NULL;

  if (rows == NULL)
    return NULL;
  while (rp_db_next (rows, &local))
    g_ptr_array_add (uses, read_use (rows));
  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }

  return g_steal_pointer (&uses);
}

gboolean
rp_store_count_uses (RpStore *store,
                     const char *licence_id,
                     gint64 since,
                     gint64 *out,
                     GError **error)
{
  return rp_db_get_int (
    rp_store_get_db (store), out, error,
    "SELECT count (DISTINCT article_id) FROM ledger WHERE licence_id = $1 AND at >= $2", "si",
    licence_id, since);
}
