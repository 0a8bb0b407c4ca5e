/* Articles of the workspace: reading, saving, moving, blobs. */
#include <glib/gi18n-lib.h>

#include "rp-article-state.h"
#include "rp-error.h"
#include "rp-html.h"
#include "rp-merge.h"
#include "rp-pair.h"
#include "rp-store-articles.h"
#include "rp-store-blobs.h"
#include "rp-store-events.h"
#include "rp-store-revisions.h"
#include "rp-time.h"
#include "rp-work.h"

#define REVISION_EVERY (60 * G_TIME_SPAN_SECOND)

static gpointer
get_article (RpStore *store, gpointer data, GError **error)
{
  RpArticle *article = rp_store_get_article (store, data, error);

  if (article != NULL && (rp_store_get_rights (store) & RP_MAY_EDIT))
    rp_store_set_article_read (store, data, NULL);

  return article;
}

void
rp_workspace_get_article_async (RpWorkspace *self,
                                const char *id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  rp_workspace_run_async (self, get_article, g_strdup (id), g_free, g_object_unref, cancellable,
                          callback, user_data);
}

RpArticle *
rp_workspace_get_article_finish (RpWorkspace *self, GAsyncResult *result, GError **error)
{
  return rp_workspace_run_finish (self, result, error);
}

static gpointer
get_original (RpStore *store, gpointer data, GError **error)
{
  return rp_store_get_original (store, data, error);
}

void
rp_workspace_get_original_async (RpWorkspace *self,
                                 const char *id,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  rp_workspace_run_async (self, get_original, g_strdup (id), g_free, g_object_unref, cancellable,
                          callback, user_data);
}

RpArticle *
rp_workspace_get_original_finish (RpWorkspace *self, GAsyncResult *result, GError **error)
{
  return rp_workspace_run_finish (self, result, error);
}

/* ---- saving ---- */

typedef struct {
  RpArticle *article;  /* owned */
  RpArticle *base;     /* owned */
  RpLicenceBook *book; /* owned */
  GPtrArray *partners; /* owned */
  char *person;        /* owned, NULL = nobody knows */
  RpMerged *merged;    /* owned */
} SaveJob;

static void
save_job_free (gpointer data)
{
  SaveJob *job = data;

  g_clear_object (&job->article);
  g_clear_object (&job->base);
  g_clear_object (&job->book);
  g_clear_pointer (&job->partners, g_ptr_array_unref);
  g_clear_pointer (&job->merged, rp_merged_free);
  g_free (job->person);
  g_free (job);
}

void
rp_merged_free (RpMerged *merged)
{
  g_clear_object (&merged->article);
  g_strfreev (merged->both);
  g_free (merged);
}

static gboolean
note_edited (RpStore *store, const SaveJob *job, const char *id, gint64 now, GError **error)
{
  g_autofree char *words =
    job->person != NULL ? g_strdup_printf (_ ("Edited by %s."), job->person) : NULL;

  return rp_store_keep_revision (store, id, "edited", now, error) &&
         rp_store_add_event (store, id, "edited", words != NULL ? words : _ ("Edited."), NULL, NULL,
                             now, error);
}

/* The version before it, at most one a minute; somebody else's always. */
static gboolean
keep_revision (RpStore *store, const SaveJob *job, RpArticle *current, gint64 now, GError **error)
{
  const char *id = rp_article_get (current, RP_ARTICLE_ID);
  gint64 last;

  if (!rp_db_get_int (rp_store_get_db (store), &last, error,
                      "SELECT coalesce (max (at), 0) FROM revisions WHERE article_id = $1", "s",
                      id))
    return FALSE;

  return (now - last < REVISION_EVERY && rp_merge_is_same (current, job->base)) ||
         note_edited (store, job, id, now, error);
}

static gboolean
refresh_state (RpStore *store, SaveJob *job, gint64 now, GError **error)
{
  RpArticle *article = job->merged->article;
  const char *id = rp_article_get (article, RP_ARTICLE_LICENCE_ID);
  RpLicence *licence = id != NULL ? rp_licence_book_lookup (job->book, id) : NULL;
  g_autoptr (GPtrArray) others = rp_article_state_list_others (job->book, article);

  return rp_article_state_refresh (store, article, licence, others, job->partners, now, error);
}

