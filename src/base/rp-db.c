#include "rp-db.h"

#include <glib/gi18n-lib.h>
#include <stdarg.h>
#include <string.h>

#include "rp-db-driver.h"
#include "rp-error.h"

struct _RpDb {
  const RpDbDriver *driver;
  gpointer connection; /* owned */
  char *uri;           /* owned */
  guint depth;         /* of nested transactions */
  gint64 written;      /* statements that may have changed something */
};

static RpDbAskPassword password_source;

struct _RpDbRows {
  const RpDbDriver *driver;
  gpointer cursor; /* owned */
};

gboolean
rp_db_is_server (const char *uri)
{
  return g_str_has_prefix (uri, "postgresql://") || g_str_has_prefix (uri, "postgres://");
}

void
rp_db_set_password_source (RpDbAskPassword ask)
{
  g_atomic_pointer_set (&password_source, ask);
}

char *
rp_db_ask_password (const char *uri)
{
  RpDbAskPassword ask = g_atomic_pointer_get (&password_source);

  return ask != NULL ? ask (uri) : NULL;
}

static const RpDbDriver *
choose_server_driver (GError **error)
{
#ifdef RP_HAVE_POSTGRES
  return &rp_db_driver_postgres;
#else
  g_set_error_literal (error, RP_ERROR, RP_ERROR_UNSUPPORTED,
                       _ ("This build of Reprint cannot open a library on a server; install one "
                          "that was built with PostgreSQL"));

  return NULL;
#endif
}

static const RpDbDriver *
choose_driver (const char *uri, GError **error)
{
  if (rp_db_is_server (uri))
    return choose_server_driver (error);
  if (g_str_has_prefix (uri, "file:") || strstr (uri, "://") == NULL)
    return &rp_db_driver_sqlite;
  g_set_error (
    error, RP_ERROR, RP_ERROR_UNSUPPORTED,
    _ ("The library address “%s” is of a kind that this version cannot open; give the path "
       "of a library file"),
    uri);

  return NULL;
}

RpDb *
rp_db_open (const char *uri, GError **error)
{
  const RpDbDriver *driver = choose_driver (uri, error);
  gpointer connection = driver != NULL ? driver->open (uri, error) : NULL;
  RpDb *db;

  if (connection == NULL)
    return NULL;

  db = g_new0 (RpDb, 1);
  db->driver = driver;
  db->connection = connection;
  db->uri = g_strdup (uri);

  return db;
}

void
rp_db_close (RpDb *db)
{
  db->driver->close (db->connection);
  g_free (db->uri);
  g_free (db);
}

void
rp_db_interrupt (RpDb *db)
{
  db->driver->interrupt (db->connection);
}

RpDbDialect
rp_db_get_dialect (RpDb *db)
{
  return db->driver->dialect;
}

const char *
rp_db_get_uri (RpDb *db)
{
  return db->uri;
}

static guint
read_values (RpDbValue *values, const char *types, va_list args)
{
  guint count = 0;

  for (; types != NULL && *types != '\0'; types++, count++) {
    RpDbValue *value = &values[count];

    g_assert (count < RP_DB_MAX_VALUES);
    switch (*types) {
    case 's':
      value->kind = RP_DB_VALUE_TEXT;
      value->text = va_arg (args, const char *);
      break;
    case 'i':
      value->kind = RP_DB_VALUE_INT;
      value->integer = va_arg (args, gint64);
      break;
    case 'd':
      value->kind = RP_DB_VALUE_DOUBLE;
      value->real = va_arg (args, double);
      break;
    case 'b':
      value->kind = RP_DB_VALUE_BYTES;
      value->bytes = va_arg (args, GBytes *);
      break;
    default:
      g_assert_not_reached ();
    }
  }

  return count;
}

