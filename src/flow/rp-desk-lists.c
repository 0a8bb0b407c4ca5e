#include "rp-desk-lists.h"

#include "rp-article-list.h"
#include "rp-store-articles.h"
#include "rp-work.h"

struct _RpDeskLists {
  RpWorkspace *workspace; /* not owned: owns this */
  GPtrArray *lists;       /* of GWeakRef * to RpArticleList, owned */
  RpPresence *presence;   /* owned, NULL = nobody asks who has them open */
};

/* ---- pages and counts ---- */

typedef struct {
  GWeakRef list;          /* RpArticleList: nobody may want it any more */
  GCancellable *end;      /* owned: of the list */
  RpWorkspace *workspace; /* owned: keeps the lists */
  RpDeskLists *lists;
  char *query; /* owned */
  guint page;
} PageJob;

static void
page_job_free (gpointer data)
{
  PageJob *job = data;

  g_weak_ref_clear (&job->list);
  g_clear_object (&job->end);
  g_clear_object (&job->workspace);
  g_free (job->query);
  g_free (job);
}

static PageJob *
page_job_new (RpDeskLists *self, RpArticleList *list, guint page)
{
  PageJob *job = g_new0 (PageJob, 1);

  job->workspace = g_object_ref (self->workspace);
  job->lists = self;
  g_weak_ref_init (&job->list, list);
  job->end = g_object_ref (rp_article_list_get_end (list));
  job->query = g_strdup (g_object_get_data (G_OBJECT (list), "query"));
  job->page = page;

  return job;
}

static gpointer
load_page (RpStore *store, gpointer data, GError **error)
{
  PageJob *job = data;

  /* While somebody types, lists come and go faster than they are read. */
  if (g_cancellable_set_error_if_cancelled (job->end, error))
    return NULL;

  return rp_store_list_articles (store, job->query, job->page * RP_ARTICLE_LIST_PAGE,
                                 RP_ARTICLE_LIST_PAGE, error);
}

/* ---- who has them open ---- */

static void
set_company (gpointer row, gpointer user_data)
{
  const char *id = rp_article_row_get_id (row);
  g_autofree char *words = id != NULL ? rp_presence_dup_words (user_data, id) : NULL;

  rp_article_row_set_company (row, words);
}

static void
mark_list (RpDeskLists *self, RpArticleList *list)
{
  if (self->presence != NULL)
    rp_article_list_foreach (list, set_company, self->presence);
}

static void
mark_all (RpDeskLists *self)
{
  for (guint i = 0; i < self->lists->len; i++) {
    g_autoptr (RpArticleList) list = g_weak_ref_get (g_ptr_array_index (self->lists, i));

    if (list != NULL)
      mark_list (self, list);
  }
}

static void
page_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PageJob *job = user_data;
  g_autoptr (GPtrArray) rows = rp_workspace_run_finish (RP_WORKSPACE (source), result, NULL);
  g_autoptr (RpArticleList) list = g_weak_ref_get (&job->list);

  if (rows != NULL && list != NULL) {
    rp_article_list_take_page (list, job->page, rows);
    mark_list (job->lists, list);
  }
  page_job_free (job);
}

static void
fetch_page (RpArticleList *list, guint page, gpointer user_data)
{
  PageJob *job = page_job_new (user_data, list, page);

  rp_workspace_run_async (job->workspace, load_page, job, NULL, (GDestroyNotify) g_ptr_array_unref,
                          NULL, page_loaded_cb, job);
}

static gpointer
count (RpStore *store, gpointer data, GError **error)
{
  PageJob *job = data;
  gint64 number;

  return rp_store_count_articles (store, job->query, &number, error)
           ? g_memdup2 (&number, sizeof number)
           : NULL;
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PageJob *job = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *number = rp_workspace_run_finish (RP_WORKSPACE (source), result, &error);
  g_autoptr (RpArticleList) list = g_weak_ref_get (&job->list);

  if (number == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("The articles could not be counted: %s", error->message);
  if (list != NULL) {
    rp_article_list_set_count (
      list, number != NULL ? (guint) *number : g_list_model_get_n_items (G_LIST_MODEL (list)));
    rp_article_list_invalidate (list);
  }
  page_job_free (job);
}

static void
recount_list (RpDeskLists *self, RpArticleList *list)
{
  PageJob *job = page_job_new (self, list, 0);
  const RpWork work = {count, job, NULL, g_free};

  rp_workspace_count_async (self->workspace, &work, job->end, counted_cb, job);
}

static void
begun_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PageJob *job = user_data;
  RpWorkspace *self = RP_WORKSPACE (source);
  g_autoptr (GPtrArray) rows = rp_workspace_run_finish (self, result, NULL);
  g_autoptr (RpArticleList) list = g_weak_ref_get (&job->list);

  if (list != NULL && rows != NULL)
    rp_article_list_begin (list, rows);
  if (list != NULL && rows != NULL)
    mark_list (job->lists, list);
  if (list != NULL && rows != NULL && rows->len < RP_ARTICLE_LIST_PAGE)
    rp_article_list_set_count (list, rows->len);
  else if (list != NULL)
    recount_list (job->lists, list);
  page_job_free (job);
}

/* What is seen first is there first; how many there are takes longer to find out. */
static void
begin_list (RpDeskLists *self, RpArticleList *list)
{
  PageJob *job = page_job_new (self, list, 0);

  rp_workspace_run_async (self->workspace, load_page, job, NULL, (GDestroyNotify) g_ptr_array_unref,
                          NULL, begun_cb, job);
}

/* ---- all of them ---- */

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

RpDeskLists *
rp_desk_lists_new (RpWorkspace *workspace)
{
  RpDeskLists *self = g_new0 (RpDeskLists, 1);

  self->workspace = workspace;
  self->lists = g_ptr_array_new_with_free_func (weak_ref_free);

  return self;
}

void
rp_desk_lists_free (RpDeskLists *self)
{
  if (self->presence != NULL)
    g_signal_handlers_disconnect_by_data (self->presence, self);
  g_clear_object (&self->presence);
  g_ptr_array_unref (self->lists);
  g_free (self);
}

GListModel *
rp_desk_lists_add (RpDeskLists *self, const char *query)
{
  RpArticleList *list = rp_article_list_new (fetch_page, self);
  GWeakRef *ref = g_new0 (GWeakRef, 1);

  g_object_set_data_full (G_OBJECT (list), "query", g_strdup (query), g_free);
  g_weak_ref_init (ref, list);
  g_ptr_array_add (self->lists, ref);
  begin_list (self, list);

  return G_LIST_MODEL (list);
}

void
rp_desk_lists_refresh (RpDeskLists *self)
{
  for (guint i = self->lists->len; i > 0; i--) {
    g_autoptr (RpArticleList) list = g_weak_ref_get (g_ptr_array_index (self->lists, i - 1));

    if (list != NULL)
      recount_list (self, list);
    else
      g_ptr_array_remove_index_fast (self->lists, i - 1);
  }
}

void
rp_desk_lists_mark (RpDeskLists *self, RpPresence *presence)
{
  self->presence = g_object_ref (presence);
  g_signal_connect_swapped (presence, "changed", G_CALLBACK (mark_all), self);
  mark_all (self);
}
