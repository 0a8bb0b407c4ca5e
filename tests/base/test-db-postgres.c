/* Bad days of a server: it goes away between two questions, in the middle of a transaction, and
 * while a transaction ends; it takes no changes; it is not there. A go-between breaks the
 * connection at the worst moment. */
#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>

#include "rp-db.h"
#include "rp-error.h"
#include "rp-time.h"

#define PATIENCE (20 * G_TIME_SPAN_SECOND)

typedef struct {
  RpDb *db;    /* the one that has a bad day */
  RpDb *other; /* the one that looks on */
} Fixture;

static const char *
get_server (void)
{
  return g_getenv ("REPRINT_TEST_POSTGRES");
}

static RpDb *
open_db (const char *uri)
{
  g_autoptr (GError) error = NULL;
  RpDb *db = rp_db_open (uri, &error);

  g_assert_no_error (error);

  return db;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->other = open_db (get_server ());
  fixture->db = open_db (get_server ());
  g_assert_true (rp_db_script (
    fixture->other, "DROP TABLE IF EXISTS t; CREATE TABLE t (a BIGINT PRIMARY KEY)", NULL));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rp_db_close (fixture->db);
  rp_db_close (fixture->other);
}

static gint64
read_number (RpDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 number = -1;

  rp_db_get_int (db, &number, &error, sql, "");
  g_assert_no_error (error);

  return number;
}

static gint64
count (Fixture *fixture)
{
  return read_number (fixture->other, "SELECT count (*) FROM t");
}

/* The server ends the connection, and has done it when this returns. */
static void
break_connection (RpDb *other, gint64 pid)
{
  gint64 until = g_get_monotonic_time () + PATIENCE;
  gint64 left = 1;

  g_assert_true (
    rp_db_exec (other, NULL, NULL, "SELECT pg_terminate_backend ($1::int4)", "i", pid));
  while (left > 0 && g_get_monotonic_time () < until) {
    g_assert_true (rp_db_get_int (
      other, &left, NULL, "SELECT count (*) FROM pg_stat_activity WHERE pid = $1", "i", pid));
    g_thread_yield ();
  }
  g_assert_cmpint (left, ==, 0);
}

/* What did not begin is asked again, whatever it is. */
static void
test_between (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  break_connection (fixture->other, read_number (fixture->db, "SELECT pg_backend_pid ()"));
  g_assert_cmpint (read_number (fixture->db, "SELECT 7"), ==, 7);
  break_connection (fixture->other, read_number (fixture->db, "SELECT pg_backend_pid ()"));
  rp_db_exec (fixture->db, &error, NULL, "INSERT INTO t VALUES ($1)", "i", (gint64) 1);
  g_assert_no_error (error);
  g_assert_cmpint (count (fixture), ==, 1);
}

static gboolean
break_in_the_middle (RpDb *db, gpointer user_data, GError **error)
{
  gint64 pid = 0;

  g_assert_true (rp_db_exec (db, error, NULL, "INSERT INTO t VALUES (1)", ""));
  g_assert_true (rp_db_get_int (db, &pid, error, "SELECT pg_backend_pid ()", ""));
  break_connection (user_data, pid);
  rp_db_exec (db, NULL, NULL, "INSERT INTO t VALUES (2)", "");

  return TRUE;
}

static gboolean
insert_one (RpDb *db, gpointer user_data, GError **error)
{
  return rp_db_exec (db, error, NULL, "INSERT INTO t VALUES (1)", "");
}

/* A transaction is lost as a whole, and the next one works. */
static void
test_in_transaction (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (rp_db_transaction (fixture->db, break_in_the_middle, fixture->other, &error));
  g_assert_error (error, RP_ERROR, RP_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, "nothing of this change was kept"));
  g_assert_cmpint (count (fixture), ==, 0);
  g_assert_true (rp_db_transaction (fixture->db, insert_one, NULL, NULL));
  g_assert_cmpint (count (fixture), ==, 1);
}

