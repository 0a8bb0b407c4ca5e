/* A connection to the library with a thread of its own, which does one job after the other. A
 * workspace has two: what people wait for, and what is only counted beside it. Of the workspace;
 * main thread unless said otherwise. */
#pragma once

#include <gio/gio.h>

#include "rp-store.h"

G_BEGIN_DECLS

/* Runs on the store's thread. NULL without an error is a result, too. */
typedef gpointer (*RpWorkFunc) (RpStore *store, gpointer data, GError **error);

typedef struct {
  RpWorkFunc func;
  gpointer data;
  GDestroyNotify free_data; /* NULL = not ours */
  GDestroyNotify free_result;
} RpWork;

typedef struct _RpStoreThread RpStoreThread;

/* Takes `store`. `after_job` is called on the thread after every job; NULL = nothing is to be done.
 */
RpStoreThread *rp_store_thread_new (RpStore *store,
                                    void (*after_job) (RpStore *store, gpointer user_data),
                                    gpointer user_data);
/* One that only reads and gives way to whoever else wants the processor: it opens the library with
 * its first job, and a job that nobody waits for any more is broken off in the middle. */
RpStoreThread *rp_store_thread_new_beside (const char *uri);
/* Ends after the jobs that it has; beside, it skips them. Later ones are never done. */
void rp_store_thread_stop (RpStoreThread *self);
void rp_store_thread_free (RpStoreThread *self); /* stops, too */

/* The callback comes on the caller's main context; g_task_propagate_pointer is its finish.
 * `source` is held meanwhile. */
void rp_store_thread_run_async (RpStoreThread *self,
                                GObject *source,
                                const RpWork *work,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

G_END_DECLS
