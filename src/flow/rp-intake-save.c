#include "rp-intake-save.h"

#include <glib/gi18n-lib.h>

#include "rp-article-state.h"
#include "rp-fault.h"
#include "rp-store-articles.h"
#include "rp-store-blobs.h"
#include "rp-store-events.h"
#include "rp-store-revisions.h"
#include "rp-time.h"

void
rp_intake_save_free (gpointer data)
{
  RpIntakeSave *job = data;

  g_clear_object (&job->article);
  g_clear_object (&job->licence);
  g_clear_pointer (&job->partners, g_ptr_array_unref);
  g_clear_pointer (&job->snapshot, g_bytes_unref);
  g_clear_pointer (&job->pictures, g_hash_table_unref);
  g_free (job->status);
  g_free (job);
}

static gboolean
put_blobs (RpStore *store, RpIntakeSave *job, GError **error)
{
  GHashTableIter iter;
  gpointer bytes;
  g_autofree char *sha256 = rp_store_put_blob (store, job->snapshot, error);

  if (sha256 == NULL)
    return FALSE;
  rp_article_set (job->article, RP_ARTICLE_SNAPSHOT, sha256);
  g_hash_table_iter_init (&iter, job->pictures);
  while (g_hash_table_iter_next (&iter, NULL, &bytes)) {
    g_autofree char *hash = rp_store_put_blob (store, bytes, error);

    if (hash == NULL)
      return FALSE;
  }

  return TRUE;
}

static gboolean
add_new (RpStore *store, RpIntakeSave *job, gint64 now, GError **error)
{
  g_autofree char *words = g_strdup_printf (_ ("Imported from %s."),
                                            rp_article_get (job->article, RP_ARTICLE_SOURCE_NAME));

  job->status = g_strdup ("imported");

  return rp_store_add_article (store, job->article, now, error) &&
         rp_store_add_event (store, rp_article_get (job->article, RP_ARTICLE_ID), "imported", words,
                             NULL, rp_article_get (job->article, RP_ARTICLE_SOURCE_URL), now,
                             error);
}

/* The same article again: nothing new is a duplicate; something new is taken as an update, and the
 * version that an editor may have worked on stays in the history. */
static gboolean
take_again (RpStore *store, RpIntakeSave *job, const char *id, gint64 now, GError **error)
{
  g_autoptr (RpArticle) known = rp_store_get_article (store, id, error);
  g_autoptr (RpArticle) original = rp_store_get_original (store, id, error);
  gboolean same;

  if (known == NULL || original == NULL)
    return FALSE;
  rp_article_set (job->article, RP_ARTICLE_ID, id);
  rp_article_set (job->article, RP_ARTICLE_STATE, rp_article_get (known, RP_ARTICLE_STATE));
  same = g_strcmp0 (rp_article_get (original, RP_ARTICLE_BODY_HTML),
                    rp_article_get (job->article, RP_ARTICLE_BODY_HTML)) == 0 &&
         g_strcmp0 (rp_article_get (original, RP_ARTICLE_HEADLINE),
                    rp_article_get (job->article, RP_ARTICLE_HEADLINE)) == 0 &&
         g_strcmp0 (rp_article_get (original, RP_ARTICLE_PUBSTATUS),
                    rp_article_get (job->article, RP_ARTICLE_PUBSTATUS)) == 0;
  job->status = g_strdup (same ? "duplicate" : "updated");
  if (same)
    return TRUE;
  if (g_strcmp0 (rp_article_get (known, RP_ARTICLE_LICENCE_CONFIDENCE), "confirmed") == 0) {
    rp_article_set (job->article, RP_ARTICLE_LICENCE_ID,
                    rp_article_get (known, RP_ARTICLE_LICENCE_ID));
    rp_article_set (job->article, RP_ARTICLE_LICENCE_NAME,
                    rp_article_get (known, RP_ARTICLE_LICENCE_NAME));
    rp_article_set (job->article, RP_ARTICLE_LICENCE_CONFIDENCE, "confirmed");
  }

  return rp_store_keep_revision (store, id, "updated by the source", now, error) &&
         rp_store_replace_article (store, job->article, now, error) &&
         rp_store_add_event (store, id, "updated",
                             _ ("The source has a new version, which was "
                                "taken over; yours is kept in the history."),
                             NULL, NULL, now, error);
}

static gboolean
save_all (RpStore *store, gpointer data, GError **error)
{
  RpIntakeSave *job = data;
  gint64 now = rp_time_now ();
  g_autoptr (GError) local = NULL;
  g_autofree char *known = rp_store_find_article (store, job->article, &local);
  gboolean done;

  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  done =
    known != NULL ? take_again (store, job, known, now, error) : add_new (store, job, now, error);

  return done &&
         rp_article_state_refresh (store, job->article, job->licence, job->partners, now, error);
}

/* Blobs go first: a row that names one that is not there must never exist. */
gpointer
rp_intake_save (RpStore *store, gpointer data, GError **error)
{
  RpIntakeSave *job = data;

  rp_fault_point ("before import");
  if (!put_blobs (store, job, error) || !rp_store_transaction (store, save_all, job, error))
    return NULL;
  rp_fault_point ("after import");

  return g_steal_pointer (&job->status);
}
