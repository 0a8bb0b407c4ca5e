#include "rp-history.h"

#include <glib/gi18n-lib.h>

#include "rp-delivery.h"
#include "rp-json.h"
#include "rp-store-articles.h"
#include "rp-store-blobs.h"
#include "rp-store-deliveries.h"
#include "rp-store-events.h"
#include "rp-store-exchanges.h"
#include "rp-store-receipts.h"
#include "rp-time.h"
#include "rp-verify-private.h"
#include "rp-work.h"

#define BODY_SHOWN 20000

G_DEFINE_FINAL_TYPE (RpHistoryItem, rp_history_item, G_TYPE_OBJECT)

static void
rp_history_item_finalize (GObject *object)
{
  RpHistoryItem *self = RP_HISTORY_ITEM (object);

  g_free (self->kind);
  g_free (self->words);
  g_free (self->delivery_id);
  g_free (self->url);
  G_OBJECT_CLASS (rp_history_item_parent_class)->finalize (object);
}

static void
rp_history_item_class_init (RpHistoryItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rp_history_item_finalize;
}

static void
rp_history_item_init (RpHistoryItem *self)
{
}

static RpHistoryItem *
item_from_event (const RpEvent *event)
{
  RpHistoryItem *item = g_object_new (RP_TYPE_HISTORY_ITEM, NULL);

  item->at = event->at;
  item->kind = g_strdup (event->kind);
  item->words = g_strdup (event->words);
  item->delivery_id = g_strdup (event->delivery_id);
  item->url = g_strdup (event->url);

  return item;
}

static gpointer
list_history (RpStore *store, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) events = rp_store_list_events (store, data, error);
  GPtrArray *items;

  if (events == NULL)
    return NULL;
  items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < events->len; i++)
    g_ptr_array_add (items, item_from_event (g_ptr_array_index (events, i)));

  return items;
}