static RpDbRows *
query_values (RpDb *db, GError **error, const char *sql, const RpDbValue *values, guint count)
{
  gpointer cursor = db->driver->query (db->connection, sql, values, count, error);
  RpDbRows *rows;

  if (cursor == NULL)
    return NULL;

  rows = g_new0 (RpDbRows, 1);
  rows->driver = db->driver;
  rows->cursor = cursor;

  return rows;
}

static RpDbRows *
query (RpDb *db, GError **error, const char *sql, const char *types, va_list args)
{
  RpDbValue values[RP_DB_MAX_VALUES] = {0};
  guint count = read_values (values, types, args);

  return query_values (db, error, sql, values, count);
}

static gboolean
exec_values (RpDb *db,
             GError **error,
             gint64 *out_changed,
             const char *sql,
             const RpDbValue *values,
             guint count)
{
  RpDbRows *rows;
  g_autoptr (GError) local = NULL;

  db->written++;
  if (db->depth > 0 && out_changed == NULL && db->driver->post != NULL)
    return db->driver->post (db->connection, sql, values, count, error);
  rows = query_values (db, error, sql, values, count);
  if (rows == NULL)
    return FALSE;

  while (rp_db_next (rows, &local))
    ;
  rp_db_rows_free (rows);
  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  if (out_changed != NULL)
    *out_changed = db->driver->changed (db->connection);

  return TRUE;
}

gboolean
rp_db_exec (RpDb *db, GError **error, gint64 *out_changed, const char *sql, const char *types, ...)
{
  RpDbValue values[RP_DB_MAX_VALUES] = {0};
  guint count;
  va_list args;

  va_start (args, types);
  count = read_values (values, types, args);
  va_end (args);

  return exec_values (db, error, out_changed, sql, values, count);
}

static guint
read_texts (RpDbValue *values, const char *types, const char *const *texts)
{
  guint count = 0;

  for (; types[count] != '\0'; count++) {
    gboolean is_number = types[count] == 'i' && texts[count] != NULL;

    g_assert (count < RP_DB_MAX_VALUES);
    values[count].kind = is_number ? RP_DB_VALUE_INT : RP_DB_VALUE_TEXT;
    values[count].text = texts[count];
    if (is_number)
      values[count].integer = g_ascii_strtoll (texts[count], NULL, 10);
  }

  return count;
}

gboolean
rp_db_exec_texts (RpDb *db,
                  GError **error,
                  const char *sql,
                  const char *types,
                  const char *const *texts)
{
  RpDbValue values[RP_DB_MAX_VALUES] = {0};
  guint count = read_texts (values, types, texts);

  return exec_values (db, error, NULL, sql, values, count);
}

RpDbRows *
rp_db_query_texts (RpDb *db,
                   GError **error,
                   const char *sql,
                   const char *types,
                   const char *const *texts)
{
  RpDbValue values[RP_DB_MAX_VALUES] = {0};
  guint count = read_texts (values, types, texts);

  return query_values (db, error, sql, values, count);
}

gboolean
rp_db_script (RpDb *db, const char *sql, GError **error)
{
  db->written++;

  return db->driver->script (db->connection, sql, error);
}

RpDbRows *
rp_db_query (RpDb *db, GError **error, const char *sql, const char *types, ...)
{
  RpDbRows *rows;
  va_list args;

  va_start (args, types);
  rows = query (db, error, sql, types, args);
  va_end (args);

  return rows;
}

gboolean
rp_db_next (RpDbRows *rows, GError **error)
{
  return rows->driver->next (rows->cursor, error);
}

void
rp_db_rows_free (RpDbRows *rows)
{
  rows->driver->finish (rows->cursor);
  g_free (rows);
}

gboolean
rp_db_is_null (RpDbRows *rows, int column)
{
  return rows->driver->is_null (rows->cursor, column);
}

const char *
rp_db_text (RpDbRows *rows, int column)
{
  return rows->driver->text (rows->cursor, column);
}

gint64
rp_db_int (RpDbRows *rows, int column)
{
  return rows->driver->integer (rows->cursor, column);
}

