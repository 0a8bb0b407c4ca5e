/* Who has what open: one edits, another takes over, and who dies is forgotten. */
#include "fixture.h"

#include "rp-store-claims.h"
#include "rp-store-presence.h"
#include "rp-store-schema.h"

#define ADA "desk-1"
#define BEN "desk-2"

static void
enter (Fixture *fixture, const char *holder, const char *article, gint64 now)
{
  const RpDeskmate mate = {
    .holder = (char *) holder, .name = (char *) "Somebody", .article_id = (char *) article};

  g_assert_true (rp_store_enter_article (fixture->store, &mate, now, NULL));
}

static void
edit (Fixture *fixture, const char *holder, gboolean take_over, gint64 now)
{
  g_assert_true (rp_store_edit_article (fixture->store, holder, take_over, now, NULL));
}

/* "holder:article" of each, those who edit with a star. Gives. */
static char *
dup_roll (Fixture *fixture, gint64 now)
{
  g_autoptr (GPtrArray) mates = rp_store_list_presence (fixture->store, now, NULL);
  g_autoptr (GString) roll = g_string_new (NULL);

  g_assert_nonnull (mates);
  for (guint i = 0; i < mates->len; i++) {
    const RpDeskmate *mate = mates->pdata[i];

    g_string_append_printf (roll, "%s%s:%s%s", i > 0 ? " " : "", mate->holder, mate->article_id,
                            mate->edits > 0 ? "*" : "");
  }

  return g_string_free (g_steal_pointer (&roll), FALSE);
}

static void
check (Fixture *fixture, gint64 now, const char *expected)
{
  g_autofree char *roll = dup_roll (fixture, now);

  g_assert_cmpstr (roll, ==, expected);
}

static void
test_one_edits (Fixture *fixture, gconstpointer data)
{
  enter (fixture, ADA, "a", NOW);
  enter (fixture, BEN, "a", NOW + 1);
  check (fixture, NOW + 1, ADA ":a " BEN ":a");
  edit (fixture, BEN, FALSE, NOW + 2);
  check (fixture, NOW + 2, BEN ":a* " ADA ":a");
  edit (fixture, ADA, FALSE, NOW + 3);
  check (fixture, NOW + 3, BEN ":a* " ADA ":a");
  edit (fixture, ADA, TRUE, NOW + 4);
  check (fixture, NOW + 4, ADA ":a* " BEN ":a");
  enter (fixture, ADA, "b", NOW + 5); /* what it leaves is free */
  edit (fixture, BEN, FALSE, NOW + 6);
  edit (fixture, ADA, FALSE, NOW + 6);
  check (fixture, NOW + 6, BEN ":a* " ADA ":b*");
  g_assert_true (rp_store_leave_article (fixture->store, BEN, NULL));
  check (fixture, NOW + 6, ADA ":b*");
}

static void
test_lapse (Fixture *fixture, gconstpointer data)
{
  gint64 lease =
    fixture_get_server () != NULL ? RP_STORE_PRESENCE_LEASE : RP_STORE_PRESENCE_LEASE_IN_FILE;
  gboolean there = FALSE;

  enter (fixture, ADA, "a", NOW);
  edit (fixture, ADA, FALSE, NOW);
  enter (fixture, BEN, "a", NOW);
  g_assert_true (rp_store_renew_presence (fixture->store, BEN, NOW + lease, &there, NULL));
  g_assert_true (there);
  check (fixture, NOW + lease, ADA ":a* " BEN ":a");
  check (fixture, NOW + lease + 1, BEN ":a");
  edit (fixture, BEN, FALSE, NOW + lease + 1);
  check (fixture, NOW + lease + 1, BEN ":a*");
  /* Ada is back: what was hers is not any more, and hers to enter again. */
  g_assert_true (rp_store_renew_presence (fixture->store, ADA, NOW + lease + 2, &there, NULL));
  g_assert_true (there);
  check (fixture, NOW + lease + 2, BEN ":a* " ADA ":a");
  enter (fixture, BEN, "b", NOW + 3 * lease); /* whoever has lapsed is cleared away */
  g_assert_true (rp_store_renew_presence (fixture->store, ADA, NOW + 3 * lease, &there, NULL));
  g_assert_false (there);
}

