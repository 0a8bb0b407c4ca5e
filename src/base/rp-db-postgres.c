#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "rp-db-driver.h"
#include "rp-db-postgres-link.h"
#include "rp-db-postgres-rows.h"
#include "rp-db-postgres-values.h"
#include "rp-error.h"
#include "rp-time.h"

#define MOST_PREPARED 400
#define MOST_POSTED 60      /* before their ends are read */
#define WRITERS "781002667" /* the lock of whoever writes: any number */
#define CLOCK_FRESH (10 * G_TIME_SPAN_SECOND)
#define FATE_TRIES 50
#define FATE_PAUSE (100 * G_TIME_SPAN_MILLISECOND)

typedef struct {
  RpPqLink *link; /* owned */
  gboolean open;  /* a transaction is */
  char *number;   /* owned: of the open transaction, for the server; NULL when it only reads */
  guint posted;   /* statements whose end was not read yet */
  GError *broken; /* owned: why the open transaction cannot end well */
  gint64 changed; /* rows touched by the last statement */
} Connection;

/* ---- statements ---- */

/* What breaks off in a transaction breaks all of it. */
static void
note_broken (Connection *self, const GError *error)
{
  if (self->open && self->broken == NULL && !rp_pq_link_is_up (self->link))
    self->broken = g_error_copy (error);
}

static gboolean
fail (Connection *self, PGresult *result, GError **error)
{
  GError *local = NULL;

  rp_pq_link_set_error (self->link, result, &local);
  note_broken (self, local);
  rp_pq.PQclear (result);
  g_propagate_error (error, local);

  return FALSE;
}

static PGresult *
take_good (Connection *self, PGresult *result, GError **error)
{
  if (rp_pq_is_good (result))
    return result;
  fail (self, result, error);

  return NULL;
}

/* Reads how the posted statements have ended; the first bad end counts. */
static gboolean
drain (Connection *self, GError **error)
{
  PGconn *handle = self->link->handle;
  GError *local = NULL;
  gboolean synced = self->posted == 0 || rp_pq.PQpipelineSync (handle) != 1;

  if (self->posted == 0)
    return TRUE;
  while (!synced) {
    PGresult *result = rp_pq.PQgetResult (handle);
    ExecStatusType status = rp_pq.PQresultStatus (result);

    synced = status == PGRES_PIPELINE_SYNC || !rp_pq_link_is_up (self->link);
    if (result != NULL && status == PGRES_FATAL_ERROR && local == NULL)
      rp_pq_link_set_error (self->link, result, &local);
    rp_pq.PQclear (result);
  }
  self->posted = 0;
  rp_pq.PQexitPipelineMode (handle);
  if (local == NULL && !rp_pq_link_is_up (self->link))
    rp_pq_link_set_error (self->link, NULL, &local);
  if (local == NULL)
    return TRUE;
  note_broken (self, local);
  g_propagate_error (error, local);

  return FALSE;
}

/* A statement may go out: within a transaction only on the connection that began it. */
static gboolean
make_ready (Connection *self, GError **error)
{
  if (!self->open)
    return rp_pq_link_make_ready (self->link, TRUE, error);
  if (self->broken == NULL && !rp_pq_link_is_up (self->link))
    return fail (self, NULL, error);
  if (self->broken != NULL && error != NULL)
    *error = g_error_copy (self->broken);

  return self->broken == NULL && drain (self, error);
}

static gboolean
forget_prepared (Connection *self, GError **error)
{
  PGresult *result = rp_pq.PQexec (self->link->handle, "DEALLOCATE ALL");

  g_hash_table_remove_all (self->link->prepared);
  result = take_good (self, result, error);
  rp_pq.PQclear (result);

  return result != NULL;
}

/* The name of the statement on the server, made known to it if need be. Lends; NULL with an error.
 */