double
rp_db_double (RpDbRows *rows, int column)
{
  return rows->driver->real (rows->cursor, column);
}

GBytes *
rp_db_dup_bytes (RpDbRows *rows, int column)
{
  return rows->driver->bytes (rows->cursor, column);
}

gboolean
rp_db_get_int (RpDb *db, gint64 *out, GError **error, const char *sql, const char *types, ...)
{
  RpDbRows *rows;
  g_autoptr (GError) local = NULL;
  va_list args;

  va_start (args, types);
  rows = query (db, error, sql, types, args);
  va_end (args);
  if (rows == NULL)
    return FALSE;

  *out = rp_db_next (rows, &local) ? rp_db_int (rows, 0) : 0;
  rp_db_rows_free (rows);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));

  return FALSE;
}

char *
rp_db_dup_text (RpDb *db, GError **error, const char *sql, const char *types, ...)
{
  RpDbRows *rows;
  char *text = NULL;
  va_list args;

  va_start (args, types);
  rows = query (db, error, sql, types, args);
  va_end (args);
  if (rows == NULL)
    return NULL;

  if (rp_db_next (rows, error))
    text = g_strdup (rp_db_text (rows, 0));
  rp_db_rows_free (rows);

  return text;
}

gboolean
rp_db_transaction_as (RpDb *db,
                      RpDbAccess access,
                      RpDbFunc func,
                      gpointer user_data,
                      GError **error)
{
  gboolean done;

  if (db->depth > 0)
    return func (db, user_data, error);
  if (!db->driver->begin (db->connection, access, error))
    return FALSE;

  db->depth++;
  done = func (db, user_data, error);
  db->depth--;
  if (done)
    done = db->driver->commit (db->connection, error);
  if (!done)
    db->driver->rollback (db->connection);

  return done;
}

gboolean
rp_db_transaction (RpDb *db, RpDbFunc func, gpointer user_data, GError **error)
{
  return rp_db_transaction_as (db, RP_DB_WRITE, func, user_data, error);
}

gboolean
rp_db_savepoint (RpDb *db, RpDbFunc func, gpointer user_data, GError **error)
{
  if (db->depth == 0)
    return rp_db_transaction (db, func, user_data, error);
  if (!rp_db_exec (db, error, NULL, "SAVEPOINT part", ""))
    return FALSE;
  if (func (db, user_data, error) && rp_db_exec (db, error, NULL, "RELEASE part", "") &&
      (db->driver->settle == NULL || db->driver->settle (db->connection, error)))
    return TRUE;
  rp_db_script (db, "ROLLBACK TO part", NULL);
  rp_db_script (db, "RELEASE part", NULL);

  return FALSE;
}

gboolean
rp_db_is_in_transaction (RpDb *db)
{
  return db->depth > 0;
}

gint64
rp_db_get_written (RpDb *db)
{
  return db->written;
}

gboolean
rp_db_expect_repeats (RpDb *db, GError **error)
{
  return db->driver->repeat == NULL || db->driver->repeat (db->connection, error);
}

gboolean
rp_db_get_news (RpDb *db, RpDbNews *out, GError **error)
{
  return db->driver->get_news (db->connection, out, error);
}

gboolean
rp_db_hear (RpDb *db, RpDbNews *out)
{
  return db->driver->hear != NULL && db->driver->hear (db->connection, out);
}

int
rp_db_get_socket (RpDb *db)
{
  return db->driver->get_socket != NULL ? db->driver->get_socket (db->connection) : -1;
}

void
rp_db_ignore_news (RpDb *db)
{
  if (db->driver->ignore_news != NULL)
    db->driver->ignore_news (db->connection);
}

gint64
rp_db_get_time (RpDb *db)
{
  return db->driver->get_time (db->connection);
}

gboolean
rp_db_backup (RpDb *db, const char *path, GError **error)
{
  return db->driver->backup (db->connection, path, error);
}
