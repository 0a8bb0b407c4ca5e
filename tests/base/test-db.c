/* The database layer on SQLite: values, transactions, two connections on one file. */
#include <glib/gstdio.h>

#include "rp-db.h"
#include "rp-error.h"

typedef struct {
  char *folder;
  char *path;
  RpDb *db;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("reprint-db-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "a.db", NULL);
  fixture->db = rp_db_open (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_true (rp_db_script (
    fixture->db, "CREATE TABLE t (a INTEGER PRIMARY KEY, s TEXT, d REAL, b BLOB)", NULL));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  rp_db_close (fixture->db);
  dir = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

    g_unlink (path);
  }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static void
test_values (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new ("a\0b", 3);
  g_autoptr (GBytes) read = NULL;
  g_autoptr (RpDbRows) rows = NULL;
  gint64 changed = 0;

  g_assert_true (rp_db_exec (fixture->db, NULL, &changed,
                             "INSERT INTO t (s, d, b, a) VALUES ($2, $3, $4, $1)", "isdb",
                             G_MAXINT64, "Grüße", 1.5, bytes));
  g_assert_cmpint (changed, ==, 1);
  g_assert_true (
    rp_db_exec (fixture->db, NULL, NULL, "INSERT INTO t (s, b) VALUES ($1, $2)", "sb", NULL, NULL));
  rows = rp_db_query (fixture->db, NULL, "SELECT a, s, d, b FROM t ORDER BY s IS NULL", "");
  g_assert_true (rp_db_next (rows, NULL));
  g_assert_cmpint (rp_db_int (rows, 0), ==, G_MAXINT64);
  g_assert_cmpstr (rp_db_text (rows, 1), ==, "Grüße");
  g_assert_cmpfloat (rp_db_double (rows, 2), ==, 1.5);
  read = rp_db_dup_bytes (rows, 3);
  g_assert_true (g_bytes_equal (read, bytes));
  g_assert_true (rp_db_next (rows, NULL));
  g_assert_true (rp_db_is_null (rows, 1));
  g_assert_null (rp_db_text (rows, 1));
  g_assert_false (rp_db_next (rows, NULL));
}

static gboolean
insert_then (RpDb *db, gpointer user_data, GError **error)
{
  if (!rp_db_exec (db, error, NULL, "INSERT INTO t (s) VALUES ('x')", ""))
    return FALSE;
  if (GPOINTER_TO_INT (user_data))
    return TRUE;
  g_set_error_literal (error, RP_ERROR, RP_ERROR_FAILED, "no");

  return FALSE;
}

static gboolean
nested (RpDb *db, gpointer user_data, GError **error)
{
  return rp_db_transaction (db, insert_then, GINT_TO_POINTER (TRUE), error) &&
         insert_then (db, user_data, error);
}

static gint64
count (Fixture *fixture)
{
  gint64 rows = -1;

  g_assert_true (rp_db_get_int (fixture->db, &rows, NULL, "SELECT count (*) FROM t", ""));

  return rows;
}

static void
test_transaction (Fixture *fixture, gconstpointer data)
{
  g_assert_false (rp_db_transaction (fixture->db, insert_then, GINT_TO_POINTER (FALSE), NULL));
  g_assert_cmpint (count (fixture), ==, 0);
  g_assert_false (rp_db_transaction (fixture->db, nested, GINT_TO_POINTER (FALSE), NULL));
  g_assert_cmpint (count (fixture), ==, 0);
  g_assert_true (rp_db_transaction (fixture->db, nested, GINT_TO_POINTER (TRUE), NULL));
  g_assert_cmpint (count (fixture), ==, 2);
}

static void
test_errors (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) scheme = NULL;
  g_autofree char *junk = g_build_filename (fixture->folder, "junk.db", NULL);

  g_assert_false (rp_db_exec (fixture->db, &error, NULL, "SELECT FROM", ""));
  g_assert_error (error, RP_ERROR, RP_ERROR_STORAGE);
  g_assert_null (rp_db_open ("oracle://nowhere", &scheme));
  g_assert_error (scheme, RP_ERROR, RP_ERROR_UNSUPPORTED);
  g_assert_true (
    g_file_set_contents (junk, "this is no database, but long enough to look at", -1, NULL));
  g_clear_error (&error);
  g_assert_null (rp_db_open (junk, &error));
  g_assert_error (error, RP_ERROR, RP_ERROR_STORAGE);
}

static void
test_two_connections (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RpDb) second = rp_db_open (fixture->path, NULL);
  gint64 rows = 0;

  g_assert_true (insert_then (fixture->db, GINT_TO_POINTER (TRUE), NULL));
  g_assert_true (rp_db_get_int (second, &rows, NULL, "SELECT count (*) FROM t", ""));
  g_assert_cmpint (rows, ==, 1);
}

static void
test_backup (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "it's a copy.db", NULL);
  g_autoptr (RpDb) copy = NULL;
  gint64 rows = 0;

  g_assert_true (insert_then (fixture->db, GINT_TO_POINTER (TRUE), NULL));
  g_assert_true (rp_db_backup (fixture->db, path, NULL));
  copy = rp_db_open (path, NULL);
  g_assert_true (rp_db_get_int (copy, &rows, NULL, "SELECT count (*) FROM t", ""));
  g_assert_cmpint (rows, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/base/db/values", Fixture, NULL, set_up, test_values, tear_down);
  g_test_add ("/base/db/transaction", Fixture, NULL, set_up, test_transaction, tear_down);
  g_test_add ("/base/db/errors", Fixture, NULL, set_up, test_errors, tear_down);
  g_test_add ("/base/db/two-connections", Fixture, NULL, set_up, test_two_connections, tear_down);
  g_test_add ("/base/db/backup", Fixture, NULL, set_up, test_backup, tear_down);

  return g_test_run ();
}
