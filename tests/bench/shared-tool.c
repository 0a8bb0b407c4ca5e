/* Many windows' readers on one library, and one change after the other: how long until the last of
 * them has it in its list. Each is what a window has: a workspace with its own connection, thread
 * and list. Prints the milliseconds of each change (from the end of its transaction), and, after a
 * while in which nothing happens, how many questions the server was asked meanwhile.
 *   shared-tool ADDRESS READERS CHANGES */
#include <stdlib.h>

#include "rp-db.h"
#include "rp-store-articles.h"
#include "rp-workspace.h"

#define QUIET 5 /* seconds */

typedef struct {
  GPtrArray *lists; /* of GListModel */
  guint wanted;
} Readers;

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Readers *readers = user_data;
  g_autoptr (GError) error = NULL;
  RpWorkspace *workspace = rp_workspace_open_finish (result, &error);

  if (workspace == NULL)
    g_error ("%s", error->message);
  g_ptr_array_add (readers->lists, rp_workspace_list_articles (workspace, ""));
}

static gboolean
shows (GListModel *list, const char *headline)
{
  g_autoptr (RpArticleRow) row = g_list_model_get_item (list, 0);

  return row != NULL && g_strcmp0 (rp_article_row_get_headline (row), headline) == 0;
}

static gboolean
do_all_show (Readers *readers, const char *headline)
{
  if (readers->lists->len < readers->wanted)
    return FALSE;
  for (guint i = 0; i < readers->lists->len; i++)
    if (!shows (readers->lists->pdata[i], headline))
      return FALSE;

  return TRUE;
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
wait_for (Readers *readers, const char *headline)
{
  guint tick = g_timeout_add (1, wake_cb, NULL);

  while (!do_all_show (readers, headline))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
}

static void
rest (guint milliseconds)
{
  gint64 until = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;
  guint tick = g_timeout_add (5, wake_cb, NULL);

  while (g_get_monotonic_time () < until)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
}

static gint64
ask (RpStore *store, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 number = 0;

  if (!rp_db_get_int (rp_store_get_db (store), &number, &error, sql, ""))
    g_error ("%s", error->message);

  return number;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (RpArticle) article = NULL;
  Readers readers = {g_ptr_array_new (), argc > 3 ? (guint) atoi (argv[2]) : 0};
  RpStore *store = argc > 3 ? rp_store_open (argv[1], &error) : NULL;
  gint64 quiet_since;

  if (store == NULL)
    g_error ("%s", error != NULL ? error->message : "shared-tool ADDRESS READERS CHANGES");
  rows = rp_store_list_articles (store, "", 0, 1, &error);
  g_assert_no_error (error);
  article = rp_store_get_article (store, rp_article_row_get_id (rows->pdata[0]), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < readers.wanted; i++)
    rp_workspace_open_async (argv[1], RP_WORKSPACE_WATCH, NULL, opened_cb, &readers);
  wait_for (&readers, rp_article_get (article, RP_ARTICLE_HEADLINE));
  rest (1000);
  for (int i = 0; i < atoi (argv[3]); i++) {
    g_autofree char *headline = g_strdup_printf ("Change %d", i);
    gint64 since;

    rp_article_set (article, RP_ARTICLE_HEADLINE, headline);
    rp_store_save_article (store, article, i, &error);
    g_assert_no_error (error);
    since = g_get_monotonic_time ();
    wait_for (&readers, headline);
    g_print ("%.1f\n", (double) (g_get_monotonic_time () - since) / G_TIME_SPAN_MILLISECOND);
    rest (500);
  }
  quiet_since = ask (store, "SELECT CAST (extract (epoch FROM now ()) * 1000000 AS bigint)");
  rest (QUIET * 1000);
  g_autofree char *sql =
    g_strdup_printf ("SELECT count (*) FROM pg_stat_activity WHERE application_name = 'reprint'"
                     " AND pid <> pg_backend_pid ()"
                     " AND extract (epoch FROM query_start) * 1000000 > %" G_GINT64_FORMAT,
                     quiet_since);
  g_print ("%" G_GINT64_FORMAT " questions in %d s\n", ask (store, sql), QUIET);

  return 0; /* the windows end with the program */
}