static gboolean
mind_nothing (RpDb *db, gpointer user_data, GError **error)
{
  rp_db_exec (db, NULL, NULL, "INSERT INTO t VALUES (1)", "");
  rp_db_exec (db, NULL, NULL, "INSERT INTO t VALUES (1)", "");

  return TRUE;
}

/* What nobody minded is not taken for success. */
static void
test_failed_part (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (rp_db_transaction (fixture->db, mind_nothing, NULL, &error));
  g_assert_error (error, RP_ERROR, RP_ERROR_STORAGE);
  g_assert_cmpint (count (fixture), ==, 0);
}

static gboolean
insert_many (RpDb *db, gpointer user_data, GError **error)
{
  gint64 found = 0;

  for (gint64 i = 0; i < 1000; i++)
    if (!rp_db_exec (db, error, NULL, "INSERT INTO t VALUES ($1)", "i", i))
      return FALSE;
  if (!rp_db_get_int (db, &found, error, "SELECT count (*) FROM t", ""))
    return FALSE;
  g_assert_cmpint (found, ==, 1000);

  return TRUE;
}

static void
test_posted (Fixture *fixture, gconstpointer data)
{
  g_assert_true (rp_db_transaction (fixture->db, insert_many, NULL, NULL));
  g_assert_cmpint (count (fixture), ==, 1000);
}

/* ---- a go-between that breaks off at the end of a transaction ---- */

typedef enum {
  PASS,
  BREAK_BEFORE, /* the server never hears of the end */
  BREAK_AFTER   /* and here its answer is lost */
} Mood;

typedef struct {
  char *folder, *server; /* owned: where it listens, and where the server does */
  char *uri;             /* owned */
  GSocketListener *listener;
  GCancellable *end;
  GThread *thread;
  int mood; /* atomic */
} Between;

static gboolean
is_the_end (const char *data, gssize size)
{
  return memmem (data, (size_t) size, "COMMIT", 6) != NULL;
}

/* FALSE when one of them has gone. */
static gboolean
pass_on (Between *self, GSocket *from, GSocket *to, gboolean is_client)
{
  char data[8192];
  gssize size = g_socket_receive (from, data, sizeof data, NULL, NULL);
  gboolean ends = is_client && size > 0 && is_the_end (data, size);
  int mood = ends ? g_atomic_int_exchange (&self->mood, PASS) : PASS;

  if (size <= 0 || mood == BREAK_BEFORE)
    return FALSE;
  for (gssize sent = 0; sent < size;) {
    gssize part = g_socket_send (to, data + sent, (gsize) (size - sent), NULL, NULL);

    if (part <= 0)
      return FALSE;
    sent += part;
  }
  if (mood == BREAK_AFTER)
    g_socket_receive (to, data, sizeof data, NULL, NULL);

  return mood == PASS;
}

static void
carry (Between *self, GSocket *client)
{
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (self->server);
  g_autoptr (GSocket) server =
    g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);
  GPollFD ends[3];
  gboolean goes_on = g_socket_connect (server, address, NULL, NULL);

  ends[0] = (GPollFD){g_socket_get_fd (client), G_IO_IN | G_IO_HUP, 0};
  ends[1] = (GPollFD){g_socket_get_fd (server), G_IO_IN | G_IO_HUP, 0};
  g_cancellable_make_pollfd (self->end, &ends[2]);
  while (goes_on) {
    g_poll (ends, 3, -1);
    goes_on = ends[2].revents == 0 &&
              (ends[0].revents == 0 || pass_on (self, client, server, TRUE)) &&
              (ends[1].revents == 0 || pass_on (self, server, client, FALSE));
  }
  g_cancellable_release_fd (self->end);
  g_socket_close (server, NULL);
  g_socket_close (client, NULL);
}

/* One after the other: the one who comes again has left before. */
static gpointer
serve (gpointer user_data)
{
  Between *self = user_data;
  GSocket *client;

  while ((client = g_socket_listener_accept_socket (self->listener, NULL, self->end, NULL)) !=
         NULL) {
    carry (self, client);
    g_object_unref (client);
  }

  return NULL;
}

