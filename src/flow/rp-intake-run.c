/* Running an intake: one part after the other is read, gets its pictures and licences, and is
 * saved, and what became of each item is noted. */
#include "rp-intake-private.h"

#include <string.h>

#include "rp-intake-fetch.h"
#include "rp-intake-pictures.h"
#include "rp-intake-save.h"
#include "rp-work.h"

#define MAX_SAVES 2 /* batches on their way to the library at a time */

static void next_part (GTask *task);
static void page_fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void go_on (GTask *task);
static void batch_read_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void pictures_fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void saved_cb (GObject *source, GAsyncResult *result, gpointer user_data);

/* A part is a row of files and texts, which are read together, or one address. */
typedef struct {
  RpIntake *intake;       /* owned */
  guint next;             /* item */
  guint begun;            /* item with which the part begins */
  RpIntakeReader *reader; /* owned, of this part */
  GPtrArray *batch;       /* owned, of RpIntakeEntry: on its way to be saved */
  guint saves;            /* batches that the store's thread has */
  gboolean reads;         /* a batch is being read, or its pictures are being fetched */
  gboolean drained;       /* the part was read */
  GError *failure;        /* owned: the library could not be written */
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  g_clear_pointer (&run->reader, rp_intake_reader_free);
  g_clear_pointer (&run->batch, g_ptr_array_unref);
  g_clear_error (&run->failure);
  g_clear_object (&run->intake);
  g_free (run);
}

static RpIntakeResult *
add_result (Run *run, const char *name, const char *status, const char *message)
{
  RpIntakeResult *result = g_new0 (RpIntakeResult, 1);

  result->name = g_strdup (name);
  result->status = g_strdup (status);
  result->message = g_strdup (message);
  g_ptr_array_add (run->intake->results, result);

  return result;
}

static void
finish (GTask *task)
{
  Run *run = g_task_get_task_data (task);

  g_task_set_check_cancellable (task, FALSE);
  g_task_return_pointer (task, g_ptr_array_ref (run->intake->results),
                         (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (task);
}

static void
fail (GTask *task)
{
  Run *run = g_task_get_task_data (task);

  g_task_set_check_cancellable (task, FALSE);
  g_task_return_error (task, g_steal_pointer (&run->failure));
  g_object_unref (task);
}

static void
note_progress (Run *run)
{
  RpIntake *self = run->intake;

  self->done =
    run->reader != NULL ? run->begun + rp_intake_reader_get_done (run->reader) : run->next;
  g_object_notify (G_OBJECT (self), "done");
}

static void
read_part (GTask *task, guint from, guint to)
{
  Run *run = g_task_get_task_data (task);
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  for (guint i = from; i < to; i++)
    g_ptr_array_add (items, g_ptr_array_index (run->intake->items, i));
  run->begun = from;
  run->next = to;
  run->drained = FALSE;
  run->reader = rp_intake_reader_new (items, g_task_get_cancellable (task));
  go_on (task);
}

static gboolean
is_address_item (const RpIntakeItem *item)
{
  return item->url != NULL && item->source == NULL;
}

static void
next_part (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  GPtrArray *items = run->intake->items;
  RpIntakeItem *item;
  guint to = run->next;

  g_clear_pointer (&run->reader, rp_intake_reader_free);
  note_progress (run);
  if (run->next == items->len || g_cancellable_is_cancelled (g_task_get_cancellable (task))) {
    finish (task);
    return;
  }

  item = g_ptr_array_index (items, run->next);
  if (is_address_item (item)) {
    rp_intake_fetch_async (rp_workspace_get_http (run->intake->workspace), item->url,
                           RP_INTAKE_FILE_LIMIT, g_task_get_cancellable (task), page_fetched_cb,
                           task);
    return;
  }
  while (to < items->len && !is_address_item (g_ptr_array_index (items, to)))
    to++;
  read_part (task, run->next, to);
}

void
rp_intake_run_async (RpIntake *self,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Run *run = g_new0 (Run, 1);

  g_task_set_source_tag (task, rp_intake_run_async);
  run->intake = g_object_ref (self);
  g_task_set_task_data (task, run, run_free);
  next_part (task);
}

static void
page_fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);
  RpIntakeItem *item = g_ptr_array_index (run->intake->items, run->next);
  g_autoptr (GError) error = NULL;

  item->source = rp_intake_fetch_finish (RP_HTTP (source), result, &error);
  if (item->source != NULL) {
    read_part (task, run->next, run->next + 1);
    return;
  }
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    add_result (run, item->url, "failed", error->message);
  run->next++;
  next_part (task);
}

