#include "rp-bulk.h"

#include <glib/gi18n-lib.h>

#include "rp-bulk-deeds.h"
#include "rp-delivery.h"
#include "rp-dispatch.h"
#include "rp-licence-book.h"
#include "rp-time.h"
#include "rp-work.h"

#define PORTION (30 * G_TIME_SPAN_MILLISECOND) /* others want the library's thread, too */
#define TELL_EVERY (500 * G_TIME_SPAN_MILLISECOND)

struct _RpBulk {
  GObject parent_instance;

  RpWorkspace *workspace; /* owned */
  RpBulkDeed deed;
  GPtrArray *ids;         /* owned, of char * */
  char *value;            /* owned, may be NULL */
  GStrv partner_ids;      /* owned, may be NULL */
  RpAmendment *amendment; /* owned, NULL = none is needed */
  RpLicenceBook *book;    /* owned copy, for exporting */
  GPtrArray *done;        /* owned, of RpBulkBefore */
  GPtrArray *problems;    /* owned, of RpBulkProblem */
  guint next;             /* of `ids`, or of `done` while it is undone */
  gboolean undoing;
  gboolean late; /* something had left before it was undone */
  gint64 told;
};

G_DEFINE_FINAL_TYPE (RpBulk, rp_bulk, G_TYPE_OBJECT)

enum {
  PROGRESS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void go_on (GTask *task);
static void publish_next (GTask *task);
static void unpublish_next (GTask *task);

static void
problem_free (gpointer data)
{
  RpBulkProblem *problem = data;

  g_free (problem->reason);
  g_free (problem->headline);
  g_free (problem);
}

static void
add_problem (RpBulk *self, const RpBulkBefore *before, const char *reason)
{
  RpBulkProblem *problem;

  for (guint i = 0; i < self->problems->len; i++) {
    problem = self->problems->pdata[i];
    if (g_str_equal (problem->reason, reason)) {
      problem->count++;
      return;
    }
  }
  problem = g_new0 (RpBulkProblem, 1);
  problem->reason = g_strdup (reason);
  problem->headline = g_strdup (before->headline);
  problem->count = 1;
  g_ptr_array_add (self->problems, problem);
}

/* ---- a portion on the store's thread; the main thread keeps its hands off meanwhile ---- */

typedef struct {
  const RpBulkTools *tools;
  const RpBulkBefore *before;
  char *problem; /* owned */
} One;

static gboolean
do_one (RpStore *store, gpointer data, GError **error)
{
  One *one = data;

  return rp_bulk_do (store, one->tools, one->before, &one->problem, error);
}

/* What goes wrong with one article is its own matter: the others are done. FALSE when the library
 * cannot be read. */
static gboolean
do_next (RpBulk *self, RpStore *store, const RpBulkTools *tools, GError **error)
{
  g_autoptr (GError) unreadable = NULL;
  g_autoptr (GError) local = NULL;
  RpBulkBefore *before =
    rp_bulk_before_new (store, self->ids->pdata[self->next++], self->deed, &unreadable);
  One one = {tools, before, NULL};

  if (unreadable != NULL) {
    g_propagate_error (error, g_steal_pointer (&unreadable));
    return FALSE;
  }
  if (before == NULL)
    return TRUE; /* somebody else has removed it */
  if (rp_store_savepoint (store, do_one, &one, &local)) {
    g_ptr_array_add (self->done, before);
    return TRUE;
  }
  add_problem (self, before, one.problem != NULL ? one.problem : local->message);
  rp_bulk_before_free (before);
  g_free (one.problem);

  return TRUE;
}

static gboolean
work_portion (RpStore *store, gpointer data, GError **error)
{
  RpBulk *self = data;
  const RpBulkTools tools = {
    .deed = self->deed, .value = self->value, .amendment = self->amendment, .book = self->book};
  guint total = self->undoing ? self->done->len : self->ids->len;
  gint64 until = g_get_monotonic_time () + PORTION;

  while (self->next < total && g_get_monotonic_time () < until)
    if (!(self->undoing ? rp_bulk_take_back (store, &tools, self->done->pdata[self->next++], error)
                        : do_next (self, store, &tools, error)))
      return FALSE;

  return TRUE;
}

static gpointer
work (RpStore *store, gpointer data, GError **error)
{
  RpBulk *self = data;
  guint before = self->done->len;

  if (rp_store_transaction (store, work_portion, self, error))
    return RP_WORK_DONE;
  g_ptr_array_set_size (self->done, (int) before); /* nothing of this portion was kept */

  return NULL;
}

/* ---- going on ---- */

static void
tell_progress (RpBulk *self)
{
  gint64 now = g_get_monotonic_time ();

  g_signal_emit (self, signals[PROGRESS], 0, self->next,
                 self->undoing ? self->done->len : self->ids->len);
  if (now - self->told < TELL_EVERY)
    return;
  self->told = now;
  rp_workspace_note_article (self->workspace, NULL);
}

static void
end (GTask *task, GError *error)
{
  RpBulk *self = g_task_get_source_object (task);

  if (self->undoing)
    g_ptr_array_set_size (self->done, 0);
  rp_workspace_note_article (self->workspace, NULL);
  rp_workspace_note_outbox (self->workspace);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
worked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  RpBulk *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!rp_workspace_finish_done (RP_WORKSPACE (source), result, &error)) {
    end (task, error);
    return;
  }
  tell_progress (self);
  go_on (task);
}