static const char *
prepare (Connection *self, const char *sql, const RpPqValues *parameters, GError **error)
{
  GHashTable *prepared = self->link->prepared;
  char types[RP_DB_MAX_VALUES + 1] = "";
  g_autofree char *key = NULL;
  char *name;
  PGresult *result;

  for (int i = 0; i < parameters->count; i++)
    types[i] = (char) ('0' + parameters->types[i] % 64);
  key = g_strconcat (types, " ", sql, NULL);
  name = g_hash_table_lookup (prepared, key);
  if (name != NULL)
    return name;
  if (!drain (self, error) ||
      (g_hash_table_size (prepared) >= MOST_PREPARED && !forget_prepared (self, error)))
    return NULL;
  name = g_strdup_printf ("rp%u", g_hash_table_size (prepared));
  result = rp_pq.PQprepare (self->link->handle, name, sql, parameters->count, parameters->types);
  if (!rp_pq_is_good (result)) {
    g_free (name);
    fail (self, result, error);
    return NULL;
  }
  rp_pq.PQclear (result);
  g_hash_table_insert (prepared, g_steal_pointer (&key), name);

  return name;
}

static PGresult *
run_once (Connection *self, const char *sql, const RpPqValues *parameters, GError **error)
{
  const char *name = prepare (self, sql, parameters, error);

  if (name == NULL)
    return NULL;

  return take_good (self,
                    rp_pq.PQexecPrepared (self->link->handle, name, parameters->count,
                                          parameters->texts, parameters->lengths,
                                          parameters->formats, 0),
                    error);
}

/* A question changes nothing, so that it may be asked twice. */
static gboolean
is_question (const char *sql)
{
  return g_str_has_prefix (sql, "SELECT ") && strstr (sql, " FOR UPDATE") == NULL;
}

static PGresult *
run (Connection *self, const char *sql, const RpPqValues *parameters, GError **error)
{
  g_autoptr (GError) local = NULL;
  PGresult *result;

  if (!make_ready (self, error))
    return NULL;
  result = run_once (self, sql, parameters, &local);
  if (result == NULL && !self->open && !rp_pq_link_is_up (self->link) && is_question (sql)) {
    g_clear_error (&local);
    if (rp_pq_link_make_ready (self->link, TRUE, &local))
      result = run_once (self, sql, parameters, &local);
  } else if (result == NULL && !self->open && !rp_pq_link_is_up (self->link)) {
    g_clear_error (&local);
    g_set_error_literal (&local, RP_ERROR, RP_ERROR_STORAGE,
                         _ ("The connection to the library broke off while it was saving, and "
                            "nobody knows whether the change was kept; look before you try again"));
  }
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));

  return result;
}

static gpointer
postgres_query (gpointer data,
                const char *sql,
                const RpDbValue *values,
                guint n_values,
                GError **error)
{
  Connection *self = data;
  g_auto (RpPqValues) parameters = {{NULL}};
  PGresult *result;

  rp_pq_values_read (&parameters, values, n_values);
  result = run (self, sql, &parameters, error);
  if (result == NULL)
    return NULL;
  self->changed = g_ascii_strtoll (rp_pq.PQcmdTuples (result), NULL, 10);

  return rp_pq_rows_new (result);
}

static gboolean
postgres_post (gpointer data,
               const char *sql,
               const RpDbValue *values,
               guint n_values,
               GError **error)
{
  Connection *self = data;
  PGconn *handle = self->link->handle;
  g_auto (RpPqValues) parameters = {{NULL}};
  const char *name;

  if (self->broken != NULL || !rp_pq_link_is_up (self->link))
    return make_ready (self, error);
  rp_pq_values_read (&parameters, values, n_values);
  name = prepare (self, sql, &parameters, error);
  if (name == NULL)
    return FALSE;
  if (self->posted == 0 && rp_pq.PQenterPipelineMode (handle) != 1)
    return fail (self, NULL, error);
  if (rp_pq.PQsendQueryPrepared (handle, name, parameters.count, parameters.texts,
                                 parameters.lengths, parameters.formats, 0) != 1)
    return fail (self, NULL, error);
  self->posted++;

  return self->posted < MOST_POSTED || drain (self, error);
}

static gboolean
postgres_settle (gpointer data, GError **error)
{
  return make_ready (data, error);
}

static gboolean
postgres_repeat (gpointer data, GError **error)
{
  Connection *self = data;

  return make_ready (self, error) && rp_pq_link_repeat (self->link, error);
}

/* ---- scripts and transactions ---- */

static gint64
postgres_changed (gpointer data)
{
  return ((Connection *) data)->changed;
}

/* Gives the last result; NULL with an error. */
static PGresult *
execute (Connection *self, const char *sql, GError **error)
{
  return take_good (self, rp_pq.PQexec (self->link->handle, sql), error);
}

