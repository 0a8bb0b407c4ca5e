#include "rp-store.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "rp-error.h"
#include "rp-store-copy.h"
#include "rp-store-months.h"
#include "rp-store-reader.h"
#include "rp-store-roles.h"
#include "rp-store-schema.h"

struct _RpStore {
  RpDb *db;              /* owned */
  RpStoreReader *reader; /* owned, NULL = there is no copy of the server */
  char *blob_folder;     /* owned */
  RpMay rights;
};

typedef struct {
  RpStore *store;
  RpStoreFunc func;
  gpointer user_data;
} Work;

static gboolean
read_version (RpDb *db, gint64 *out, GError **error)
{
  gint64 marks = 0;

  *out = 0;
  if (!rp_db_get_int (db, &marks, error, rp_store_schema_wording (db)->marks, ""))
    return FALSE;
  if (marks > 1) {
    g_set_error (error, RP_ERROR, RP_ERROR_STORAGE,
                 _ ("The library “%s” is an unfinished copy; finish it with “reprintctl library "
                    "copy”"),
                 rp_db_get_uri (db));
    return FALSE;
  }

  return marks == 0 || rp_db_get_int (db, out, error,
                                      "SELECT coalesce (max (version), 0) FROM schema_version", "");
}

/* Another program may have migrated while we waited for the lock, so the version is read again
 * inside. */
static gboolean
migrate (RpDb *db, gpointer user_data, GError **error)
{
  gint64 version;

  if (!read_version (db, &version, error) ||
      !rp_db_script (db, "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)",
                     error))
    return FALSE;
  for (int step = (int) version + 1; step <= RP_STORE_SCHEMA_VERSION; step++) {
    if (!rp_db_script (db, rp_store_schema_step (rp_db_get_dialect (db), step), error) ||
        !rp_db_exec (db, error, NULL, "INSERT INTO schema_version (version) VALUES ($1)", "i",
                     (gint64) step))
      return FALSE;
  }

  return TRUE;
}

/* On a server a step is done as a whole or not at all, and whoever runs it keeps the backups. */
static gboolean
back_up_before (RpDb *db, gint64 version, GError **error)
{
  g_autofree char *path = NULL;

  if (version == 0 || rp_db_is_server (rp_db_get_uri (db)))
    return TRUE;
  path = g_strdup_printf ("%s.before-%d.bak", rp_db_get_uri (db), RP_STORE_SCHEMA_VERSION);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;

  return rp_db_backup (db, path, error);
}

static gboolean
bring_up_to_date (RpDb *db, gboolean *out_changed, GError **error)
{
  gint64 version;

  *out_changed = FALSE;
  if (!read_version (db, &version, error))
    return FALSE;
  if (version > RP_STORE_SCHEMA_VERSION) {
    g_set_error (
      error, RP_ERROR, RP_ERROR_STORAGE,
      _ ("The library “%s” was written by a newer version of Reprint; it was left as it is. "
         "Install that version to open it"),
      rp_db_get_uri (db));
    return FALSE;
  }
  if (version == RP_STORE_SCHEMA_VERSION)
    return TRUE;
  *out_changed = TRUE;

  return back_up_before (db, version, error) && rp_db_transaction (db, migrate, NULL, error);
}

static gboolean
make_parent (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  g_set_error (error, RP_ERROR, RP_ERROR_STORAGE, _ ("The folder “%s” cannot be made: %s"), folder,
               g_strerror (errno));

  return FALSE;
}

/* Beside a file; what comes from a server is kept at hand here, as long as it likes. */
static char *
dup_blob_folder (const char *uri)
{
  g_autofree char *digest = NULL;

  if (!rp_db_is_server (uri))
    return g_strconcat (uri, ".blobs", NULL);
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, uri, -1);

  return g_build_filename (g_get_user_cache_dir (), "reprint", "originals", digest, NULL);
}

static RpDb *
open_db (const char *uri, GError **error)
{
  return rp_db_is_server (uri) || make_parent (uri, error) ? rp_db_open (uri, error) : NULL;
}