static Between *
between_new (void)
{
  Between *self = g_new0 (Between, 1);
  g_auto (GStrv) halves = g_strsplit_set (strstr (get_server (), "host=") + 5, "&", 2);
  g_autofree char *path = NULL;
  g_autoptr (GSocketAddress) address = NULL;

  self->folder = g_dir_make_tmp ("reprint-between-XXXXXX", NULL);
  self->server = g_build_filename (halves[0], ".s.PGSQL.5432", NULL);
  self->uri = g_strdup_printf ("postgresql:///postgres?host=%s&user=desk", self->folder);
  path = g_build_filename (self->folder, ".s.PGSQL.5432", NULL);
  address = g_unix_socket_address_new (path);
  self->listener = g_socket_listener_new ();
  g_assert_true (g_socket_listener_add_address (self->listener, address, G_SOCKET_TYPE_STREAM,
                                                G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, NULL));
  self->end = g_cancellable_new ();
  self->thread = g_thread_new ("between", serve, self);

  return self;
}

static void
between_free (Between *self)
{
  g_autofree char *path = g_build_filename (self->folder, ".s.PGSQL.5432", NULL);

  g_cancellable_cancel (self->end);
  g_thread_join (self->thread);
  g_object_unref (self->listener);
  g_object_unref (self->end);
  g_unlink (path);
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->server);
  g_free (self->uri);
  g_free (self);
}

static const struct {
  const char *name;
  Mood mood;
  gboolean done;
} ends[] = {
  {"/base/db-postgres/end/heard", PASS, TRUE},
  {"/base/db-postgres/end/not-heard", BREAK_BEFORE, FALSE},
  {"/base/db-postgres/end/not-answered", BREAK_AFTER, TRUE},
};

/* It is never ended twice: the server is asked what became of it. */
static void
test_end (Fixture *fixture, gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  Between *between = between_new ();
  RpDb *db = open_db (between->uri);
  g_autoptr (GError) error = NULL;

  g_atomic_int_set (&between->mood, ends[i].mood);
  g_assert_cmpint (rp_db_transaction (db, insert_one, NULL, &error), ==, ends[i].done);
  if (ends[i].done)
    g_assert_no_error (error);
  else
    g_assert_error (error, RP_ERROR, RP_ERROR_STORAGE);
  g_assert_cmpint (count (fixture), ==, ends[i].done ? 1 : 0);
  g_assert_cmpint (g_atomic_int_get (&between->mood), ==, PASS);
  rp_db_close (db);
  between_free (between);
}

/* ---- the rest ---- */

static void
test_changes (Fixture *fixture, gconstpointer data)
{
  RpDbNews before, own, after;
  gint64 until = g_get_monotonic_time () + PATIENCE;

  g_assert_true (rp_db_get_news (fixture->db, &before, NULL));
  g_assert_true (rp_db_script (fixture->db, "NOTIFY reprint_changed", NULL));
  g_assert_true (rp_db_get_news (fixture->db, &own, NULL));
  g_assert_cmpint (own.changes, ==, before.changes);
  g_assert_true (rp_db_script (fixture->other, "NOTIFY reprint_changed", NULL));
  for (after = before; after.changes == before.changes && g_get_monotonic_time () < until;)
    g_assert_true (rp_db_get_news (fixture->db, &after, NULL));
  g_assert_cmpint (after.changes, >, before.changes);
  g_assert_cmpint (after.presence, ==, before.presence);
  break_connection (fixture->other, read_number (fixture->db, "SELECT pg_backend_pid ()"));
  g_assert_true (rp_db_get_news (fixture->db, &before, NULL));
  g_assert_cmpint (before.changes, >, after.changes); /* who knows what was missed */
  g_assert_cmpint (before.presence, >, after.presence);
}

static const struct {
  const char *setting;
  const char *says;
} refusals[] = {
  {"SET default_transaction_read_only = on", "it can only be read"},
  {"CREATE ROLE reader; GRANT SELECT ON t TO reader; SET ROLE reader", "not allowed"},
};