static gboolean
is_over (GTask *task)
{
  RpBulk *self = g_task_get_source_object (task);

  return self->next >= (self->undoing ? self->done->len : self->ids->len) ||
         g_cancellable_is_cancelled (g_task_get_cancellable (task));
}

static void
go_on (GTask *task)
{
  RpBulk *self = g_task_get_source_object (task);

  if (is_over (task))
    end (task, NULL);
  else if (self->deed == RP_BULK_PUBLISH && self->undoing)
    unpublish_next (task);
  else if (self->deed == RP_BULK_PUBLISH)
    publish_next (task);
  else
    rp_workspace_run_async (self->workspace, work, self, NULL, NULL, NULL, worked_cb, task);
}

/* ---- publishing: one article at a time, with the same checks as alone ---- */

static void
note_queued (RpBulk *self, RpBulkBefore *before, GPtrArray *queued)
{
  for (guint i = 0; i < queued->len; i++) {
    const RpQueued *one = queued->pdata[i];
    g_autofree char *reason = NULL;

    if (one->delivery != NULL) {
      g_ptr_array_add (before->queued, g_object_ref (one->delivery));
      continue;
    }
    reason = g_strdup_printf (
      "%s: %s", rp_workspace_get_partner_name (self->workspace, one->partner_id), one->message);
    add_problem (self, before, reason);
  }
}

static void
published_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  RpBulk *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) queued = rp_dispatch_publish_finish (RP_WORKSPACE (source), result, &error);
  RpBulkBefore *before = g_object_steal_data (G_OBJECT (task), "before");

  if (queued != NULL)
    note_queued (self, before, queued);
  else
    add_problem (self, before, error->message);
  if (before->queued->len > 0)
    g_ptr_array_add (self->done, before);
  else
    rp_bulk_before_free (before);
  tell_progress (self);
  go_on (task);
}

static gpointer
read_before (RpStore *store, gpointer data, GError **error)
{
  return rp_bulk_before_new (store, data, RP_BULK_PUBLISH, error);
}

static void
before_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  RpBulk *self = g_task_get_source_object (task);
  RpBulkBefore *before = rp_workspace_run_finish (RP_WORKSPACE (source), result, NULL);

  if (before == NULL) {
    go_on (task);
    return;
  }
  before->queued = g_ptr_array_new_with_free_func (g_object_unref);
  g_object_set_data (G_OBJECT (task), "before", before);
  rp_dispatch_publish_async (self->workspace, before->id, (const char *const *) self->partner_ids,
                             NULL, NULL, published_cb, task);
}

static void
publish_next (GTask *task)
{
  RpBulk *self = g_task_get_source_object (task);
  const char *id = self->ids->pdata[self->next++];

  rp_workspace_run_async (self->workspace, read_before, g_strdup (id), g_free,
                          (GDestroyNotify) rp_bulk_before_free, NULL, before_read_cb, task);
}

/* ---- and back: what has not left is taken back, what a partner got for the first time is taken
 * down; an update that has arrived stays ---- */

static void
withdrawn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  RpBulk *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) queued =
    rp_dispatch_withdraw_finish (RP_WORKSPACE (source), result, &error);

  if (queued == NULL)
    add_problem (self, self->done->pdata[self->next - 1], error->message);
  tell_progress (self);
  go_on (task);
}

static void
update_cancelled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpBulk) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!rp_dispatch_cancel_finish (RP_WORKSPACE (source), result, &error))
    g_message ("An update is on its way already: %s", error->message);
}

static void
withdraw (GTask *task, const RpBulkBefore *before, const char *const *left)
{
  RpBulk *self = g_task_get_source_object (task);
  g_autoptr (GPtrArray) partners = g_ptr_array_new ();

  for (guint i = 0; i < before->queued->len; i++) {
    RpDelivery *delivery = before->queued->pdata[i];

    if (!g_strv_contains (left, delivery->id))
      continue;
    if (delivery->action == RP_ACTION_CREATE)
      g_ptr_array_add (partners, delivery->partner_id);
    else
      rp_dispatch_cancel_async (self->workspace, delivery->id, NULL, update_cancelled_cb,
                                g_object_ref (self));
  }
  g_ptr_array_add (partners, NULL);
  rp_dispatch_withdraw_async (self->workspace, before->id, (const char *const *) partners->pdata,
                              _ ("Publishing was undone."), NULL, withdrawn_cb, task);
}