void
rp_history_list_async (RpWorkspace *workspace,
                       const char *article_id,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  rp_workspace_run_async (workspace, list_history, g_strdup (article_id), g_free,
                          (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

GPtrArray *
rp_history_list_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error)
{
  return rp_workspace_run_finish (workspace, result, error);
}

/* ---- transcripts ---- */

static void
append_body (GString *text, RpStore *store, const char *kept, const char *blobs)
{
  g_autoptr (GBytes) bytes = rp_store_read_body (store, kept, blobs, NULL);
  gsize size = 0;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  if (size == 0)
    return;
  if (!g_utf8_validate_len (data, MIN (size, BODY_SHOWN / 2), NULL) || size > BODY_SHOWN)
    g_string_append_printf (text, _ ("[%u bytes, SHA-256 %s]"), (guint) size, blobs);
  else
    g_string_append_len (text, data, (gssize) size);
  g_string_append_c (text, '\n');
}

static void
append_exchange (GString *text, RpStore *store, const RpExchangeRow *row)
{
  g_autofree char *at = rp_time_format (row->at);
  g_autofree char *answered = rp_time_format (row->answered);

  g_string_append_printf (text, "# %s · %s\n%s %s\n%s\n", at, row->label, row->method, row->url,
                          row->request_headers);
  append_body (text, store, row->request_text, row->request_blob);
  if (row->error != NULL)
    g_string_append_printf (text, "\n→ %s\n\n", row->error);
  else if (row->answered == 0)
    g_string_append_printf (text, "\n→ %s\n\n", _ ("No answer was recorded."));
  else {
    g_string_append_printf (text, "\n→ %s · %u\n%s\n", answered, row->status,
                            row->response_headers);
    append_body (text, store, row->response_text, row->response_blob);
    g_string_append_c (text, '\n');
  }
}

static gpointer
write_transcript (RpStore *store, gpointer data, GError **error)
{
  g_autoptr (RpDelivery) delivery = rp_store_get_delivery (store, data, error);
  g_autoptr (GPtrArray) rows =
    delivery != NULL ? rp_store_list_exchanges (store, delivery->id, error) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (rows == NULL)
    return NULL;
  if (rows->len == 0)
    g_string_append (text, _ ("Nothing has been sent yet."));
  for (guint i = 0; i < rows->len; i++)
    append_exchange (text, store, g_ptr_array_index (rows, i));

  return g_strdup (text->str);
}

void
rp_history_transcript_async (RpWorkspace *workspace,
                             const char *delivery_id,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  rp_workspace_run_async (workspace, write_transcript, g_strdup (delivery_id), g_free, g_free,
                          cancellable, callback, user_data);
}

char *
rp_history_transcript_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error)
{
  return rp_workspace_run_finish (workspace, result, error);
}

/* ---- everything of one article ---- */

static gboolean
add_deliveries (RpStore *store, JsonObject *object, const char *id, GError **error)
{
  g_autoptr (GPtrArray) deliveries = rp_store_list_deliveries (store, id, FALSE, 500, error);
  JsonArray *array;

  if (deliveries == NULL)
    return FALSE;
  array = json_array_new ();
  for (guint i = 0; i < deliveries->len; i++)
    json_array_add_object_element (array, rp_delivery_to_json (g_ptr_array_index (deliveries, i)));
  json_object_set_array_member (object, "deliveries", array);

  return TRUE;
}

static JsonObject *
receipt_to_json (const RpReceipt *receipt)
{
  JsonObject *object = json_object_new ();
  g_autofree char *updated = rp_time_format (receipt->updated);

  rp_json_set_string (object, "partner", receipt->partner_id);
  rp_json_set_string (object, "state", receipt->state);
  rp_json_set_string (object, "remote_id", receipt->remote_id);
  rp_json_set_string (object, "public_url", receipt->public_url);
  rp_json_set_string (object, "version", receipt->version);
  rp_json_set_string (object, "updated", updated);

  return object;
}

/* What was found when the partner's page was last looked at. */
static void
add_look (JsonObject *receipt, GPtrArray *looks)
{
  for (guint i = 0; i < looks->len; i++) {
    const RpVerification *look = looks->pdata[i];

    if (g_strcmp0 (look->partner_id, rp_json_get_string (receipt, "partner")) == 0)
      json_object_set_object_member (receipt, "seen", rp_verification_to_json (look));
  }
}

static gboolean
add_receipts (RpStore *store, JsonObject *object, const char *id, GError **error)
{
  g_autoptr (GPtrArray) receipts = rp_store_list_receipts (store, id, error);
  g_autoptr (GPtrArray) looks = receipts != NULL ? rp_verify_list (store, id, error) : NULL;
  JsonArray *array;

  if (looks == NULL)
    return FALSE;
  array = json_array_new ();
  for (guint i = 0; i < receipts->len; i++)
    json_array_add_object_element (array, receipt_to_json (g_ptr_array_index (receipts, i)));
  for (guint i = 0; i < receipts->len; i++)
    add_look (json_array_get_object_element (array, i), looks);
  json_object_set_array_member (object, "receipts", array);

  return TRUE;
}

static gboolean
add_history (RpStore *store, JsonObject *object, const char *id, GError **error)
{
  g_autoptr (GPtrArray) events = rp_store_list_events (store, id, error);
  JsonArray *array;

  if (events == NULL)
    return FALSE;
  array = json_array_new ();
  for (guint i = 0; i < events->len; i++) {
    RpEvent *event = g_ptr_array_index (events, i);
    JsonObject *row = json_object_new ();
    g_autofree char *at = rp_time_format (event->at);

    json_object_set_string_member (row, "at", at);
    json_object_set_string_member (row, "kind", event->kind);
    json_object_set_string_member (row, "words", event->words);
    rp_json_set_string (row, "delivery", event->delivery_id);
    rp_json_set_string (row, "url", event->url);
    json_array_add_object_element (array, row);
  }
  json_object_set_array_member (object, "history", array);

  return TRUE;
}

static gpointer
show (RpStore *store, gpointer data, GError **error)
{
  g_autoptr (RpArticle) article = rp_store_get_article (store, data, error);
  g_autoptr (JsonObject) object = article != NULL ? rp_article_to_json (article) : NULL;

  if (object == NULL || !add_deliveries (store, object, data, error) ||
      !add_receipts (store, object, data, error) || !add_history (store, object, data, error))
    return NULL;
  json_object_set_string_member (object, "article", data);

  return g_steal_pointer (&object);
}

void
rp_history_show_async (RpWorkspace *workspace,
                       const char *article_id,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  rp_workspace_run_async (workspace, show, g_strdup (article_id), g_free,
                          (GDestroyNotify) json_object_unref, cancellable, callback, user_data);
}

JsonObject *
rp_history_show_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error)
{
  return rp_workspace_run_finish (workspace, result, error);
}

/* ---- searching ---- */

typedef struct {
  char *query; /* owned */
  guint limit;
} SearchJob;

static void
search_job_free (gpointer data)
{
  SearchJob *job = data;

  g_free (job->query);
  g_free (job);
}

static gpointer
search (RpStore *store, gpointer data, GError **error)
{
  SearchJob *job = data;

  return rp_store_list_articles (store, job->query, 0, job->limit, error);
}

void
rp_history_search_async (RpWorkspace *workspace,
                         const char *query,
                         guint limit,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  SearchJob *job = g_new0 (SearchJob, 1);

  job->query = g_strdup (query);
  job->limit = limit;
  rp_workspace_run_async (workspace, search, job, search_job_free,
                          (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

GPtrArray *
rp_history_search_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error)
{
  return rp_workspace_run_finish (workspace, result, error);
}
