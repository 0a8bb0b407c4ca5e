#include "rp-counter.h"

#include "rp-store-articles.h"

struct _RpCounter {
  char *uri; /* owned */
  GMutex lock;
  RpStore *store; /* owned, NULL until something is counted; guarded by lock */
};

typedef struct {
  RpCounter *counter; /* owned */
  char *query;        /* owned */
} Job;

static void
counter_clear (gpointer data)
{
  RpCounter *counter = data;

  g_clear_pointer (&counter->store, rp_store_close);
  g_mutex_clear (&counter->lock);
  g_free (counter->uri);
}

RpCounter *
rp_counter_new (const char *uri)
{
  RpCounter *counter = g_atomic_rc_box_new0 (RpCounter);

  counter->uri = g_strdup (uri);
  g_mutex_init (&counter->lock);

  return counter;
}

void
rp_counter_unref (RpCounter *counter)
{
  g_atomic_rc_box_release_full (counter, counter_clear);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  rp_counter_unref (job->counter);
  g_free (job->query);
  g_free (job);
}

static void
cancelled_cb (GCancellable *cancellable, RpStore *store)
{
  rp_store_interrupt (store);
}

static gboolean
count (RpCounter *counter,
       const char *query,
       GCancellable *cancellable,
       gint64 *out,
       GError **error)
{
  gboolean done;
  gulong handler;

  if (counter->store == NULL)
    counter->store = rp_store_open (counter->uri, error);
  if (counter->store == NULL)
    return FALSE;
  handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), counter->store, NULL);
  done = !g_cancellable_set_error_if_cancelled (cancellable, error) &&
         rp_store_count_articles (counter->store, query, out, error);
  g_cancellable_disconnect (cancellable, handler);

  return done;
}

static void
count_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  gint64 number = 0;

  g_mutex_lock (&job->counter->lock);
  if (!g_cancellable_set_error_if_cancelled (cancellable, &error))
    count (job->counter, job->query, cancellable, &number, &error);
  g_mutex_unlock (&job->counter->lock);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, number);
}

void
rp_counter_count_async (RpCounter *counter,
                        const char *query,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->counter = g_atomic_rc_box_acquire (counter);
  job->query = g_strdup (query);
  g_task_set_source_tag (task, rp_counter_count_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, count_in_thread);
}

gint64
rp_counter_count_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}