static void
taken_back_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  RpBulk *self = g_task_get_source_object (task);
  const RpBulkBefore *before = self->done->pdata[self->next - 1];
  GError *error = NULL;
  g_auto (GStrv) left = rp_dispatch_undo_finish (RP_WORKSPACE (source), result, &error);

  if (left == NULL) {
    end (task, error);
  } else if (left[0] != NULL) {
    self->late = TRUE;
    withdraw (task, before, (const char *const *) left);
  } else {
    tell_progress (self);
    go_on (task);
  }
}

static void
unpublish_next (GTask *task)
{
  RpBulk *self = g_task_get_source_object (task);
  const RpBulkBefore *before = self->done->pdata[self->next++];
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < before->queued->len; i++)
    g_ptr_array_add (ids, ((RpDelivery *) before->queued->pdata[i])->id);
  g_ptr_array_add (ids, NULL);
  rp_dispatch_undo_async (self->workspace, before->id, (const char *const *) ids->pdata, NULL,
                          taken_back_cb, task);
}

/* ---- the object ---- */

static void
rp_bulk_finalize (GObject *object)
{
  RpBulk *self = RP_BULK (object);

  g_clear_pointer (&self->amendment, rp_amendment_free);
  g_clear_object (&self->book);
  g_clear_object (&self->workspace);
  g_ptr_array_unref (self->ids);
  g_ptr_array_unref (self->done);
  g_ptr_array_unref (self->problems);
  g_strfreev (self->partner_ids);
  g_free (self->value);
  G_OBJECT_CLASS (rp_bulk_parent_class)->finalize (object);
}

static void
rp_bulk_class_init (RpBulkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rp_bulk_finalize;
  signals[PROGRESS] = g_signal_new ("progress", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
}

static void
rp_bulk_init (RpBulk *self)
{
  self->done = g_ptr_array_new_with_free_func ((GDestroyNotify) rp_bulk_before_free);
  self->problems = g_ptr_array_new_with_free_func (problem_free);
}

RpBulk *
rp_bulk_new (RpWorkspace *workspace,
             RpBulkDeed deed,
             GPtrArray *ids,
             const char *value,
             const char *const *partner_ids)
{
  RpBulk *self = g_object_new (RP_TYPE_BULK, NULL);

  self->workspace = g_object_ref (workspace);
  self->deed = deed;
  self->ids = ids;
  self->value = g_strdup (value);
  self->partner_ids = g_strdupv ((char **) partner_ids);
  self->amendment = rp_bulk_new_amendment (workspace, deed, value);
  if (deed == RP_BULK_EXPORT)
    self->book = rp_licence_book_copy (rp_workspace_get_book (workspace));

  return self;
}

static void
start (RpBulk *self,
       gpointer tag,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_check_cancellable (task, FALSE); /* what was done is told all the same */
  self->next = 0;
  self->told = g_get_monotonic_time ();
  go_on (task);
}

void
rp_bulk_run_async (RpBulk *self,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  g_return_if_fail (RP_IS_BULK (self) && !self->undoing);

  start (self, rp_bulk_run_async, cancellable, callback, user_data);
}

gboolean
rp_bulk_run_finish (RpBulk *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
rp_bulk_undo_async (RpBulk *self,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_return_if_fail (RP_IS_BULK (self) && !self->undoing);

  self->undoing = TRUE;
  g_ptr_array_set_size (self->problems, 0);
  g_clear_pointer (&self->amendment, rp_amendment_free);
  self->amendment = rp_bulk_new_return (self->workspace, self->deed);
  start (self, rp_bulk_undo_async, cancellable, callback, user_data);
}

gboolean
rp_bulk_undo_finish (RpBulk *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

RpBulkDeed
rp_bulk_get_deed (RpBulk *self)
{
  return self->deed;
}

guint
rp_bulk_get_n_done (RpBulk *self)
{
  return self->done->len;
}

guint
rp_bulk_get_total (RpBulk *self)
{
  return self->ids->len;
}

gboolean
rp_bulk_can_undo (RpBulk *self)
{
  return self->done->len > 0 && self->deed != RP_BULK_EXPORT;
}

gboolean
rp_bulk_is_held (RpBulk *self)
{
  for (guint i = 0; self->deed == RP_BULK_PUBLISH && i < self->done->len; i++) {
    GPtrArray *queued = ((const RpBulkBefore *) self->done->pdata[i])->queued;

    for (guint k = 0; k < queued->len; k++)
      if (!rp_delivery_is_held (queued->pdata[k], rp_time_now ()))
        return FALSE;
  }

  return self->deed == RP_BULK_PUBLISH && self->done->len > 0;
}

gboolean
rp_bulk_was_late (RpBulk *self)
{
  return self->late;
}

GPtrArray *
rp_bulk_get_problems (RpBulk *self)
{
  return self->problems;
}