/* What the library has now is read where nobody else can write it until this is saved. */
static gboolean
save_all (RpStore *store, gpointer data, GError **error)
{
  SaveJob *job = data;
  gint64 now = rp_time_now ();
  g_autofree char *body = rp_html_clean (rp_article_get (job->article, RP_ARTICLE_BODY_HTML),
                                         rp_article_get (job->article, RP_ARTICLE_SOURCE_URL));
  g_autoptr (RpArticle) current =
    rp_store_get_article (store, rp_article_get (job->article, RP_ARTICLE_ID), error);

  if (current == NULL)
    return FALSE;
  g_clear_pointer (&job->merged, rp_merged_free); /* a transaction may be tried again */
  job->merged = g_new0 (RpMerged, 1);
  rp_article_set (job->article, RP_ARTICLE_BODY_HTML, body);
  job->merged->article = rp_merge (job->base, job->article, current, &job->merged->both);
  if (job->merged->both != NULL) {
    g_set_object (&job->merged->article, current);
    return rp_store_keep_revision (store, rp_article_get (current, RP_ARTICLE_ID), "edited", now,
                                   error);
  }
  job->merged->changed = !rp_merge_is_same (job->merged->article, current);
  if (!job->merged->changed)
    return TRUE;

  return keep_revision (store, job, current, now, error) &&
         rp_store_save_article (store, job->merged->article, now, error) &&
         refresh_state (store, job, now, error);
}

static gpointer
save_article (RpStore *store, gpointer data, GError **error)
{
  SaveJob *job = data;

  return rp_store_transaction (store, save_all, job, error) ? g_steal_pointer (&job->merged) : NULL;
}

void
rp_workspace_save_article_async (RpWorkspace *self,
                                 RpArticle *article,
                                 RpArticle *base,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  SaveJob *job = g_new0 (SaveJob, 1);

  job->article = rp_article_copy (article);
  job->base = rp_article_copy (base);
  job->book = rp_licence_book_copy (rp_workspace_get_book (self));
  job->partners = rp_workspace_copy_partners (self);
  job->person = g_strdup (rp_workspace_get_person (self));
  rp_workspace_run_async (self, save_article, job, save_job_free, (GDestroyNotify) rp_merged_free,
                          cancellable, callback, user_data);
}

RpMerged *
rp_workspace_merge_article_finish (RpWorkspace *self, GAsyncResult *result, GError **error)
{
  RpMerged *merged = rp_workspace_run_finish (self, result, error);

  if (merged != NULL && merged->changed)
    rp_workspace_note_article (self, NULL);

  return merged;
}

gboolean
rp_workspace_save_article_finish (RpWorkspace *self, GAsyncResult *result, GError **error)
{
  g_autoptr (RpMerged) merged = rp_workspace_merge_article_finish (self, result, error);

  if (merged != NULL && merged->both != NULL)
    g_set_error_literal (error, RP_ERROR, RP_ERROR_CONFLICT,
                         _ ("Somebody else has changed the same in the meantime; nothing was "
                            "overwritten. Look at it, and do it again if it is still needed"));

  return merged != NULL && merged->both == NULL;
}

/* Back to the desk: the state is what licence and deliveries say. */
static gboolean
move_article_in (RpStore *store, gpointer data, GError **error)
{
  RpPair *pair = data;
  const char *state = pair->value != NULL ? pair->value : RP_STATE_NEEDS_LICENCE;

  if (!rp_store_set_article_state (store, pair->id, state, error))
    return FALSE;

  return pair->value != NULL || rp_article_state_settle (store, pair->id, rp_time_now (), error);
}

static gpointer
move_article (RpStore *store, gpointer data, GError **error)
{
  return rp_store_transaction (store, move_article_in, data, error) ? RP_WORK_DONE : NULL;
}

void
rp_workspace_move_article_async (RpWorkspace *self,
                                 const char *id,
                                 const char *state,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  rp_workspace_run_async (self, move_article, rp_pair_new (id, state), rp_pair_free, NULL,
                          cancellable, callback, user_data);
}

gboolean
rp_workspace_move_article_finish (RpWorkspace *self, GAsyncResult *result, GError **error)
{
  gboolean done = rp_workspace_finish_done (self, result, error);

  if (done)
    rp_workspace_note_article (self, NULL);

  return done;
}

static gpointer
get_blob (RpStore *store, gpointer data, GError **error)
{
  return rp_store_get_blob (store, data, error);
}

void
rp_workspace_get_blob_async (RpWorkspace *self,
                             const char *sha256,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  rp_workspace_run_async (self, get_blob, g_strdup (sha256), g_free, (GDestroyNotify) g_bytes_unref,
                          cancellable, callback, user_data);
}

GBytes *
rp_workspace_get_blob_finish (RpWorkspace *self, GAsyncResult *result, GError **error)
{
  return rp_workspace_run_finish (self, result, error);
}

static gpointer
resolve_article (RpStore *store, gpointer data, GError **error)
{
  return rp_store_resolve_article (store, data, error);
}

char *
rp_workspace_resolve_article (RpWorkspace *self, const char *id_or_prefix, GError **error)
{
  return rp_workspace_run (self, resolve_article, (gpointer) id_or_prefix, error);
}
