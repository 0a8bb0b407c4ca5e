/* The threads of a library: in order, beside each other, and broken off when nobody waits. */
#include <glib/gstdio.h>

#include "rp-store-thread.h"

typedef struct {
  char *folder;
  char *uri;
  GObject *source;
  int after;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("reprint-XXXXXX", NULL);
  fixture->uri = g_build_filename (fixture->folder, "library.db", NULL);
  fixture->source = g_object_new (G_TYPE_OBJECT, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

    if (g_remove (path) != 0)
      g_rmdir (path);
  }
  g_rmdir (fixture->folder);
  g_object_unref (fixture->source);
  g_free (fixture->uri);
  g_free (fixture->folder);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *result;
}

static void
note_after (RpStore *store, gpointer user_data)
{
  g_atomic_int_inc ((int *) user_data);
}

static gpointer
append (RpStore *store, gpointer data, GError **error)
{
  g_assert_nonnull (store);
  g_string_append_printf (data, "%u", (guint) ((GString *) data)->len);

  return NULL;
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  RpStore *store = rp_store_open (fixture->uri, NULL);
  RpStoreThread *thread = rp_store_thread_new (store, note_after, &fixture->after);
  g_autoptr (GString) order = g_string_new (NULL);
  const RpWork work = {append, order, NULL, NULL};
  g_autoptr (GAsyncResult) last = NULL;

  for (guint i = 0; i < 4; i++)
    rp_store_thread_run_async (thread, fixture->source, &work, NULL, NULL, NULL);
  rp_store_thread_run_async (thread, fixture->source, &work, NULL, done_cb, &last);
  wait_for (&last);
  rp_store_thread_free (thread);

  g_assert_cmpstr (order->str, ==, "01234");
  g_assert_cmpint (fixture->after, ==, 5);
}

/* Without an end, if nobody makes one. */
static gpointer
count_forever (RpStore *store, gpointer data, GError **error)
{
  g_autoptr (RpDbRows) rows = rp_db_query (
    rp_store_get_db (store), error,
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n", "");

  while (rows != NULL && rp_db_next (rows, error))
    g_atomic_int_set ((int *) data, TRUE);

  return NULL;
}

static gpointer
count_tables (RpStore *store, gpointer data, GError **error)
{
  gint64 number = 0;

  rp_db_get_int (rp_store_get_db (store), &number, error, "SELECT count (*) FROM sqlite_master",
                 "");

  return GINT_TO_POINTER ((int) number);
}

static void
wait_until (int *flag)
{
  while (!g_atomic_int_get (flag))
    g_thread_yield ();
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  RpStoreThread *thread = rp_store_thread_new_beside (fixture->uri);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) broken = NULL, next = NULL;
  g_autoptr (GError) error = NULL;
  int begun = FALSE;
  const RpWork endless = {count_forever, &begun, NULL, NULL};
  const RpWork count = {count_tables, NULL, NULL, NULL};

  rp_store_thread_run_async (thread, fixture->source, &endless, cancellable, done_cb, &broken);
  rp_store_thread_run_async (thread, fixture->source, &count, NULL, done_cb, &next);
  wait_until (&begun);
  g_cancellable_cancel (cancellable);

  g_assert_null (g_task_propagate_pointer (G_TASK (wait_for (&broken)), &error));
  g_assert_nonnull (error);
  g_assert_cmpint (GPOINTER_TO_INT (g_task_propagate_pointer (G_TASK (wait_for (&next)), NULL)), >,
                   10);
  rp_store_thread_free (thread);
}

static void
test_stop (Fixture *fixture, gconstpointer data)
{
  RpStoreThread *thread = rp_store_thread_new_beside (fixture->uri);
  g_autoptr (GAsyncResult) broken = NULL, never = NULL;
  g_autoptr (GError) error = NULL, other = NULL;
  int begun = FALSE;
  const RpWork endless = {count_forever, &begun, NULL, NULL};

  rp_store_thread_run_async (thread, fixture->source, &endless, NULL, done_cb, &broken);
  rp_store_thread_run_async (thread, fixture->source, &endless, NULL, done_cb, &never);
  wait_until (&begun);
  rp_store_thread_stop (thread);

  g_assert_null (g_task_propagate_pointer (G_TASK (wait_for (&broken)), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (g_task_propagate_pointer (G_TASK (wait_for (&never)), &other));
  g_assert_error (other, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  rp_store_thread_free (thread);
}

/* One that cannot be opened says why, every time. */
static void
test_no_library (Fixture *fixture, gconstpointer data)
{
  RpStoreThread *thread = rp_store_thread_new_beside ("/dev/null/library.db");
  const RpWork count = {count_tables, NULL, NULL, NULL};

  for (guint i = 0; i < 2; i++) {
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;

    rp_store_thread_run_async (thread, fixture->source, &count, NULL, done_cb, &result);
    g_assert_null (g_task_propagate_pointer (G_TASK (wait_for (&result)), &error));
    g_assert_nonnull (error);
  }
  rp_store_thread_free (thread);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/flow/store-thread/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("order", test_order);
  ADD ("cancel", test_cancel);
  ADD ("stop", test_stop);
  ADD ("no-library", test_no_library);

  return g_test_run ();
}
