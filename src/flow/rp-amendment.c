#include "rp-amendment.h"

#include "rp-article-state.h"
#include "rp-clearance.h"
#include "rp-store-articles.h"
#include "rp-store-events.h"
#include "rp-store-revisions.h"
#include "rp-time.h"
#include "rp-work.h"

static void
amendment_free (gpointer data)
{
  RpAmendment *job = data;

  g_clear_object (&job->licence);
  g_clear_pointer (&job->others, g_ptr_array_unref);
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
         rp_article_state_refresh (store, article, job->licence, job->others, job->partners, now,
                                   error);
}

static gpointer
run_amendment (RpStore *store, gpointer data, GError **error)
{
  RpAmendment *job = data;

  return rp_store_transaction (store, amend_all, job, error) ? g_strdup (job->article_id) : NULL;
}

static gpointer
read_article (RpStore *store, gpointer data, GError **error)
{
  return rp_store_get_article (store, data, error);
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
  job->partners = rp_workspace_copy_partners (workspace);

  return job;
}

void
rp_amendment_take_licence (RpWorkspace *workspace, RpAmendment *job)
{
  g_autoptr (RpArticle) article = rp_workspace_run (workspace, read_article, job->article_id, NULL);

  if (article == NULL)
    return;
  g_set_object (&job->licence, rp_clearance_get_licence (workspace, article));
  job->others = rp_article_state_list_others (rp_workspace_get_book (workspace), article);
}

void
rp_amendment_start (RpWorkspace *workspace,
                    RpAmendment *job,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  rp_workspace_run_async (workspace, run_amendment, job, amendment_free, g_free, cancellable,
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
