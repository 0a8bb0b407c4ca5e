#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <sqlite3.h>
#include <string.h>

#include "rp-db-driver.h"
#include "rp-error.h"
#include "rp-time.h"

#define BUSY_MILLISECONDS 10000

typedef struct {
  sqlite3 *handle;      /* owned */
  GHashTable *prepared; /* owned: SQL -> sqlite3_stmt that is not in use */
} Connection;

typedef struct {
  Connection *connection;  /* borrowed */
  sqlite3_stmt *statement; /* owned until it goes back to `prepared` */
  char *sql;               /* owned */
  gboolean done;
} Cursor;

static void
set_error (Connection *connection, GError **error)
{
  int code = sqlite3_errcode (connection->handle);

  if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
    g_set_error_literal (error, RP_ERROR, RP_ERROR_STORAGE,
                         _ ("The library is in use by another program and did not become free; try "
                            "again"));
  else if (code == SQLITE_FULL)
    g_set_error_literal (error, RP_ERROR, RP_ERROR_STORAGE,
                         _ ("The disk that holds the library is full; make room and try again"));
  else if (code == SQLITE_READONLY || code == SQLITE_CANTOPEN || code == SQLITE_PERM)
    g_set_error (error, RP_ERROR, RP_ERROR_STORAGE,
                 _ ("The library cannot be written: %s; check the file’s permissions"),
                 sqlite3_errmsg (connection->handle));
  else if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB)
    g_set_error (error, RP_ERROR, RP_ERROR_STORAGE,
                 _ ("The library file is damaged or is no library: %s; restore a backup with "
                    "“reprintctl library restore”"),
                 sqlite3_errmsg (connection->handle));
  else
    g_set_error (error, RP_ERROR, RP_ERROR_STORAGE, _ ("The library refused: %s"),
                 sqlite3_errmsg (connection->handle));
}

static void
finalize_statement (gpointer data)
{
  sqlite3_finalize (data);
}

static void
sqlite_close (gpointer data)
{
  Connection *connection = data;

  g_hash_table_unref (connection->prepared);
  sqlite3_close_v2 (connection->handle);
  g_free (connection);
}

static void
sqlite_interrupt (gpointer data)
{
  sqlite3_interrupt (((Connection *) data)->handle);
}

