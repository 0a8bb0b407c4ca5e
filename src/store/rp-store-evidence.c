#include "rp-store-evidence.h"

#include "rp-id.h"
#include "rp-json.h"
#include "rp-store-schema.h"

RpEvidence *
rp_evidence_new (const char *article_id, const char *partner_id)
{
  RpEvidence *evidence = g_new0 (RpEvidence, 1);

  evidence->id = rp_id_new ();
  evidence->article_id = g_strdup (article_id);
  evidence->partner_id = g_strdup (partner_id);
  evidence->document = json_object_new ();

  return evidence;
}

void
rp_evidence_free (RpEvidence *evidence)
{
  g_free (evidence->id);
  g_free (evidence->article_id);
  g_free (evidence->partner_id);
  g_free (evidence->verdict);
  g_free (evidence->url);
  g_free (evidence->blob);
  json_object_unref (evidence->document);
  g_free (evidence);
}

gboolean
rp_store_add_evidence (RpStore *store, RpEvidence *evidence, GError **error)
{
  g_autofree char *document = rp_json_object_to_text (evidence->document, FALSE);

  return rp_db_exec (rp_store_get_db (store), error, NULL,
                     "INSERT INTO evidence (id, article_id, partner_id, at, verdict, url, status,"
                     " blob, document) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                     "sssississ", evidence->id, evidence->article_id, evidence->partner_id,
                     evidence->at, evidence->verdict, evidence->url, (gint64) evidence->status,
                     evidence->blob, document);
}

static RpEvidence *
read_evidence (RpDbRows *rows)
{
  RpEvidence *evidence = rp_evidence_new (rp_db_text (rows, 1), rp_db_text (rows, 2));
  g_autoptr (JsonNode) document = rp_json_parse_text (rp_db_text (rows, 8), NULL);

  g_free (evidence->id);
  evidence->id = g_strdup (rp_db_text (rows, 0));
  evidence->at = rp_db_int (rows, 3);
  evidence->verdict = g_strdup (rp_db_text (rows, 4));
  evidence->url = g_strdup (rp_db_text (rows, 5));
  evidence->status = (guint) rp_db_int (rows, 6);
  evidence->blob = g_strdup (rp_db_text (rows, 7));
  if (document != NULL && JSON_NODE_HOLDS_OBJECT (document)) {
    json_object_unref (evidence->document);
    evidence->document = rp_json_object_copy (json_node_get_object (document));
  }

  return evidence;
}

GPtrArray *
rp_store_list_evidence (RpStore *store,
                        const char *article_id,
                        const char *partner_id,
                        guint limit,
                        GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) rp_evidence_free);
  g_autoptr (GError) local = NULL;
  g_autoptr (RpDbRows) rows =
    rp_db_query (rp_store_get_db (store), error,
                 "SELECT id, article_id, partner_id, at, verdict, url, status, blob, document"
                 " FROM evidence WHERE article_id = $1 AND ($2 IS NULL OR partner_id = $2)"
                 " ORDER BY id DESC LIMIT $3",
                 "ssi", article_id, partner_id, (gint64) limit);

  if (rows == NULL)
    return NULL;
  while (rp_db_next (rows, &local))
    g_ptr_array_add (list, read_evidence (rows));
  if (local == NULL)
    return g_steal_pointer (&list);
  g_propagate_error (error, g_steal_pointer (&local));

  return NULL;
}

gboolean
rp_store_has_bad_verdict (RpStore *store, const char *article_id, gboolean *out, GError **error)
{
  gint64 count = 0;
  gboolean read = rp_db_get_int (
    rp_store_get_db (store), &count, error,
    "SELECT count (*) FROM evidence AS e JOIN receipts AS r ON r.article_id = e.article_id"
    " AND r.partner_id = e.partner_id WHERE e.article_id = $1 AND e.at >= r.changed"
    " AND e.id = (SELECT max (n.id) FROM evidence AS n WHERE n.article_id = e.article_id"
    "   AND n.partner_id = e.partner_id)"
    " AND ((r.state = 'live' AND e.verdict IN ('broken', 'gone'))"
    "   OR (r.state = 'withdrawn' AND e.verdict = 'still'))",
    "s", article_id);

  *out = count > 0;

  return read;
}

/* ---- what is to be looked at ---- */

void
rp_planned_check_free (RpPlannedCheck *check)
{
  g_free (check->article_id);
  g_free (check->partner_id);
  g_free (check);
}

gboolean
rp_store_plan_check (RpStore *store,
                     const char *article_id,
                     const char *partner_id,
                     gint64 due,
                     guint tries,
                     GError **error)
{
  return rp_db_exec (rp_store_get_db (store), error, NULL,
                     "INSERT INTO checks (article_id, partner_id, due, tries) VALUES ($1, $2, $3,"
                     " $4) ON CONFLICT (article_id, partner_id) DO UPDATE SET due = excluded.due,"
                     " tries = excluded.tries",
                     "ssii", article_id, partner_id, due, (gint64) tries);
}

gboolean
rp_store_drop_check (RpStore *store, const char *article_id, const char *partner_id, GError **error)
{
  return rp_db_exec (rp_store_get_db (store), error, NULL,
                     "DELETE FROM checks WHERE article_id = $1 AND partner_id = $2", "ss",
                     article_id, partner_id);
}

typedef struct {
  guint most;
  gint64 now, lease;
  GPtrArray *checks; /* owned, of RpPlannedCheck */
} Claim;

static gboolean
claim_checks (RpStore *store, gpointer user_data, GError **error)
{
  Claim *claim = user_data;
  g_autoptr (GError) local = NULL;
  RpDb *db = rp_store_get_db (store);
  g_autoptr (GString) sql =
    g_string_new ("SELECT article_id, partner_id, tries FROM checks WHERE due <= $1"
                  " ORDER BY due LIMIT $2");
  g_autoptr (RpDbRows) rows = NULL;

  g_string_append (sql, rp_store_schema_wording (db)->lock);
  g_string_replace (sql, "%s", "checks", 1);
  rows = rp_db_query (db, error, sql->str, "ii", claim->now, (gint64) claim->most);

  if (rows == NULL)
    return FALSE;
  while (rp_db_next (rows, &local)) {
    RpPlannedCheck *check = g_new0 (RpPlannedCheck, 1);

    check->article_id = g_strdup (rp_db_text (rows, 0));
    check->partner_id = g_strdup (rp_db_text (rows, 1));
    check->tries = (guint) rp_db_int (rows, 2);
    g_ptr_array_add (claim->checks, check);
  }
  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  g_clear_pointer (&rows, rp_db_rows_free);
  for (guint i = 0; i < claim->checks->len; i++) {
    RpPlannedCheck *check = claim->checks->pdata[i];

    if (!rp_store_plan_check (store, check->article_id, check->partner_id,
                              claim->now + claim->lease, check->tries, error))
      return FALSE;
  }

  return TRUE;
}

GPtrArray *
rp_store_claim_checks (RpStore *store, guint most, gint64 now, gint64 lease, GError **error)
{
  Claim claim = {most, now, lease,
                 g_ptr_array_new_with_free_func ((GDestroyNotify) rp_planned_check_free)};

  if (!rp_store_transaction (store, claim_checks, &claim, error))
    g_clear_pointer (&claim.checks, g_ptr_array_unref);

  return claim.checks;
}

gboolean
rp_store_next_check (RpStore *store, gint64 *out, GError **error)
{
  return rp_db_get_int (rp_store_get_db (store), out, error,
                        "SELECT coalesce (min (due), 0) FROM checks", "");
}