/* After each step of a part. Steps that are still under way come here too, so nothing ends before
 * them. */
static void
go_on (GTask *task)
{
  Run *run = g_task_get_task_data (task);

  if (run->reads)
    return;
  if (run->failure == NULL && !run->drained && run->saves < MAX_SAVES) {
    run->reads = TRUE;
    rp_intake_reader_next_async (run->reader, batch_read_cb, task);
  } else if (run->saves == 0 && run->failure != NULL) {
    fail (task);
  } else if (run->saves == 0 && run->drained) {
    next_part (task);
  }
}

static GPtrArray *
list_articles (GPtrArray *batch)
{
  GPtrArray *articles = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < batch->len; i++) {
    RpIntakeEntry *entry = g_ptr_array_index (batch, i);

    if (entry->article != NULL)
      g_ptr_array_add (articles, g_object_ref (entry->article));
  }

  return articles;
}

static void
batch_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);
  g_autoptr (GPtrArray) articles = NULL;

  run->batch = rp_intake_reader_next_finish (run->reader, result);
  note_progress (run);
  if (run->batch == NULL) {
    run->reads = FALSE;
    run->drained = TRUE;
    go_on (task);
    return;
  }
  articles = list_articles (run->batch);
  rp_intake_pictures_async (rp_workspace_get_http (run->intake->workspace), articles,
                            g_task_get_cancellable (task), pictures_fetched_cb, task);
}

static RpLicence *
attach_licence (RpIntake *self, RpArticle *article, GPtrArray **out_others)
{
  RpLicenceBook *book = rp_workspace_get_book (self->workspace);
  g_autoptr (RpProposal) proposal = NULL;
  RpLicence *licence;

  if (self->licence_id != NULL) {
    licence = rp_licence_book_lookup (book, self->licence_id);
    rp_article_set (article, RP_ARTICLE_LICENCE_ID, rp_licence_get_id (licence));
    rp_article_set (article, RP_ARTICLE_LICENCE_NAME, rp_licence_get_name (licence));
    rp_article_set (article, RP_ARTICLE_LICENCE_CONFIDENCE, "confirmed");
    return licence;
  }
  proposal = rp_licence_book_propose (book, article);
  if (proposal->licence == NULL)
    return NULL;
  rp_article_set (article, RP_ARTICLE_LICENCE_ID, rp_licence_get_id (proposal->licence));
  rp_article_set (article, RP_ARTICLE_LICENCE_NAME, rp_licence_get_name (proposal->licence));
  rp_article_set (article, RP_ARTICLE_LICENCE_CONFIDENCE, proposal->confidence);
  if (proposal->others->len > 0) {
    rp_article_add_warning (article, "licence.conflict", "%s", proposal->reason);
    *out_others = g_ptr_array_ref (proposal->others);
  }

  return rp_licence_book_lookup (book, rp_licence_get_id (proposal->licence));
}

/* A batch that is being saved, and what is to be said of it then. */
typedef struct {
  GTask *task;        /* lent: it waits for us */
  RpIntakeSave *save; /* owned */
  GPtrArray *batch;   /* owned */
} Saving;

static void
saving_free (Saving *saving)
{
  rp_intake_save_free (saving->save);
  g_ptr_array_unref (saving->batch);
  g_free (saving);
}

static void
add_to_save (RpIntake *self, RpIntakeSave *save, RpIntakeEntry *entry)
{
  g_autoptr (GPtrArray) others = NULL;
  RpLicence *licence = attach_licence (self, entry->article, &others);

  rp_intake_save_add (save, entry->article, licence, others, entry->snapshot);
}

