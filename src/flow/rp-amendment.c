#include "rp-amendment.h"

#include "rp-article-state.h"
#include "rp-store-articles.h"
#include "rp-store-events.h"
#include "rp-store-revisions.h"
#include "rp-time.h"
#include "rp-work.h"

void
rp_amendment_free (gpointer data)
{
  RpAmendment *job = data;

  g_clear_object (&job->book);
  g_clear_pointer (&job->partners, g_ptr_array_unref);
  g_strfreev (job->partner_ids);
  g_free (job->article_id);
  g_free (job->kind);
  g_free (job->words);
  g_free (job->value);
  g_free (job->name);
  g_free (job->reason);
  g_free (job);
}

/* By the licence that the article has after the change. */
static gboolean
refresh_state (RpStore *store, RpAmendment *job, RpArticle *article, gint64 now, GError **error)
{
  const char *id = rp_article_get (article, RP_ARTICLE_LICENCE_ID);
  RpLicence *licence = id != NULL ? rp_licence_book_lookup (job->book, id) : NULL;
  g_autoptr (GPtrArray) others = rp_article_state_list_others (job->book, article);

  return rp_article_state_refresh (store, article, licence, others, job->partners, now, error);
}

static gboolean
amend_all (RpStore *store, gpointer data, GError **error)
{
  RpAmendment *job = data;
  gint64 now = rp_time_now ();
  g_autoptr (RpArticle) article = rp_store_get_article (store, job->article_id, error);

  return article != NULL &&
         rp_store_keep_revision (store, job->article_id, job->kind, now, error) &&
         job->amend (store, article, job, error) &&
         rp_store_save_article (store, article, now, error) &&
         rp_store_add_event (store, job->article_id, job->kind, job->words, NULL, NULL, now,
                             error) &&
         refresh_state (store, job, article, now, error);
}

static gpointer
run_amendment (RpStore *store, gpointer data, GError **error)
{
  RpAmendment *job = data;

  return rp_store_transaction (store, amend_all, job, error) ? g_strdup (job->article_id) : NULL;
}

gboolean
rp_amendment_apply (RpStore *store, RpAmendment *job, const char *article_id, GError **error)
{
  g_free (job->article_id);
  job->article_id = g_strdup (article_id);

  return rp_store_transaction (store, amend_all, job, error);
}

RpAmendment *
rp_amendment_new (RpWorkspace *workspace,
                  const char *article_id,
                  RpAmendFunc amend,
                  const char *kind,
                  char *words)
{
  RpAmendment *job = g_new0 (RpAmendment, 1);

  job->article_id = g_strdup (article_id);
  job->amend = amend;
  job->kind = g_strdup (kind);
  job->words = words;
  job->book = rp_licence_book_copy (rp_workspace_get_book (workspace));
  job->partners = rp_workspace_copy_partners (workspace);

  return job;
}

void
rp_amendment_start (RpWorkspace *workspace,
                    RpAmendment *job,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  rp_workspace_run_async (workspace, run_amendment, job, rp_amendment_free, g_free, cancellable,
                          callback, user_data);
}

gboolean
rp_amendment_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error)
{
  g_autofree char *id = rp_workspace_run_finish (workspace, result, error);

  if (id == NULL)
    return FALSE;
  rp_workspace_note_article (workspace, id);

  return TRUE;
}
