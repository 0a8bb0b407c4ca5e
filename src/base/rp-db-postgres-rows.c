#include "rp-db-postgres-rows.h"

#include "rp-db-postgres-link.h"

typedef struct {
  PGresult *result; /* owned */
  int row;          /* -1 before the first */
} Cursor;

gpointer
rp_pq_rows_new (PGresult *result)
{
  Cursor *cursor = g_new0 (Cursor, 1);

  cursor->result = result;
  cursor->row = -1;

  return cursor;
}

gboolean
rp_pq_rows_next (gpointer data, GError **error)
{
  Cursor *cursor = data;

  cursor->row = MIN (cursor->row + 1, rp_pq.PQntuples (cursor->result));

  return cursor->row < rp_pq.PQntuples (cursor->result);
}

void
rp_pq_rows_finish (gpointer data)
{
  Cursor *cursor = data;

  rp_pq.PQclear (cursor->result);
  g_free (cursor);
}

gboolean
rp_pq_rows_is_null (gpointer data, int column)
{
  Cursor *cursor = data;

  return rp_pq.PQgetisnull (cursor->result, cursor->row, column);
}

const char *
rp_pq_rows_text (gpointer data, int column)
{
  Cursor *cursor = data;

  return rp_pq_rows_is_null (cursor, column)
           ? NULL
           : rp_pq.PQgetvalue (cursor->result, cursor->row, column);
}

/* Truth is written t. */
gint64
rp_pq_rows_integer (gpointer data, int column)
{
  const char *text = rp_pq_rows_text (data, column);

  return text == NULL ? 0 : *text == 't' ? 1 : g_ascii_strtoll (text, NULL, 10);
}

double
rp_pq_rows_real (gpointer data, int column)
{
  const char *text = rp_pq_rows_text (data, column);

  return text != NULL ? g_ascii_strtod (text, NULL) : 0;
}

GBytes *
rp_pq_rows_bytes (gpointer data, int column)
{
  const char *text = rp_pq_rows_text (data, column);
  size_t size = 0;
  unsigned char *bytes =
    text != NULL ? rp_pq.PQunescapeBytea ((const unsigned char *) text, &size) : NULL;
  GBytes *copy = bytes != NULL ? g_bytes_new (bytes, size) : NULL;

  if (bytes != NULL)
    rp_pq.PQfreemem (bytes);

  return copy;
}
