/* A library that fails in the middle: what was asked for fails too, once and aloud. */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "rp-dispatch.h"
#include "rp-intake.h"
#include "rp-store-articles.h"
#include "rp-time.h"
#include "rp-work.h"

#define ARTICLES 128 /* as many as a batch holds */

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

static RpWorkspace *
open_workspace (const char *folder)
{
  g_autofree char *uri = g_build_filename (folder, "library.db", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RpWorkspace *workspace;

  rp_workspace_open_async (uri, 0, NULL, done_cb, &result);
  workspace = rp_workspace_open_finish (wait_for (&result), &error);
  g_assert_no_error (error);

  return workspace;
}

static gpointer
fill_disk (RpStore *store, gpointer data, GError **error)
{
  return rp_db_script (rp_store_get_db (store),
                       "CREATE TRIGGER full_disk BEFORE INSERT ON articles"
                       " BEGIN SELECT RAISE (ABORT, 'The disk is full'); END",
                       error)
           ? RP_WORK_DONE
           : NULL;
}

static gpointer
do_nothing (RpStore *store, gpointer data, GError **error)
{
  return RP_WORK_DONE;
}

/* Whatever the library was given so far has been answered. */
static void
wait_for_library (RpWorkspace *workspace)
{
  g_autoptr (GAsyncResult) result = NULL;

  while (g_main_context_iteration (NULL, FALSE))
    ;
  rp_workspace_run_async (workspace, do_nothing, NULL, NULL, NULL, NULL, done_cb, &result);
  wait_for (&result);
}

static void
add_feed (RpIntake *intake)
{
  GString *feed = g_string_new ("<rss version=\"2.0\"><channel><title>Quay Notes</title>");

  for (guint i = 0; i < ARTICLES; i++)
    g_string_append_printf (feed,
                            "<item><title>Tide %u</title><guid>tide-%u</guid>"
                            "<description>High water at nine.</description></item>",
                            i, i);
  g_string_append (feed, "</channel></rss>");
  {
    g_autoptr (GBytes) bytes = g_string_free_to_bytes (feed);

    rp_intake_add_bytes (intake, bytes, "feed.xml");
  }
}

/* A file that takes its time: its reader waits until somebody writes. Gives its path. */
static char *
add_slow_file (RpIntake *intake, const char *folder)
{
  char *path = g_build_filename (folder, "slow.txt", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  rp_intake_add_file (intake, file);

  return path;
}

static void
write_slow_file (const char *path)
{
  static const char text[] = "Low water at three.\n";
  int slow = g_open (path, O_WRONLY, 0);

  g_assert_cmpint (slow, >=, 0);
  g_assert_cmpint (write (slow, text, sizeof text - 1), ==, sizeof text - 1);
  close (slow);
}

static void
count_cb (GObject *intake, GParamSpec *spec, gpointer user_data)
{
  ++*(guint *) user_data;
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (g_remove (path) != 0)
      g_rmdir (path);
  }
  g_rmdir (folder);
}

/* The library refuses the first batch while the next one is still being read. */
static void
test_import (void)
{
  g_autofree char *folder = g_dir_make_tmp ("reprint-XXXXXX", NULL);
  RpWorkspace *workspace = open_workspace (folder);
  g_autoptr (RpIntake) intake = rp_intake_new (workspace);
  g_autofree char *slow = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint noted = 0;

  g_assert_nonnull (rp_workspace_run (workspace, fill_disk, NULL, &error));
  add_feed (intake);
  slow = add_slow_file (intake, folder);
  g_signal_connect (intake, "notify::done", G_CALLBACK (count_cb), &noted);
  rp_intake_run_async (intake, NULL, done_cb, &result);
  write_slow_file (slow); /* it is looked at first: it might be a picture */
  while (noted < 2)       /* it has begun, and a batch was read */
    g_main_context_iteration (NULL, TRUE);
  wait_for_library (workspace);
  g_assert_null (result);

  write_slow_file (slow);
  g_assert_null (rp_intake_run_finish (intake, wait_for (&result), &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "full"));
  rp_workspace_close (workspace);
  g_object_unref (workspace);
  remove_folder (folder);
}

static gpointer
add_article (RpStore *store, gpointer data, GError **error)
{
  return rp_store_add_article (store, data, rp_time_now (), error) ? RP_WORK_DONE : NULL;
}

static gpointer
break_receipts (RpStore *store, gpointer data, GError **error)
{
  return rp_db_script (rp_store_get_db (store),
                       "ALTER TABLE receipts RENAME TO good_receipts;"
                       "CREATE VIEW receipts AS SELECT id AS article_id, 'sent' AS state,"
                       " CAST (abs (-9223372036854775807 - 1) AS TEXT) AS partner_id FROM articles",
                       error)
           ? RP_WORK_DONE
           : NULL;
}

/* Who shows the article cannot be read: that is not the same as nobody. */
static void
test_receipts (void)
{
  g_autofree char *folder = g_dir_make_tmp ("reprint-XXXXXX", NULL);
  static const char *const partners[] = {"quay", NULL};
  RpWorkspace *workspace = open_workspace (folder);
  g_autoptr (RpArticle) article = rp_article_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rp_article_set (article, RP_ARTICLE_HEADLINE, "High water at nine");
  g_assert_nonnull (rp_workspace_run (workspace, add_article, article, &error));
  rp_workspace_run (workspace, break_receipts, NULL, &error);
  g_assert_no_error (error);
  rp_dispatch_withdraw_async (workspace, rp_article_get (article, RP_ARTICLE_ID), NULL, NULL, NULL,
                              done_cb, &result);
  g_assert_null (rp_dispatch_withdraw_finish (workspace, wait_for (&result), &error));
  g_assert_nonnull (error);
  g_clear_object (&result);
  g_clear_error (&error);
  rp_dispatch_publish_async (workspace, rp_article_get (article, RP_ARTICLE_ID), partners, NULL,
                             NULL, done_cb, &result);
  g_assert_null (rp_dispatch_publish_finish (workspace, wait_for (&result), &error));
  g_assert_nonnull (error);
  rp_workspace_close (workspace);
  g_object_unref (workspace);
  remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_autofree char *resources = NULL;

  g_test_init (&argc, &argv, NULL);
  resources = g_test_build_filename (G_TEST_DIST, "..", "data", NULL);
  g_setenv ("REPRINT_DATA_DIR", resources, TRUE);
  g_test_add_func ("/flow/broken-library/import", test_import);
  g_test_add_func ("/flow/broken-library/receipts", test_receipts);

  return g_test_run ();
}