static gboolean
sqlite_script (gpointer data, const char *sql, GError **error)
{
  Connection *connection = data;

  if (sqlite3_exec (connection->handle, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  set_error (connection, error);

  return FALSE;
}

static gpointer
sqlite_open (const char *uri, GError **error)
{
  g_autofree char *path =
    g_str_has_prefix (uri, "file:") ? g_filename_from_uri (uri, NULL, NULL) : g_strdup (uri);
  Connection *connection = g_new0 (Connection, 1);
  int opened;

  connection->prepared =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finalize_statement);
  opened = sqlite3_open_v2 (path != NULL ? path : uri, &connection->handle,
                            SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
  if (opened != SQLITE_OK) {
    g_set_error (error, RP_ERROR, RP_ERROR_STORAGE, _ ("The library “%s” cannot be opened: %s"),
                 uri, sqlite3_errmsg (connection->handle));
    sqlite_close (connection);
    return NULL;
  }

  sqlite3_busy_timeout (connection->handle, BUSY_MILLISECONDS);
  if (!sqlite_script (connection,
                      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                      "PRAGMA foreign_keys = ON;"
                      "PRAGMA temp_store = MEMORY;",
                      error)) {
    sqlite_close (connection);
    return NULL;
  }

  return connection;
}

static sqlite3_stmt *
take_statement (Connection *connection, const char *sql)
{
  gpointer key = NULL, statement = NULL;

  if (g_hash_table_steal_extended (connection->prepared, sql, &key, &statement)) {
    g_free (key);
    return statement;
  }
  sqlite3_prepare_v3 (connection->handle, sql, -1, SQLITE_PREPARE_PERSISTENT,
                      (sqlite3_stmt **) &statement, NULL);

  return statement;
}

static void
bind_value (sqlite3_stmt *statement, guint number, const RpDbValue *value)
{
  char name[8];
  int index;
  gsize size;

  g_snprintf (name, sizeof name, "$%u", number);
  index = sqlite3_bind_parameter_index (statement, name);
  if (index == 0)
    return;
  switch (value->kind) {
  case RP_DB_VALUE_INT:
    sqlite3_bind_int64 (statement, index, value->integer);
    break;
  case RP_DB_VALUE_DOUBLE:
    sqlite3_bind_double (statement, index, value->real);
    break;
  case RP_DB_VALUE_TEXT:
    sqlite3_bind_text (statement, index, value->text, -1, SQLITE_TRANSIENT);
    break;
  case RP_DB_VALUE_BYTES:
    if (value->bytes != NULL) {
      gconstpointer bytes = g_bytes_get_data (value->bytes, &size);

      sqlite3_bind_blob64 (statement, index, bytes != NULL ? bytes : "", size, SQLITE_TRANSIENT);
    }
    break;
  }
}

static gpointer
sqlite_query (gpointer data,
              const char *sql,
              const RpDbValue *values,
              guint n_values,
              GError **error)
{
  Connection *connection = data;
  sqlite3_stmt *statement = take_statement (connection, sql);
  Cursor *cursor;

  if (statement == NULL) {
    set_error (connection, error);
    return NULL;
  }
  for (guint i = 0; i < n_values; i++)
    bind_value (statement, i + 1, &values[i]);

  cursor = g_new0 (Cursor, 1);
  cursor->connection = connection;
  cursor->statement = statement;
  cursor->sql = g_strdup (sql);

  return cursor;
}

static gboolean
sqlite_next (gpointer data, GError **error)
{
  Cursor *cursor = data;
  int step;

  if (cursor->done)
    return FALSE;
  step = sqlite3_step (cursor->statement);
  if (step == SQLITE_ROW)
    return TRUE;
  cursor->done = TRUE;
  if (step != SQLITE_DONE)
    set_error (cursor->connection, error);

  return FALSE;
}

static void
sqlite_finish (gpointer data)
{
  Cursor *cursor = data;

  sqlite3_reset (cursor->statement);
  sqlite3_clear_bindings (cursor->statement);
  g_hash_table_replace (cursor->connection->prepared, cursor->sql, cursor->statement);
  g_free (cursor);
}

static gboolean
sqlite_is_null (gpointer data, int column)
{
  return sqlite3_column_type (((Cursor *) data)->statement, column) == SQLITE_NULL;
}

static const char *
sqlite_text (gpointer data, int column)
{
  return (const char *) sqlite3_column_text (((Cursor *) data)->statement, column);
}

static gint64
sqlite_integer (gpointer data, int column)
{
  return sqlite3_column_int64 (((Cursor *) data)->statement, column);
}

static double
sqlite_real (gpointer data, int column)
{
  return sqlite3_column_double (((Cursor *) data)->statement, column);
}

static GBytes *
sqlite_bytes (gpointer data, int column)
{
  Cursor *cursor = data;
  gconstpointer bytes;

  if (sqlite_is_null (cursor, column))
    return NULL;
  bytes = sqlite3_column_blob (cursor->statement, column);

  return g_bytes_new (bytes, (gsize) sqlite3_column_bytes (cursor->statement, column));
}

static gint64
sqlite_changed (gpointer data)
{
  return sqlite3_changes64 (((Connection *) data)->handle);
}

static gboolean
sqlite_backup (gpointer data, const char *path, GError **error)
{
  Connection *connection = data;
  char *sql = sqlite3_mprintf ("VACUUM INTO %Q", path);
  gboolean done = sqlite_script (connection, sql, error);

  sqlite3_free (sql);

  return done;
}

static gboolean
sqlite_begin (gpointer data, RpDbAccess access, GError **error)
{
  return sqlite_script (data, access == RP_DB_READ ? "BEGIN" : "BEGIN IMMEDIATE", error);
}

static gboolean
sqlite_commit (gpointer data, GError **error)
{
  return sqlite_script (data, "COMMIT", error);
}

static void
sqlite_rollback (gpointer data)
{
  sqlite_script (data, "ROLLBACK", NULL);
}

static gboolean
sqlite_get_news (gpointer data, RpDbNews *out, GError **error)
{
  gpointer cursor = sqlite_query (data, "PRAGMA data_version", NULL, 0, error);
  gboolean read = cursor != NULL && sqlite_next (cursor, error);

  if (read)
    out->changes = out->presence = sqlite_integer (cursor, 0);
  if (cursor != NULL)
    sqlite_finish (cursor);

  return read;
}

static gint64
sqlite_get_time (gpointer data)
{
  return rp_time_now ();
}

const RpDbDriver rp_db_driver_sqlite = {
  .dialect = RP_DB_SQLITE,
  .open = sqlite_open,
  .close = sqlite_close,
  .query = sqlite_query,
  .next = sqlite_next,
  .finish = sqlite_finish,
  .is_null = sqlite_is_null,
  .text = sqlite_text,
  .integer = sqlite_integer,
  .real = sqlite_real,
  .bytes = sqlite_bytes,
  .changed = sqlite_changed,
  .interrupt = sqlite_interrupt,
  .script = sqlite_script,
  .backup = sqlite_backup,
  .begin = sqlite_begin,
  .commit = sqlite_commit,
  .rollback = sqlite_rollback,
  .get_news = sqlite_get_news,
  .get_time = sqlite_get_time,
};
