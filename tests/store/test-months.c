/* What grows is kept by months: they are made ahead, take what was waiting for them, and go as a
 * whole with the originals that only they spoke of. */
#include "fixture.h"

#include "rp-error.h"
#include "rp-store-months.h"
#include "rp-time.h"

#define OLD "0aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define KEPT "0bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define NEW "0ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"

static const char contents[] =
  "INSERT INTO blobs VALUES ('" OLD "', 1), ('" KEPT "', 1), ('" NEW "', 1);"
  "INSERT INTO blob_parts SELECT sha256, 0, 'x' FROM blobs;"
  "INSERT INTO exchanges (id, delivery_id, at, label, method, url, request_headers, request_blob,"
  "  answered, status, response_headers) SELECT id, 'd', reprint_instant (month) + 5, '', '', '',"
  "  '', blob, 0, 0, '' FROM (VALUES ('x1', CAST ('2026-01-01' AS TIMESTAMP), '" OLD "'),"
  "  ('x2', '2026-01-31', '" KEPT "'), ('x3', '2026-02-01', '" NEW "'),"
  "  ('x4', '2026-03-01', NULL)) AS them (id, month, blob);"
  "INSERT INTO revisions SELECT 'story', reprint_instant (month), 'edit', document FROM (VALUES"
  "  (CAST ('2025-12-31' AS TIMESTAMP), '{\"picture\":\"" OLD "\"}'), ('2026-03-01', '{}'))"
  "  AS them (month, document);"
  "INSERT INTO events VALUES ('e', 'story', 1, 'checked', 'Seen: " KEPT ".', NULL, NULL);";

static gint64
read_number (Fixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 number = -1;

  rp_db_get_int (rp_store_get_db (fixture->store), &number, &error, sql, "");
  g_assert_no_error (error);

  return number;
}

static void
fill (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  rp_db_script (rp_store_get_db (fixture->store), contents, &error);
  g_assert_no_error (error);
}

static void
test_made (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (read_number (fixture, "SELECT count (*) FROM pg_inherits WHERE inhparent IN"
                                         " ('exchanges'::regclass, 'revisions'::regclass)"),
                   ==, 2 * 4);
  fill (fixture);
  g_assert_cmpint (read_number (fixture, "SELECT count (*) FROM exchanges_rest"), ==, 4);
  g_assert_true (rp_store_make_months (fixture->store, &error));
  g_assert_no_error (error);
  g_assert_cmpint (read_number (fixture, "SELECT count (*) FROM exchanges_rest"), ==, 0);
  g_assert_cmpint (read_number (fixture, "SELECT count (*) FROM revisions_rest"), ==, 0);
  g_assert_cmpint (read_number (fixture, "SELECT count (*) FROM exchanges_2026_01"), ==, 2);
  g_assert_cmpint (read_number (fixture, "SELECT count (*) FROM exchanges"), ==, 4);
  g_assert_true (rp_store_make_months (fixture->store, &error));
}

static void
test_forgotten (Fixture *fixture, gconstpointer data)
{
  RpStoreForgotten gone;
  g_autoptr (GError) error = NULL;

  fill (fixture);
  /* In the middle of a month: the whole of it stays. */
  g_assert_true (
    rp_store_forget_before (fixture->store, rp_time_instant ("2026-02-20"), &gone, &error));
  g_assert_no_error (error);
  g_assert_cmpint (gone.exchanges, ==, 2);
  g_assert_cmpint (gone.revisions, ==, 1);
  g_assert_cmpint (gone.originals, ==, 1);
  g_assert_cmpint (read_number (fixture, "SELECT count (*) FROM exchanges"), ==, 2);
  g_assert_cmpint (read_number (fixture, "SELECT count (*) FROM revisions"), ==, 1);
  g_assert_cmpint (read_number (fixture, "SELECT count (*) FROM blobs WHERE sha256 = '" OLD "'"),
                   ==, 0);
  g_assert_cmpint (read_number (fixture, "SELECT count (*) FROM blob_parts"), ==, 2);
  g_assert_true (
    rp_store_forget_before (fixture->store, rp_time_instant ("2026-02-20"), &gone, &error));
  g_assert_cmpint (gone.exchanges + gone.revisions + gone.originals, ==, 0);
}

static void
test_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("reprint-store-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "library.db", NULL);
  g_autoptr (RpStore) store = rp_store_open (path, NULL);
  RpStoreForgotten gone;
  g_autoptr (GError) error = NULL;

  g_assert_false (rp_store_forget_before (store, NOW, &gone, &error));
  g_assert_error (error, RP_ERROR, RP_ERROR_UNSUPPORTED);
  g_assert_true (rp_store_make_months (store, NULL));
  fixture_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/months/made", Fixture, NULL, fixture_set_up, test_made, fixture_tear_down);
  g_test_add ("/store/months/forgotten", Fixture, NULL, fixture_set_up, test_forgotten,
              fixture_tear_down);
  g_test_add_func ("/store/months/file", test_file);

  return g_test_run ();
}
