/* Lists are read from a copy of the server, and never show less than has been seen. */
#include "fixture.h"

#include "rp-store-articles.h"

#define PATIENCE (20 * G_TIME_SPAN_SECOND)

/* The address of this library on another server. Gives. */
static char *
dup_uri_at (Fixture *fixture, const char *server)
{
  g_autofree char *path =
    g_strdup_printf ("/%.*s?", (int) strcspn (fixture->uri + strlen ("postgresql:///"), "?"),
                     fixture->uri + strlen ("postgresql:///"));
  g_autoptr (GString) uri = g_string_new (server);

  g_assert_cmpuint (g_string_replace (uri, "/postgres?", path, 1), ==, 1);

  return g_string_free (g_steal_pointer (&uri), FALSE);
}

/* Names the copy, and opens the library again, which then knows it. */
static void
name_copy (Fixture *fixture, const char *uri)
{
  g_autofree char *sql =
    g_strdup_printf ("DO $$ BEGIN EXECUTE format ('ALTER DATABASE %%I SET reprint.replica = %%L',"
                     " current_database (), '%s'); END $$",
                     uri);
  g_autoptr (GError) error = NULL;

  rp_db_script (rp_store_get_db (fixture->store), sql, &error);
  g_assert_no_error (error);
  g_clear_pointer (&fixture->store, rp_store_close);
  fixture->store = rp_store_open (fixture->uri, &error);
  g_assert_no_error (error);
}

static void
add (Fixture *fixture, const char *headline)
{
  g_autoptr (RpArticle) article = rp_article_new ();
  g_autoptr (GError) error = NULL;

  rp_article_set (article, RP_ARTICLE_HEADLINE, headline);
  rp_article_set (article, RP_ARTICLE_BODY_HTML, "<p>The quay.</p>");
  rp_store_add_article (fixture->store, article, NOW, &error);
  g_assert_no_error (error);
}

/* The copy may not know of this library yet. Gives. */
static RpDb *
open_copy (const char *uri)
{
  gint64 until = g_get_monotonic_time () + PATIENCE;
  RpDb *copy;

  while ((copy = rp_db_open (uri, NULL)) == NULL)
    g_assert_cmpint (g_get_monotonic_time (), <, until);

  return copy;
}

static gboolean
reads_copy (Fixture *fixture)
{
  return rp_store_get_reader (fixture->store) != rp_store_get_db (fixture->store);
}

static void
wait_for_copy (Fixture *fixture)
{
  gint64 until = g_get_monotonic_time () + PATIENCE;

  while (!reads_copy (fixture))
    g_assert_cmpint (g_get_monotonic_time (), <, until);
}

static void
check_count (Fixture *fixture, gint64 expected)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  gint64 count = -1;

  g_assert_true (rp_store_count_articles (fixture->store, "quay", &count, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count, ==, expected);
  rows = rp_store_list_articles (fixture->store, "", 0, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, expected);
}

static void
test_followed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *uri = dup_uri_at (fixture, g_getenv ("REPRINT_TEST_REPLICA"));
  g_autoptr (RpDb) copy = open_copy (uri);
  g_autoptr (RpStore) other = NULL;
  gint64 until = g_get_monotonic_time () + 3 * PATIENCE;

  add (fixture, "Boats");
  name_copy (fixture, uri);
  wait_for_copy (fixture);
  check_count (fixture, 1);
  g_assert_true (reads_copy (fixture));

  g_assert_true (rp_db_script (copy, "SELECT pg_wal_replay_pause ()", NULL));
  add (fixture, "Buoys");
  check_count (fixture, 2); /* what was just written is there, from the server itself */
  g_assert_false (reads_copy (fixture));
  g_assert_true (rp_db_script (copy, "SELECT pg_wal_replay_resume ()", NULL));
  wait_for_copy (fixture);
  check_count (fixture, 2);

  other = g_steal_pointer (&fixture->store);
  fixture->store = rp_store_open (fixture->uri, NULL);
  wait_for_copy (fixture);
  g_assert_true (rp_db_script (copy, "SELECT pg_wal_replay_pause ()", NULL));
  {
    Fixture writer = {.store = other};

    add (&writer, "Gulls");
  }
  while (reads_copy (fixture)) /* until the news is there */
    g_assert_cmpint (g_get_monotonic_time (), <, until);
  check_count (fixture, 3);
  g_assert_true (rp_db_script (copy, "SELECT pg_wal_replay_resume ()", NULL));
}

static void
test_away (Fixture *fixture, gconstpointer data)
{
  add (fixture, "Boats");
  name_copy (fixture, "postgresql:///nowhere?host=/nowhere");
  check_count (fixture, 1);
  g_assert_false (reads_copy (fixture));
}

static gboolean
list_within (RpStore *store, gpointer user_data, GError **error)
{
  Fixture *fixture = user_data;

  add (fixture, "Buoys");
  g_assert_false (reads_copy (fixture));
  check_count (fixture, 2);

  return TRUE;
}

static void
test_transaction (Fixture *fixture, gconstpointer data)
{
  g_autofree char *uri = dup_uri_at (fixture, g_getenv ("REPRINT_TEST_REPLICA"));
  g_autoptr (RpDb) copy = open_copy (uri);
  g_autoptr (GError) error = NULL;

  add (fixture, "Boats");
  name_copy (fixture, uri);
  wait_for_copy (fixture);
  rp_store_transaction (fixture->store, list_within, fixture, &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add (name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("/store/reader/followed", test_followed);
  ADD ("/store/reader/away", test_away);
  ADD ("/store/reader/transaction", test_transaction);

  return g_test_run ();
}