static gboolean
read_rights (RpDb *db, RpMay *out, GError **error)
{
  gint64 rights = RP_MAY_ALL;
  gboolean read =
    rp_db_get_dialect (db) == RP_DB_SQLITE ||
    rp_db_get_int (db, &rights, error,
                   "SELECT CAST (has_table_privilege ('articles', 'INSERT') AS INTEGER)"
                   " + 2 * CAST (has_table_privilege ('deliveries', 'INSERT') AS INTEGER)"
                   " + 4 * CAST (has_table_privilege ('licences', 'INSERT') AS INTEGER)",
                   "");

  *out = (RpMay) rights;

  return read;
}

/* Takes the database when all is well. `changed` = by a schema step. */
static RpStore *
store_new (RpDb **db, gboolean changed, GError **error)
{
  g_autoptr (RpStore) store = NULL;
  RpMay rights;

  if (!read_rights (*db, &rights, error))
    return NULL;
  store = g_new0 (RpStore, 1);
  store->rights = rights;
  store->db = g_steal_pointer (db);
  store->blob_folder = dup_blob_folder (rp_db_get_uri (store->db));
  if (changed && !rp_store_renew_roles (store, error))
    return NULL;
  store->reader = rp_store_reader_new (store->db);
  rp_store_make_months (store, NULL); /* one that can only be read has those that it has */

  return g_steal_pointer (&store);
}

RpStore *
rp_store_open (const char *uri, GError **error)
{
  g_autoptr (RpDb) db = NULL;
  gboolean changed;

  g_return_val_if_fail (uri != NULL, NULL);

  db = open_db (uri, error);

  return db != NULL && bring_up_to_date (db, &changed, error) ? store_new (&db, changed, error)
                                                              : NULL;
}

gboolean
rp_store_look (const char *uri, RpStoreSight *out, GError **error)
{
  g_autoptr (RpDb) db = NULL;
  gint64 tables = 0;

  *out = (RpStoreSight){.known = RP_STORE_SCHEMA_VERSION, .empty = TRUE};
  if (!rp_db_is_server (uri) && !g_file_test (uri, G_FILE_TEST_EXISTS))
    return TRUE;
  db = rp_db_open (uri, error);
  if (db == NULL || !read_version (db, &out->version, error) ||
      !rp_db_get_int (db, &tables, error, rp_store_schema_wording (db)->tables, ""))
    return FALSE;
  out->empty = tables == 0;

  return out->version == 0 ||
         rp_db_get_int (db, &out->articles, error, "SELECT count (*) FROM articles", "");
}

static gboolean
check_mark (RpDb *db, const char *source, GError **error)
{
  g_autofree char *marked = rp_db_dup_text (db, error, "SELECT source FROM copying", "");

  if (g_strcmp0 (marked, source) == 0)
    return TRUE;
  if (error != NULL && *error == NULL)
    g_set_error (error, RP_ERROR, RP_ERROR_CONFLICT,
                 _ ("“%s” holds the unfinished copy of another library, “%s”"), rp_db_get_uri (db),
                 marked != NULL ? marked : "");

  return FALSE;
}

RpStore *
rp_store_open_copy (const char *uri, const char *source, gboolean *out_marked, GError **error)
{
  g_autoptr (RpDb) db = open_db (uri, error);
  gboolean changed = FALSE;
  gint64 marks = 0;

  if (db == NULL || !rp_db_get_int (db, &marks, error, rp_store_schema_wording (db)->marks, ""))
    return NULL;
  *out_marked = marks > 1;
  if (marks > 1 ? !check_mark (db, source, error) : !bring_up_to_date (db, &changed, error))
    return NULL;

  return store_new (&db, changed, error);
}

static gboolean
mark (RpStore *store, gpointer user_data, GError **error)
{
  return rp_db_script (store->db, "CREATE TABLE copying (source TEXT NOT NULL)", error) &&
         rp_db_exec (store->db, error, NULL, "INSERT INTO copying (source) VALUES ($1)", "s",
                     user_data);
}

gboolean
rp_store_mark_copy (RpStore *store, const char *source, GError **error)
{
  return rp_store_transaction (store, mark, (gpointer) source, error);
}

