#include "rp-store-months.h"

#include <glib/gi18n-lib.h>

#include "rp-error.h"

static gboolean
is_server (RpStore *store)
{
  return rp_db_get_dialect (rp_store_get_db (store)) == RP_DB_POSTGRES;
}

gboolean
rp_store_make_months (RpStore *store, GError **error)
{
  return !is_server (store) ||
         rp_db_script (rp_store_get_db (store), "SELECT reprint_make_months ()", error);
}

/* Which tables are months that ended by $1: their name ends on the year and the month. */
static const char list_old[] =
  "CREATE TEMPORARY TABLE old_months ON COMMIT DROP AS"
  "  SELECT CAST (c.relname AS TEXT) AS part, CAST (p.relname AS TEXT) AS whole"
  "  FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid"
  "  JOIN pg_class AS p ON p.oid = i.inhparent"
  "  WHERE p.oid IN ('exchanges'::regclass, 'revisions'::regclass)"
  "  AND c.relname ~ '_[0-9]{4}_[0-9]{2}$'"
  "  AND to_timestamp (right (c.relname, 7), 'YYYY_MM') AT TIME ZONE 'UTC' + INTERVAL '1 month'"
  "    <= to_timestamp (%" G_GINT64_FORMAT ") AT TIME ZONE 'UTC';"
  /* Originals go by their SHA-256, and whatever looks like one might be spoken of. */
  "CREATE TEMPORARY TABLE old_originals (sha256 TEXT COLLATE \"C\") ON COMMIT DROP;"
  "CREATE TEMPORARY TABLE old_rows (whole TEXT, n BIGINT) ON COMMIT DROP;";

static const char drop_old[] =
  "DO $$ DECLARE it RECORD; BEGIN"
  "  FOR it IN SELECT * FROM old_months LOOP"
  "    EXECUTE format ('INSERT INTO old_originals SELECT DISTINCT m[1] FROM %I AS t,"
  "      regexp_matches (CAST (t AS TEXT), ''[0-9a-f]{64}'', ''g'') AS m', it.part);"
  "    EXECUTE format ('INSERT INTO old_rows SELECT %L, count (*) FROM %I', it.whole, it.part);"
  "    EXECUTE format ('DROP TABLE %I', it.part);"
  "  END LOOP; END $$;"
  "DELETE FROM old_originals WHERE sha256 NOT IN (SELECT sha256 FROM blobs);";

/* What else may speak of an original: every text of every table that has any. */
static const char spare_originals[] =
  "DO $$ DECLARE named TEXT; BEGIN"
  "  IF NOT EXISTS (SELECT FROM old_originals) THEN RETURN; END IF;"
  "  FOREACH named IN ARRAY ARRAY['articles', 'revisions', 'exchanges', 'deliveries', 'decisions',"
  "      'evidence', 'licences', 'receipts', 'events', 'partners'] LOOP"
  "    EXECUTE format ('DELETE FROM old_originals WHERE sha256 IN (SELECT m[1] FROM %I AS t,"
  "      regexp_matches (CAST (t AS TEXT), ''[0-9a-f]{64}'', ''g'') AS m)', named);"
  "  END LOOP; END $$;";

typedef struct {
  gint64 before;
  RpStoreForgotten *out;
} Forgetting;

static gboolean
count (RpDb *db, const char *whole, gint64 *out, GError **error)
{
  return rp_db_get_int (db, out, error,
                        "SELECT CAST (coalesce (sum (n), 0) AS BIGINT) FROM old_rows"
                        " WHERE whole = $1",
                        "s", whole);
}

static gboolean
forget (RpStore *store, gpointer user_data, GError **error)
{
  Forgetting *forgetting = user_data;
  RpStoreForgotten *out = forgetting->out;
  RpDb *db = rp_store_get_db (store);
  g_autofree char *list = g_strdup_printf (list_old, forgetting->before / G_TIME_SPAN_SECOND);

  return rp_db_script (db, list, error) && rp_db_script (db, drop_old, error) &&
         rp_db_script (db, spare_originals, error) &&
         rp_db_exec (db, error, NULL,
                     "DELETE FROM blob_parts WHERE sha256 IN (SELECT sha256 FROM old_originals)",
                     "") &&
         rp_db_exec (db, error, &out->originals,
                     "DELETE FROM blobs WHERE sha256 IN (SELECT sha256 FROM old_originals)", "") &&
         count (db, "exchanges", &out->exchanges, error) &&
         count (db, "revisions", &out->revisions, error);
}

gboolean
rp_store_forget_before (RpStore *store, gint64 before, RpStoreForgotten *out, GError **error)
{
  Forgetting forgetting = {before, out};

  *out = (RpStoreForgotten){0};
  if (is_server (store))
    return rp_store_make_months (store, error) &&
           rp_store_transaction (store, forget, &forgetting, error);
  g_set_error_literal (error, RP_ERROR, RP_ERROR_UNSUPPORTED,
                       _ ("A library in a file keeps everything; only one on a server is kept by "
                          "months"));

  return FALSE;
}
