/* A thin layer over an SQL database, so that the tables' code in store/ is written once. Drivers:
 * SQLite for a file, PostgreSQL for a library that several desks share. One connection belongs to
 * one thread; errors are RP_ERROR_STORAGE, in words for a person.
 *
 * A connection to a server is made again when it was lost, with growing pauses. Only what certainly
 * changed nothing is then asked again: a question outside a transaction, and the beginning of one.
 * A transaction that was open is lost as a whole and says so; when only the answer to its end was
 * lost, the server is asked what became of it.
 *
 * SQL is the common part of both: parameters are $1, $2 …; values are text, 64 bit integers,
 * doubles and bytes; INSERT … ON CONFLICT and RETURNING are allowed. What differs (schema, full
 * text) is asked of the driver. Parameters are described by a type string, one letter each: s text
 * (NULL allowed), i gint64, d double, b GBytes (NULL allowed). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RpDb RpDb;
typedef struct _RpDbRows RpDbRows;

typedef enum {
  RP_DB_SQLITE,
  RP_DB_POSTGRES
} RpDbDialect;

typedef enum {
  RP_DB_WRITE, /* alone: whoever else wants to write waits */
  RP_DB_SHARE, /* beside others on a server: locks its rows itself. On SQLite as above */
  RP_DB_READ   /* sees everything as it is at one moment, writes nothing */
} RpDbAccess;

/* A path or file: address is SQLite; postgresql://… (or postgres://…) as libpq reads it, without a
 * password: that comes from the places of libpq (~/.pgpass, service file), else from the source
 * below. A server elsewhere must prove who it is (sslmode=verify-full), unless the address, the
 * service file or PGSSLMODE say otherwise. Gives. */
RpDb *rp_db_open (const char *uri, GError **error);
void rp_db_close (RpDb *db);
/* Whatever runs on the connection right now ends with an error; the one call that may come from
 * another thread, for connections that only read. */
void rp_db_interrupt (RpDb *db);
RpDbDialect rp_db_get_dialect (RpDb *db);
const char *rp_db_get_uri (RpDb *db);
/* Whether the address names a server and not a file. */
gboolean rp_db_is_server (const char *uri);
/* Who is asked when a server wants a password and libpq knows none; gives, NULL = none known. Set
 * once at the start of the program; called on the threads that open libraries. */
typedef char *(*RpDbAskPassword) (const char *uri);
void rp_db_set_password_source (RpDbAskPassword ask);

/* A statement without rows; `out_changed` (optional) = rows touched. Within a transaction on a
 * server, one whose number of rows nobody wants is sent without waiting: its error may come from a
 * later call, at the latest from the end of the transaction, which it undoes. */
gboolean
rp_db_exec (RpDb *db, GError **error, gint64 *out_changed, const char *sql, const char *types, ...);
/* Several statements at once, for schema steps. */
gboolean rp_db_script (RpDb *db, const char *sql, GError **error);

/* Rows: call rp_db_next until it returns FALSE, then look at *error. Values are lent until the next
 * rp_db_next. Gives; NULL with an error. */
RpDbRows *rp_db_query (RpDb *db, GError **error, const char *sql, const char *types, ...);
gboolean rp_db_next (RpDbRows *rows, GError **error);
void rp_db_rows_free (RpDbRows *rows);
gboolean rp_db_is_null (RpDbRows *rows, int column);
const char *rp_db_text (RpDbRows *rows, int column); /* NULL for null */
gint64 rp_db_int (RpDbRows *rows, int column);
double rp_db_double (RpDbRows *rows, int column);
GBytes *rp_db_dup_bytes (RpDbRows *rows, int column); /* gives, NULL for null */

/* The same two with as many values as there are letters in `types`, all written as texts (NULL =
 * null; letters s and i only): for whoever moves rows without knowing them. */
gboolean rp_db_exec_texts (RpDb *db,
                           GError **error,
                           const char *sql,
                           const char *types,
                           const char *const *texts);
RpDbRows *rp_db_query_texts (RpDb *db,
                             GError **error,
                             const char *sql,
                             const char *types,
                             const char *const *texts);

/* The first column of the first row. */
gboolean
rp_db_get_int (RpDb *db, gint64 *out, GError **error, const char *sql, const char *types, ...);
char *rp_db_dup_text (RpDb *db, GError **error, const char *sql, const char *types, ...);

/* A transaction around `func`; FALSE from it (with error set) rolls back. Nested calls join the
 * outer one. Starts as a writer at once, so that two programs on one file wait for each other
 * instead of failing. */
typedef gboolean (*RpDbFunc) (RpDb *db, gpointer user_data, GError **error);
gboolean rp_db_transaction (RpDb *db, RpDbFunc func, gpointer user_data, GError **error);

gboolean rp_db_transaction_as (RpDb *db,
                               RpDbAccess access,
                               RpDbFunc func,
                               gpointer user_data,
                               GError **error);

/* The same for a part of a transaction: what fails is undone alone. */
gboolean rp_db_savepoint (RpDb *db, RpDbFunc func, gpointer user_data, GError **error);

/* From now on the same statements come again and again, whatever their values are: a server need
 * not think anew about each, and what meets one that is away fails soon, as it is tried again
 * anyway. */
gboolean rp_db_expect_repeats (RpDb *db, GError **error);

gboolean rp_db_is_in_transaction (RpDb *db);
/* A number that is another one after this connection may have changed something. */
gint64 rp_db_get_written (RpDb *db);
/* Numbers that are others after somebody else has changed something. What comes back may be new
 * without a change, never the other way. */
typedef struct {
  gint64 changes;  /* of what the library holds */
  gint64 presence; /* of who has what open */
} RpDbNews;

/* Asks no server, only looks at what it has told; connects again when the connection is gone. */
gboolean rp_db_get_news (RpDb *db, RpDbNews *out, GError **error);
/* The same after some other question has been asked, which may have brought news along; FALSE: the
 * connection is gone, or this is a file, which tells nothing by itself. */
gboolean rp_db_hear (RpDb *db, RpDbNews *out);
/* What becomes readable when the server tells something, once rp_db_get_news has been called; -1 =
 * nothing does. Another one after the connection was made again. For any thread to wait on. */
int rp_db_get_socket (RpDb *db);
/* Until that is asked again nobody needs to tell this connection anything. */
void rp_db_ignore_news (RpDb *db);
/* The time that all who share the library agree on. A connection to a server makes its time that of
 * the whole process (rp_time_follow), and this looks from time to time whether it still is. */
gint64 rp_db_get_time (RpDb *db);

/* A consistent copy of the whole database in a file (SQLite: VACUUM INTO). */
gboolean rp_db_backup (RpDb *db, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpDb, rp_db_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpDbRows, rp_db_rows_free)

G_END_DECLS
