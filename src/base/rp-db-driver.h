/* What a database driver implements; only rp-db.c and the drivers include this. */
#pragma once

#include "rp-db.h"

G_BEGIN_DECLS

#define RP_DB_MAX_VALUES 48

typedef enum {
  RP_DB_VALUE_TEXT,
  RP_DB_VALUE_INT,
  RP_DB_VALUE_DOUBLE,
  RP_DB_VALUE_BYTES
} RpDbValueKind;

typedef struct {
  RpDbValueKind kind;
  const char *text; /* borrowed, NULL = null */
  gint64 integer;
  double real;
  GBytes *bytes; /* borrowed, NULL = null */
} RpDbValue;

typedef struct {
  RpDbDialect dialect;
  gpointer (*open) (const char *uri, GError **error); /* gives a connection */
  void (*close) (gpointer connection);
  void (*interrupt) (gpointer connection); /* on any thread */
  /* Prepares, binds; gives a cursor. */
  gpointer (*query) (gpointer connection,
                     const char *sql,
                     const RpDbValue *values,
                     guint n_values,
                     GError **error);
  gboolean (*next) (gpointer cursor, GError **error); /* FALSE at the end or with an error */
  void (*finish) (gpointer cursor);
  gboolean (*is_null) (gpointer cursor, int column);
  const char *(*text) (gpointer cursor, int column);
  gint64 (*integer) (gpointer cursor, int column);
  double (*real) (gpointer cursor, int column);
  GBytes *(*bytes) (gpointer cursor, int column);
  gint64 (*changed) (gpointer connection); /* rows touched by the last finished statement */
  gboolean (*script) (gpointer connection, const char *sql, GError **error);
  gboolean (*backup) (gpointer connection, const char *path, GError **error);
  gboolean (*begin) (gpointer connection, RpDbAccess access, GError **error);
  gboolean (*commit) (gpointer connection, GError **error); /* FALSE: rollback follows */
  void (*rollback) (gpointer connection);
  /* Within a transaction: sends a statement without waiting for how it ends. NULL = no difference
   */
  gboolean (*post) (gpointer connection,
                    const char *sql,
                    const RpDbValue *values,
                    guint n_values,
                    GError **error);
  /* Waits for how all of these have ended. NULL = none were sent. */
  gboolean (*settle) (gpointer connection, GError **error);
  gboolean (*repeat) (gpointer connection, GError **error); /* NULL = no difference */
  gboolean (*get_news) (gpointer connection, RpDbNews *out, GError **error);
  /* NULL = a file */
  gboolean (*hear) (gpointer connection, RpDbNews *out);
  int (*get_socket) (gpointer connection);
  void (*ignore_news) (gpointer connection); /* NULL = no difference */
  gint64 (*get_time) (gpointer connection);
} RpDbDriver;

extern const RpDbDriver rp_db_driver_sqlite;
extern const RpDbDriver rp_db_driver_postgres; /* in builds with libpq only */

char *rp_db_ask_password (const char *uri); /* gives, NULL = nobody knows one */

G_END_DECLS
