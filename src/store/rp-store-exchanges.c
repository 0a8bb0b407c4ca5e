#include "rp-store-exchanges.h"

#include "rp-fault.h"
#include "rp-id.h"
#include "rp-store-blobs.h"

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

char *
rp_store_begin_exchange (RpStore *store,
                         const char *delivery_id,
                         const RpRequest *request,
                         gint64 now,
                         GError **error)
{
  g_autofree char *id = rp_id_new ();
  g_autofree char *headers = headers_to_text (request->headers);
  g_autofree char *blob = NULL;

  if (request->body != NULL) {
    blob = rp_store_put_blob (store, request->body, error);
    if (blob == NULL)
      return NULL;
  }
  rp_fault_point ("before exchange row");
  if (!rp_db_exec (
        rp_store_get_db (store), error, NULL,
        "INSERT INTO exchanges (id, delivery_id, at, label, method, url, request_headers,"
        " request_blob, answered, status, response_headers) VALUES ($1, $2, $3, $4, $5, $6,"
        " $7, $8, 0, 0, '')",
        "ssisssss", id, delivery_id, now, request->label, request->method, request->url, headers,
        blob))
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
  g_autofree char *blob = NULL;
  gboolean done;

  if (response != NULL && g_bytes_get_size (response->body) > 0) {
    blob = rp_store_put_blob (store, response->body, error);
    if (blob == NULL)
      return FALSE;
  }
  rp_fault_point ("before answer row");
  done = rp_db_exec (rp_store_get_db (store), error, NULL,
                     "UPDATE exchanges SET answered = $2, status = $3, response_headers = $4,"
                     " response_blob = $5, error = $6 WHERE id = $1",
                     "siisss", id, now, (gint64) (response != NULL ? response->status : 0), headers,
                     blob, failure);
  rp_fault_point ("after answer row");

  return done;
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
                 " answered, status, response_headers, response_blob, error FROM exchanges"
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
                            &row->error};

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
