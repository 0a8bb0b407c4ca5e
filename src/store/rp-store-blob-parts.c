#include "rp-store-blob-parts.h"

#include <glib/gi18n-lib.h>

#include "rp-error.h"

#define PART (1024 * 1024)

gboolean
rp_store_parts_measure (RpStore *store, const char *sha256, gint64 *out, GError **error)
{
  return rp_db_get_int (
    rp_store_get_db (store), out, error,
    "SELECT coalesce ((SELECT size FROM blobs WHERE sha256 = $1), CAST (-1 AS BIGINT))", "s",
    sha256);
}

typedef struct {
  const char *sha256;   /* borrowed */
  GInputStream *stream; /* borrowed */
  gboolean early;
} Putting;

/* Gives; empty at the end, NULL with an error. */
static GBytes *
read_part (GInputStream *stream, GError **error)
{
  g_autofree guint8 *buffer = g_malloc (PART);
  gsize size = 0;

  if (!g_input_stream_read_all (stream, buffer, PART, &size, NULL, error))
    return NULL;

  return g_bytes_new_take (g_realloc (g_steal_pointer (&buffer), MAX (size, 1)), size);
}

/* A part that is there already has the same bytes: its name says so. */
static gboolean
put_parts (RpDb *db, const Putting *putting, gint64 *out_size, GError **error)
{
  gsize last = PART;

  *out_size = 0;
  for (gint64 part = 0; last == PART; part++) {
    g_autoptr (GBytes) bytes = read_part (putting->stream, error);

    if (bytes == NULL)
      return FALSE;
    last = g_bytes_get_size (bytes);
    if (last > 0 && !rp_db_exec (db, error, NULL,
                                 "INSERT INTO blob_parts (sha256, part, bytes) VALUES ($1, $2, $3)"
                                 " ON CONFLICT (sha256, part) DO NOTHING",
                                 "sib", putting->sha256, part, bytes))
      return FALSE;
    *out_size += (gint64) last;
  }

  return TRUE;
}

static gboolean
put (RpStore *store, gpointer user_data, GError **error)
{
  const Putting *putting = user_data;
  RpDb *db = rp_store_get_db (store);
  gint64 size = 0;

  if (putting->early && !rp_db_script (db, "SET LOCAL synchronous_commit = off", error))
    return FALSE;

  return put_parts (db, putting, &size, error) &&
         rp_db_exec (db, error, NULL,
                     "INSERT INTO blobs (sha256, size) VALUES ($1, $2)"
                     " ON CONFLICT (sha256) DO NOTHING",
                     "si", putting->sha256, size);
}

gboolean
rp_store_parts_put (RpStore *store,
                    const char *sha256,
                    GInputStream *stream,
                    gboolean early,
                    GError **error)
{
  Putting putting = {sha256, stream, early};

  return rp_store_transaction_as (store, RP_DB_SHARE, put, &putting, error);
}

/* Gives; NULL at the end and with an error. */
static GBytes *
get_part (RpDb *db, const char *sha256, gint64 part, GError **error)
{
  g_autoptr (RpDbRows) rows = rp_db_query (
    db, error, "SELECT bytes FROM blob_parts WHERE sha256 = $1 AND part = $2", "si", sha256, part);

  return rows != NULL && rp_db_next (rows, error) ? rp_db_dup_bytes (rows, 0) : NULL;
}

gboolean
rp_store_parts_get (RpStore *store, const char *sha256, GOutputStream *stream, GError **error)
{
  gint64 size = 0;

  if (!rp_store_parts_measure (store, sha256, &size, error))
    return FALSE;
  if (size < 0) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_NOT_FOUND,
                         _ ("There is no original kept for this"));
    return FALSE;
  }
  for (gint64 part = 0; part * PART < size; part++) {
    g_autoptr (GError) local = NULL;
    g_autoptr (GBytes) bytes = get_part (rp_store_get_db (store), sha256, part, &local);

    if (bytes == NULL && local == NULL)
      g_set_error (&local, RP_ERROR, RP_ERROR_STORAGE, _ ("The library is damaged: %s"), sha256);
    if (local != NULL) {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
    if (!g_output_stream_write_all (stream, g_bytes_get_data (bytes, NULL),
                                    g_bytes_get_size (bytes), NULL, NULL, error))
      return FALSE;
  }

  return TRUE;
}