static void
test_refusals (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++) {
    g_autoptr (RpDb) db = open_db (get_server ());
    g_autoptr (GError) error = NULL;

    g_assert_true (rp_db_script (db, refusals[i].setting, NULL));
    g_assert_false (rp_db_transaction (db, insert_one, NULL, &error));
    g_assert_error (error, RP_ERROR, RP_ERROR_STORAGE);
    if (strstr (error->message, refusals[i].says) == NULL)
      g_error ("“%s” is not what “%s” says", error->message, refusals[i].setting);
  }
  g_assert_true (
    rp_db_script (fixture->other, "REVOKE ALL ON t FROM reader; DROP ROLE reader", NULL));
}

static const struct {
  const char *uri;
  const char *says;
} wrong[] = {
  {"postgresql://desk:secret@db.example/library", "must not hold a password"},
  {"postgresql:///library?host=/nowhere/at/all", "No server answers"},
  {"postgresql://[half", "no address of a library"},
};

static void
test_wrong_addresses (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (rp_db_open (wrong[i].uri, &error));
    g_assert_error (error, RP_ERROR, RP_ERROR_STORAGE);
    g_assert_nonnull (strstr (error->message, wrong[i].says));
    g_assert_null (strstr (error->message, "secret"));
  }
}

static gpointer
interrupt (gpointer user_data)
{
  Fixture *fixture = user_data;
  gint64 busy = 0;

  while (busy == 0)
    busy = read_number (fixture->other, "SELECT count (*) FROM pg_stat_activity"
                                        " WHERE state = 'active' AND query LIKE '%pg_sleep (60)%'"
                                        " AND pid <> pg_backend_pid ()");
  rp_db_interrupt (fixture->db);

  return NULL;
}

static void
test_interrupt (Fixture *fixture, gconstpointer data)
{
  GThread *thread = g_thread_new ("interrupt", interrupt, fixture);
  g_autoptr (GError) error = NULL;

  g_assert_false (rp_db_exec (fixture->db, &error, NULL, "SELECT pg_sleep (60)", ""));
  g_assert_error (error, RP_ERROR, RP_ERROR_STORAGE);
  g_thread_join (thread);
  g_assert_cmpint (read_number (fixture->db, "SELECT 7"), ==, 7);
}

static gint64
read_wrong_clock (void)
{
  return G_TIME_SPAN_DAY;
}

/* Of the server, and not of this machine, whose clock is wrong (see main); a test's clock is
 * everybody's. */
static void
test_time (Fixture *fixture, gconstpointer data)
{
  gint64 theirs = read_number (
    fixture->other, "SELECT CAST (extract (epoch FROM clock_timestamp ()) * 1000000 AS bigint)");

  g_assert_cmpint (ABS (rp_db_get_time (fixture->db) - theirs), <, G_TIME_SPAN_MINUTE);
  g_assert_cmpint (ABS (rp_time_now () - theirs), <, G_TIME_SPAN_MINUTE);
  rp_time_set_clock (read_wrong_clock);
  g_assert_cmpint (rp_db_get_time (fixture->db), ==, G_TIME_SPAN_DAY);
  rp_time_set_clock (NULL);
}

#define ADD(path, test)                                                                            \
  g_test_add ("/base/db-postgres/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("REPRINT_CLOCK_WRONG", "-600", TRUE);
  g_assert_cmpint (rp_time_now (), <, g_get_real_time () - 599 * G_TIME_SPAN_SECOND);
  ADD ("between", test_between);
  ADD ("in-transaction", test_in_transaction);
  ADD ("failed-part", test_failed_part);
  ADD ("posted", test_posted);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    g_test_add (ends[i].name, Fixture, GUINT_TO_POINTER (i), set_up, test_end, tear_down);
  ADD ("changes", test_changes);
  ADD ("refusals", test_refusals);
  ADD ("wrong-addresses", test_wrong_addresses);
  ADD ("interrupt", test_interrupt);
  ADD ("time", test_time);

  return g_test_run ();
}