static gboolean
postgres_script (gpointer data, const char *sql, GError **error)
{
  PGresult *result = make_ready (data, error) ? execute (data, sql, error) : NULL;

  rp_pq.PQclear (result);

  return result != NULL;
}

static void
end (Connection *self)
{
  self->open = FALSE;
  g_clear_pointer (&self->number, g_free);
  g_clear_error (&self->broken);
}

static const char *
get_beginning (RpDbAccess access)
{
  if (access == RP_DB_READ)
    return "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
  if (access == RP_DB_SHARE)
    return "BEGIN; SELECT pg_current_xact_id ()";

  return "BEGIN; SELECT pg_current_xact_id (), pg_advisory_xact_lock (" WRITERS ")";
}

/* Nothing of it was begun: a beginning may be tried again. */
static gboolean
postgres_begin (gpointer data, RpDbAccess access, GError **error)
{
  Connection *self = data;
  PGresult *result = NULL;

  for (int i = 0; i < 2 && result == NULL; i++) {
    g_autoptr (GError) local = NULL;

    if (!rp_pq_link_make_ready (self->link, TRUE, error))
      return FALSE;
    result = execute (self, get_beginning (access), &local);
    if (result == NULL && (rp_pq_link_is_up (self->link) || i == 1)) {
      rp_pq.PQclear (rp_pq.PQexec (self->link->handle, "ROLLBACK"));
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  }
  self->open = TRUE;
  if (access != RP_DB_READ)
    self->number = g_strdup (rp_pq.PQgetvalue (result, 0, 0));
  rp_pq.PQclear (result);

  return TRUE;
}

/* What became of a transaction whose end was not answered. Gives; NULL = nobody knows. */
static char *
dup_fate (Connection *self, const char *number)
{
  g_autofree char *sql = g_strdup_printf ("SELECT pg_xact_status ('%s'::xid8)", number);

  for (int i = 0; i < FATE_TRIES; i++) {
    PGresult *result = NULL;
    g_autofree char *fate = NULL;

    if (rp_pq_link_make_ready (self->link, TRUE, NULL))
      result = rp_pq.PQexec (self->link->handle, sql);
    if (result != NULL && rp_pq_is_good (result))
      fate = g_strdup (rp_pq.PQgetvalue (result, 0, 0));
    rp_pq.PQclear (result);
    if (g_strcmp0 (fate, "in progress") != 0)
      return g_steal_pointer (&fate);
    g_usleep (FATE_PAUSE);
  }

  return NULL;
}

/* The end of a transaction is never asked for twice; the server knows how it ended. After a
 * fail-over the number may be another transaction's. */
static gboolean
find_out (Connection *self, GError **error)
{
  g_autofree char *number = g_steal_pointer (&self->number);
  g_autofree char *history = g_strdup (self->link->history);
  g_autofree char *fate = NULL;

  end (self);
  fate = number != NULL ? dup_fate (self, number) : NULL;
  if (!g_str_equal (history, self->link->history))
    g_clear_pointer (&fate, g_free);
  if (g_strcmp0 (fate, "committed") == 0)
    return TRUE;
  g_set_error_literal (
    error, RP_ERROR, RP_ERROR_STORAGE,
    g_strcmp0 (fate, "aborted") == 0
      ? _ ("The connection to the library broke off; nothing of this change was kept. Try again")
      : _ ("The connection to the library broke off while it was saving, and nobody knows whether "
           "the change was kept; look before you try again"));

  return FALSE;
}

static gboolean
postgres_commit (gpointer data, GError **error)
{
  Connection *self = data;
  PGresult *result;
  gboolean done;

  if (!make_ready (self, error))
    return FALSE;
  result = rp_pq.PQexec (self->link->handle, "COMMIT");
  done = rp_pq_is_good (result) && g_strcmp0 (rp_pq.PQcmdStatus (result), "COMMIT") == 0;
  if (!done && !rp_pq_link_is_up (self->link)) {
    rp_pq.PQclear (result);
    return find_out (self, error);
  }
  if (!done && rp_pq_is_good (result)) /* a part had failed, and nobody minded */
    g_set_error_literal (error, RP_ERROR, RP_ERROR_STORAGE,
                         _ ("A part of the change failed, and nothing of it was kept"));
  else if (!done)
    rp_pq_link_set_error (self->link, result, error);
  rp_pq.PQclear (result);
  end (self);

  return done;
}

static void
postgres_rollback (gpointer data)
{
  Connection *self = data;

  drain (self, NULL);
  if (rp_pq_link_is_up (self->link) &&
      rp_pq.PQtransactionStatus (self->link->handle) != PQTRANS_IDLE)
    rp_pq.PQclear (rp_pq.PQexec (self->link->handle, "ROLLBACK"));
  end (self);
}

/* ---- the rest ---- */

static gboolean
postgres_get_news (gpointer data, RpDbNews *out, GError **error)
{
  Connection *self = data;

  if (!self->link->listens) {
    if (!postgres_script (self, RP_PQ_LISTEN, error))
      return FALSE;
    self->link->listens = TRUE;
  }
  if (!rp_pq_link_make_ready (self->link, FALSE, error))
    return FALSE;
  *out = self->link->news;

  return TRUE;
}

static gboolean
postgres_hear (gpointer data, RpDbNews *out)
{
  RpPqLink *link = ((Connection *) data)->link;

  rp_pq_link_hear (link);
  *out = link->news;

  return rp_pq_link_is_up (link);
}

static int
postgres_get_socket (gpointer data)
{
  RpPqLink *link = ((Connection *) data)->link;

  return rp_pq_link_is_up (link) ? rp_pq.PQsocket (link->handle) : -1;
}

/* A connection that is gone listens no more anyway. */
static void
postgres_ignore_news (gpointer data)
{
  Connection *self = data;

  if (self->link->listens && !self->open && rp_pq_link_is_up (self->link))
    rp_pq.PQclear (rp_pq.PQexec (self->link->handle, "UNLISTEN *"));
  self->link->listens = FALSE;
}

static gint64
postgres_get_time (gpointer data)
{
  Connection *self = data;
  gpointer cursor;

  if (rp_time_is_set () || rp_time_steady () - self->link->clock_read < CLOCK_FRESH)
    return rp_time_now ();
  cursor = postgres_query (self, "SELECT " RP_PQ_CLOCK, NULL, 0, NULL);
  if (cursor != NULL && rp_pq_rows_next (cursor, NULL))
    rp_pq_link_set_clock (self->link, rp_pq_rows_integer (cursor, 0));
  if (cursor != NULL)
    rp_pq_rows_finish (cursor);

  return rp_time_now ();
}

static gboolean
postgres_backup (gpointer data, const char *path, GError **error)
{
  g_set_error_literal (error, RP_ERROR, RP_ERROR_UNSUPPORTED,
                       _ ("A library on a server is backed up there; “reprintctl library copy” "
                          "makes a file of it"));

  return FALSE;
}

static gpointer
postgres_open (const char *uri, GError **error)
{
  RpPqLink *link = rp_pq_link_new (uri, error);
  Connection *self;

  if (link == NULL)
    return NULL;
  self = g_new0 (Connection, 1);
  self->link = link;

  return self;
}

static void
postgres_close (gpointer data)
{
  Connection *self = data;

  end (self);
  rp_pq_link_free (self->link);
  g_free (self);
}

static void
postgres_interrupt (gpointer data)
{
  rp_pq_link_interrupt (((Connection *) data)->link);
}

const RpDbDriver rp_db_driver_postgres = {
  .dialect = RP_DB_POSTGRES,
  .open = postgres_open,
  .close = postgres_close,
  .query = postgres_query,
  .next = rp_pq_rows_next,
  .finish = rp_pq_rows_finish,
  .is_null = rp_pq_rows_is_null,
  .text = rp_pq_rows_text,
  .integer = rp_pq_rows_integer,
  .real = rp_pq_rows_real,
  .bytes = rp_pq_rows_bytes,
  .changed = postgres_changed,
  .interrupt = postgres_interrupt,
  .script = postgres_script,
  .backup = postgres_backup,
  .begin = postgres_begin,
  .commit = postgres_commit,
  .rollback = postgres_rollback,
  .post = postgres_post,
  .settle = postgres_settle,
  .repeat = postgres_repeat,
  .get_news = postgres_get_news,
  .hear = postgres_hear,
  .get_socket = postgres_get_socket,
  .ignore_news = postgres_ignore_news,
  .get_time = postgres_get_time,
};