/* A program that died on this machine is not waited for. */
static void
test_dead_program (Fixture *fixture, gconstpointer data)
{
  g_autofree char *alive = rp_store_dup_owner ();
  g_auto (GStrv) parts = g_strsplit (alive, ":", -1);
  g_autofree char *expected = g_strconcat (alive, ":a", NULL);
  g_autofree char *dead = NULL;

  g_free (parts[1]);
  parts[1] = g_strdup ("2147483646"); /* no process has that number */
  dead = g_strjoinv (":", parts);

  enter (fixture, dead, "a", NOW);
  enter (fixture, alive, "a", NOW + 1);
  check (fixture, NOW + 1, expected);
}

/* Those who are told are told once, and not of renewals. */
static void
test_news (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RpDb) db = rp_db_open (fixture->uri, &error);
  gint64 until = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;
  RpDbNews before, after;
  gboolean there;

  g_assert_true (rp_db_get_news (db, &before, NULL));
  g_assert_cmpint (rp_db_get_socket (db), >=, 0);
  enter (fixture, ADA, "a", NOW);
  do
    g_assert_true (rp_db_get_news (db, &after, NULL));
  while (after.presence == before.presence && g_get_monotonic_time () < until);
  g_assert_cmpint (after.presence, >, before.presence);
  g_assert_cmpint (after.changes, ==, before.changes);
  g_assert_true (rp_store_renew_presence (fixture->store, ADA, NOW + 1, &there, NULL));
  /* Whatever is told of it comes before the answer to a question that was asked later. */
  g_assert_true (rp_db_script (rp_store_get_db (fixture->store), "NOTIFY reprint_changed", NULL));
  before = after;
  do
    g_assert_true (rp_db_get_news (db, &after, NULL));
  while (after.changes == before.changes && g_get_monotonic_time () < until);
  g_assert_cmpint (after.changes, >, before.changes);
  g_assert_cmpint (after.presence, ==, before.presence);
}

/* The first version that there was on servers is brought up to date with what is in it. */
static void
test_older_server (Fixture *fixture, gconstpointer data)
{
  RpDb *db = rp_store_get_db (fixture->store);
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;
  gint64 kept = 0;

  sql = g_strconcat ("DROP SCHEMA public CASCADE; CREATE SCHEMA public;"
                     " CREATE TABLE schema_version (version INTEGER NOT NULL);"
                     " INSERT INTO schema_version VALUES (5);",
                     rp_store_schema_step (RP_DB_POSTGRES, 5),
                     "INSERT INTO searches VALUES ('s', 'Mine', 'boats', 1);"
                     "INSERT INTO revisions VALUES ('a', 1, 'edit', '{}');"
                     "INSERT INTO exchanges VALUES ('x', 'd', 1, '', '', '', '', NULL, 0, 0, '');",
                     NULL);
  rp_db_script (db, sql, &error);
  g_assert_no_error (error);
  rp_store_close (fixture->store);
  fixture->store = rp_store_open (fixture->uri, &error);
  g_assert_no_error (error);
  enter (fixture, ADA, "a", NOW);
  check (fixture, NOW, ADA ":a");
  g_assert_true (rp_store_check (fixture->store, NULL));
  rp_db_get_int (rp_store_get_db (fixture->store), &kept, &error,
                 "SELECT count (*) FROM searches, revisions, exchanges", "");
  g_assert_no_error (error);
  g_assert_cmpint (kept, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add (name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("/store/presence/one-edits", test_one_edits);
  ADD ("/store/presence/lapse", test_lapse);
  ADD ("/store/presence/dead-program", test_dead_program);
  if (fixture_get_server () != NULL) {
    ADD ("/store/presence/news", test_news);
    ADD ("/store/presence/older-server", test_older_server);
  }

  return g_test_run ();
}
