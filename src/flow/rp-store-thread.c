#include "rp-store-thread.h"

#include "rp-thread.h"

struct _RpStoreThread {
  GThread *thread;   /* owned, NULL once it has ended */
  GAsyncQueue *jobs; /* owned, of Job; the thread takes from it */
  char *uri;         /* owned; NULL = not one beside */
  GMutex lock;       /* of what follows */
  RpStore *store;    /* owned by the thread, NULL until it is opened */
  gboolean ending;

  void (*after_job) (RpStore *store, gpointer user_data);
  gpointer user_data;
};

typedef struct {
  GTask *task; /* owned; NULL = end the thread */
  RpWork work;
} Job;

static gboolean
do_nothing_cb (gpointer user_data)
{
  return G_SOURCE_REMOVE;
}

/* The task holds its source, whose last reference must not go on a thread that the source ends. */
static void
release_at_home (GTask *task)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_callback (source, do_nothing_cb, task, g_object_unref);
  g_source_attach (source, g_task_get_context (task));
}

static void
job_free (Job *job)
{
  if (job->work.free_data != NULL && job->work.data != NULL)
    job->work.free_data (job->work.data);
  if (job->task != NULL)
    release_at_home (job->task);
  g_free (job);
}

/* ---- on the thread ---- */

static gboolean
ensure_store (RpStoreThread *self, GError **error)
{
  RpStore *opened = self->store == NULL ? rp_store_open (self->uri, error) : NULL;

  if (opened != NULL) {
    g_mutex_lock (&self->lock);
    self->store = opened;
    g_mutex_unlock (&self->lock);
  }

  return self->store != NULL;
}

static void
cancelled_cb (GCancellable *cancellable, RpStore *store)
{
  rp_store_interrupt (store);
}

/* What only reads may end anywhere. */
static gpointer
work_beside (RpStoreThread *self, Job *job, GError **error)
{
  GCancellable *cancellable = g_task_get_cancellable (job->task);
  gpointer result = NULL;
  gulong handler = 0;

  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), self->store, NULL);
  if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    result = job->work.func (self->store, job->work.data, error);
  if (cancellable != NULL)
    g_cancellable_disconnect (cancellable, handler);

  return result;
}

/* At the end, what was not begun and what was broken off. */
static gboolean
is_given_up (RpStoreThread *self)
{
  return self->uri != NULL && g_atomic_int_get (&self->ending);
}

static void
run_job (RpStoreThread *self, Job *job)
{
  GError *error = NULL;
  gpointer result = NULL;

  if (g_task_return_error_if_cancelled (job->task))
    return;
  if (self->uri == NULL)
    result = job->work.func (self->store, job->work.data, &error);
  else if (!is_given_up (self) && ensure_store (self, &error))
    result = work_beside (self, job, &error);
  if (result == NULL && is_given_up (self)) {
    g_clear_error (&error);
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The library is being closed");
  }
  if (error != NULL)
    g_task_return_error (job->task, error);
  else
    g_task_return_pointer (job->task, result, job->work.free_result);
}

static gpointer
serve (gpointer user_data)
{
  RpStoreThread *self = user_data;

  if (self->uri != NULL)
    rp_thread_give_way ();
  while (TRUE) {
    Job *job = g_async_queue_pop (self->jobs);
    gboolean last = job->task == NULL;

    if (!last)
      run_job (self, job);
    if (!last && self->after_job != NULL)
      self->after_job (self->store, self->user_data);
    job_free (job);
    if (last)
      break;
  }
  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->store, rp_store_close);
  g_mutex_unlock (&self->lock);

  return NULL;
}

/* ---- beginning and ending ---- */

static RpStoreThread *
start (RpStoreThread *self, const char *name)
{
  self->jobs = g_async_queue_new ();
  g_mutex_init (&self->lock);
  self->thread = g_thread_new (name, serve, self);

  return self;
}

RpStoreThread *
rp_store_thread_new (RpStore *store,
                     void (*after_job) (RpStore *store, gpointer user_data),
                     gpointer user_data)
{
  RpStoreThread *self = g_new0 (RpStoreThread, 1);

  self->store = store;
  self->after_job = after_job;
  self->user_data = user_data;

  return start (self, "reprint-store");
}

RpStoreThread *
rp_store_thread_new_beside (const char *uri)
{
  RpStoreThread *self = g_new0 (RpStoreThread, 1);

  self->uri = g_strdup (uri);

  return start (self, "reprint-counts");
}

void
rp_store_thread_stop (RpStoreThread *self)
{
  if (self->thread == NULL)
    return;
  g_atomic_int_set (&self->ending, TRUE);
  g_async_queue_push (self->jobs, g_new0 (Job, 1));
  g_mutex_lock (&self->lock);
  if (self->uri != NULL && self->store != NULL)
    rp_store_interrupt (self->store);
  g_mutex_unlock (&self->lock);
  g_thread_join (g_steal_pointer (&self->thread));
}

void
rp_store_thread_free (RpStoreThread *self)
{
  if (self == NULL)
    return;
  rp_store_thread_stop (self);
  g_async_queue_unref (self->jobs);
  g_mutex_clear (&self->lock);
  g_free (self->uri);
  g_free (self);
}

void
rp_store_thread_run_async (RpStoreThread *self,
                           GObject *source,
                           const RpWork *work,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->task = g_task_new (source, cancellable, callback, user_data);
  g_task_set_source_tag (job->task, rp_store_thread_run_async);
  job->work = *work;
  g_async_queue_push (self->jobs, job);
}
