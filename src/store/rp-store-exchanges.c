#include "rp-store-exchanges.h"

#include <string.h>

#include "rp-fault.h"
#include "rp-id.h"
#include "rp-store-blobs.h"

/* Answers and articles are mostly shorter; one file less to write and to wait for. */
#define LONGEST_TEXT (64 * 1024)

void
rp_exchange_row_free (RpExchangeRow *row)
{
  g_free (row->id);
  g_free (row->delivery_id);
  g_free (row->label);
  g_free (row->method);
  g_free (row->url);
  g_free (row->request_headers);
  g_free (row->request_blob);
  g_free (row->request_text);
  g_free (row->response_text);
  g_free (row->response_headers);
  g_free (row->response_blob);
  g_free (row->error);
  g_free (row);
}

static char *
headers_to_text (GPtrArray *headers)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < headers->len; i++) {
    RpHeader *header = g_ptr_array_index (headers, i);

    g_string_append_printf (text, "%s: %s\n", header->name, header->value);
  }

  return g_string_free (text, FALSE);
}

/* A body as it is kept: short text in its row, everything else as blobs, whose digests make the
 * whole when they are put one after the other. */
typedef struct {
  char *text;  /* owned, NULL = in blobs, or no body */
  char *blobs; /* owned: SHA-256 of each part with "+" between; NULL = none */
} Kept;

static void
kept_clear (Kept *kept)
{
  g_free (kept->text);
  g_free (kept->blobs);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Kept, kept_clear)

static char *
dup_short_text (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return size <= LONGEST_TEXT && g_utf8_validate_len (data, size, NULL) ? g_strndup (data, size)
                                                                        : NULL;
}

static gboolean
keep_bytes (RpStore *store, GBytes *bytes, Kept *kept, GError **error)
{
  if (g_bytes_get_size (bytes) == 0)
    return TRUE;
  kept->text = dup_short_text (bytes);
  if (kept->text == NULL)
    kept->blobs = rp_store_put_blob (store, bytes, error);

  return kept->text != NULL || kept->blobs != NULL;
}

/* What is sent from a file of the library is there already. */
static char *
keep_part (RpStore *store, const RpBodyPart *part, GError **error)
{
  g_autoptr (RpBody) alone = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (part->sha256 != NULL)
    return g_strdup (part->sha256);
  if (part->bytes != NULL)
    return rp_store_put_blob (store, part->bytes, error);
  alone = rp_body_new ();
  rp_body_add_file (alone, part->path, part->size, NULL);
  bytes = rp_body_read (alone, error);

  return bytes != NULL ? rp_store_put_blob (store, bytes, error) : NULL;
}

static gboolean
keep_body (RpStore *store, RpBody *body, Kept *kept, GError **error)
{
  g_autoptr (GString) blobs = g_string_new (NULL);

  if (!rp_body_has_files (body)) {
    g_autoptr (GBytes) bytes = rp_body_read (body, error);

    return bytes != NULL && keep_bytes (store, bytes, kept, error);
  }
  for (guint i = 0; i < rp_body_get_n_parts (body); i++) {
    g_autofree char *sha256 = keep_part (store, rp_body_get_part (body, i), error);

    if (sha256 == NULL)
      return FALSE;
    g_string_append_printf (blobs, "%s%s", blobs->len > 0 ? "+" : "", sha256);
  }
  kept->blobs = g_string_free (g_steal_pointer (&blobs), FALSE);

  return TRUE;
}

char *
rp_store_begin_exchange (RpStore *store,
                         const char *delivery_id,
                         const RpRequest *request,
                         gint64 now,
                         GError **error)
{
  g_autofree char *id = rp_id_new ();
  g_autofree char *headers = headers_to_text (request->headers);
  g_auto (Kept) kept = {NULL};

  if (request->body != NULL && !keep_body (store, request->body, &kept, error))
    return NULL;
  rp_fault_point ("before exchange row");
  if (!rp_db_exec (
        rp_store_get_db (store), error, NULL,
        "INSERT INTO exchanges (id, delivery_id, at, label, method, url, request_headers,"
        " request_blob, request_text, answered, status, response_headers) VALUES ($1, $2, $3, $4,"
        " $5, $6, $7, $8, $9, 0, 0, '')",
        "ssissssss", id, delivery_id, now, request->label, request->method, request->url, headers,
        kept.blobs, kept.text))
    return NULL;
  rp_fault_point ("after exchange row");

  return g_steal_pointer (&id);
}

gboolean
rp_store_end_exchange (RpStore *store,
                       const char *id,
                       const RpResponse *response,
                       const char *failure,
                       gint64 now,
                       GError **error)
{
  g_autofree char *headers = response != NULL ? headers_to_text (response->headers) : g_strdup ("");
  g_auto (Kept) kept = {NULL};
  gboolean done;

  if (response != NULL && !keep_bytes (store, response->body, &kept, error))
    return FALSE;
  rp_fault_point ("before answer row");
  done = rp_db_exec (rp_store_get_db (store), error, NULL,
                     "UPDATE exchanges SET answered = $2, status = $3, response_headers = $4,"
                     " response_blob = $5, response_text = $6, error = $7 WHERE id = $1",
                     "siissss", id, now, (gint64) (response != NULL ? response->status : 0),
                     headers, kept.blobs, kept.text, failure);
  rp_fault_point ("after answer row");

  return done;
}

GBytes *
rp_store_read_body (RpStore *store, const char *text, const char *blobs, GError **error)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_auto (GStrv) names = g_strsplit (blobs != NULL ? blobs : "", "+", -1);

  if (text != NULL)
    g_byte_array_append (all, (const guint8 *) text, (guint) strlen (text));
  for (guint i = 0; text == NULL && names[i] != NULL; i++) {
    g_autoptr (GBytes) bytes = rp_store_get_blob (store, names[i], error);
    gsize size;
    const guint8 *data;

    if (bytes == NULL)
      return NULL;
    data = g_bytes_get_data (bytes, &size);
    g_byte_array_append (all, data, (guint) size);
  }

  return g_byte_array_free_to_bytes (g_steal_pointer (&all));
}

GPtrArray *
rp_store_list_exchanges (RpStore *store, const char *delivery_id, GError **error)
{
  g_autoptr (GPtrArray) list =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rp_exchange_row_free);
  g_autoptr (GError) local = NULL;
  g_autoptr (RpDbRows) rows =
    rp_db_query (rp_store_get_db (store), error,
                 "SELECT id, delivery_id, at, label, method, url, request_headers, request_blob,"
                 " answered, status, response_headers, response_blob, error, request_text,"
                 " response_text FROM exchanges"
                 " WHERE delivery_id = $1 ORDER BY id",
                 "s", delivery_id);

  if (rows == NULL)
    return NULL;
  while (rp_db_next (rows, &local)) {
    RpExchangeRow *row = g_new0 (RpExchangeRow, 1);
    char **const texts[] = {&row->id,
                            &row->delivery_id,
                            NULL,
                            &row->label,
                            &row->method,
                            &row->url,
                            &row->request_headers,
                            &row->request_blob,
                            NULL,
                            NULL,
                            &row->response_headers,
                            &row->response_blob,
                            &row->error,
                            &row->request_text,
                            &row->response_text};

    for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
      if (texts[i] != NULL)
        *texts[i] = g_strdup (rp_db_text (rows, (int) i));
    row->at = rp_db_int (rows, 2);
    row->answered = rp_db_int (rows, 8);
    row->status = (guint) rp_db_int (rows, 9);
    g_ptr_array_add (list, row);
  }
  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }

  return g_steal_pointer (&list);
}