gboolean
rp_store_unmark_copy (RpStore *store, GError **error)
{
  return rp_db_script (store->db, "DROP TABLE copying", error);
}

void
rp_store_close (RpStore *store)
{
  g_clear_pointer (&store->reader, rp_store_reader_free);
  rp_db_close (store->db);
  g_free (store->blob_folder);
  g_free (store);
}

RpDb *
rp_store_get_db (RpStore *store)
{
  return store->db;
}

RpDb *
rp_store_get_reader (RpStore *store)
{
  return store->reader != NULL ? rp_store_reader_choose (store->reader) : store->db;
}

void
rp_store_lose_reader (RpStore *store)
{
  if (store->reader != NULL)
    rp_store_reader_lose (store->reader);
}

void
rp_store_interrupt (RpStore *store)
{
  rp_db_interrupt (store->db);
  if (store->reader != NULL)
    rp_store_reader_interrupt (store->reader);
}

RpMay
rp_store_get_rights (RpStore *store)
{
  return store->rights;
}

const char *
rp_store_get_blob_folder (RpStore *store)
{
  return store->blob_folder;
}

char *
rp_store_dup_default_uri (void)
{
  const char *named = g_getenv ("REPRINT_LIBRARY");

  if (named != NULL && *named != '\0')
    return g_strdup (named);

  return g_build_filename (g_get_user_data_dir (), "reprint", "library.db", NULL);
}

static gboolean
run_work (RpDb *db, gpointer user_data, GError **error)
{
  Work *work = user_data;

  return work->func (work->store, work->user_data, error);
}

gboolean
rp_store_transaction_as (RpStore *store,
                         RpDbAccess access,
                         RpStoreFunc func,
                         gpointer user_data,
                         GError **error)
{
  Work work = {store, func, user_data};

  return rp_db_transaction_as (store->db, access, run_work, &work, error);
}

gboolean
rp_store_transaction (RpStore *store, RpStoreFunc func, gpointer user_data, GError **error)
{
  return rp_store_transaction_as (store, RP_DB_WRITE, func, user_data, error);
}

gboolean
rp_store_savepoint (RpStore *store, RpStoreFunc func, gpointer user_data, GError **error)
{
  Work work = {store, func, user_data};

  return rp_db_savepoint (store->db, run_work, &work, error);
}

gboolean
rp_store_get_news (RpStore *store, RpDbNews *out, GError **error)
{
  return rp_db_get_news (store->db, out, error);
}

gboolean
rp_store_hear (RpStore *store, RpDbNews *out)
{
  return rp_db_hear (store->db, out);
}

int
rp_store_get_socket (RpStore *store)
{
  return rp_db_get_socket (store->db);
}

gint64
rp_store_get_time (RpStore *store)
{
  return rp_db_get_time (store->db);
}

static void
note_nothing (const char *what, gint64 count, const char *sha256, gpointer user_data)
{
}

gboolean
rp_store_backup (RpStore *store, const char *path, GError **error)
{
  if (g_file_test (path, G_FILE_TEST_EXISTS)) {
    g_set_error (error, RP_ERROR, RP_ERROR_STORAGE,
                 _ ("“%s” exists already; choose another name for the backup"), path);
    return FALSE;
  }

  return rp_db_is_server (rp_db_get_uri (store->db))
           ? rp_store_copy (store, path, note_nothing, NULL, error)
           : rp_db_backup (store->db, path, error);
}

gboolean
rp_store_check (RpStore *store, GError **error)
{
  g_autofree char *said =
    rp_db_dup_text (store->db, error, rp_store_schema_wording (store->db)->check, "");

  if (said == NULL)
    return FALSE;
  if (g_str_equal (said, "ok"))
    return TRUE;
  g_set_error (error, RP_ERROR, RP_ERROR_STORAGE, _ ("The library is damaged: %s"), said);

  return FALSE;
}

gboolean
rp_store_optimise (RpStore *store, GError **error)
{
  return rp_db_script (store->db, rp_store_schema_wording (store->db)->optimise, error);
}