static void
save_batch (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  RpWorkspace *workspace = run->intake->workspace;
  Saving *saving = g_new0 (Saving, 1);

  saving->task = task;
  saving->batch = g_steal_pointer (&run->batch);
  saving->save = rp_intake_save_new (rp_workspace_copy_partners (workspace));
  saving->save->leave_trash = run->intake->polled;
  for (guint i = 0; i < saving->batch->len; i++) {
    RpIntakeEntry *entry = g_ptr_array_index (saving->batch, i);

    if (entry->article != NULL)
      add_to_save (run->intake, saving->save, entry);
  }
  run->saves++;
  rp_workspace_run_async (workspace, rp_intake_save, saving->save, NULL, NULL, NULL, saved_cb,
                          saving);
}

static void
pictures_fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);

  rp_intake_pictures_finish (RP_HTTP (source), result);
  run->reads = FALSE;
  if (run->failure == NULL)
    save_batch (task);
  go_on (task);
}

static char *
dup_remark (const RpIntakeEntry *entry, const RpIntakeSaveEntry *saved)
{
  GPtrArray *warnings = rp_article_get_warnings (entry->article);
  const char *remark = warnings->len > 0 ? g_ptr_array_index (warnings, 0) : NULL;
  const char *words = remark != NULL ? strstr (remark, ": ") : NULL;

  if (saved->words != NULL)
    return g_strdup (saved->words);

  return g_strdup (words != NULL ? words + 2 : remark);
}

static void
report_article (Run *run, const RpIntakeEntry *entry, const RpIntakeSaveEntry *saved)
{
  RpWorkspace *workspace = run->intake->workspace;
  RpLicenceBook *book = rp_workspace_get_book (workspace);
  const char *licence_id = rp_article_get (saved->article, RP_ARTICLE_LICENCE_ID);
  RpLicence *licence = licence_id != NULL ? rp_licence_book_lookup (book, licence_id) : NULL;
  g_autofree char *remark = dup_remark (entry, saved);
  RpIntakeResult *row = add_result (run, entry->name, saved->status, remark);

  row->article_id = g_strdup (rp_article_get (saved->article, RP_ARTICLE_ID));
  row->headline = g_strdup (rp_article_get (saved->article, RP_ARTICLE_HEADLINE));
  row->format = g_strdup (rp_article_get (saved->article, RP_ARTICLE_FORMAT));
  row->licence = licence != NULL ? g_strdup (rp_licence_get_name (licence)) : NULL;
  rp_workspace_note_article (workspace, row->article_id);
}

/* On the whole file: it goes to the file's last row that has nothing else to say. */
static void
report_remark (Run *run, const RpIntakeEntry *entry)
{
  GPtrArray *results = run->intake->results;
  RpIntakeResult *last = results->len > 0 ? g_ptr_array_index (results, results->len - 1) : NULL;

  if (last != NULL && last->message == NULL && g_strcmp0 (last->name, entry->name) == 0)
    last->message = g_strdup (entry->remark);
}

static void
report_batch (Run *run, const Saving *saving)
{
  guint saved = 0;

  for (guint i = 0; i < saving->batch->len; i++) {
    const RpIntakeEntry *entry = g_ptr_array_index (saving->batch, i);

    if (entry->article != NULL)
      report_article (run, entry, g_ptr_array_index (saving->save->entries, saved++));
    else if (entry->failure != NULL)
      add_result (run, entry->name, "failed", entry->failure);
    else
      report_remark (run, entry);
  }
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Saving *saving = user_data;
  GTask *task = saving->task;
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;

  run->saves--;
  if (rp_workspace_finish_done (RP_WORKSPACE (source), result, &error))
    report_batch (run, saving);
  else if (run->failure == NULL)
    run->failure = error;
  else
    g_error_free (error);
  saving_free (saving);
  go_on (task);
}

GPtrArray *
rp_intake_run_finish (RpIntake *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
