#include "rp-intake-fetch.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rp-error.h"

static void arrived_cb (GObject *source, GAsyncResult *result, gpointer user_data);

void
rp_intake_fetch_async (RpHttp *http,
                       const char *url,
                       gsize limit,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task = g_task_new (http, cancellable, callback, user_data);
  RpRequest *request = rp_request_new ("GET", url, _ ("Reading the page"));

  g_task_set_source_tag (task, rp_intake_fetch_async);
  g_task_set_task_data (task, request, (GDestroyNotify) rp_request_free);
  rp_request_set_header (request, "Accept",
                         "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8");
  rp_http_send_async (http, request, limit, cancellable, arrived_cb, task);
}

static char *
dup_charset (const char *content_type)
{
  const char *found = strstr (content_type, "charset=");
  g_autofree char *value = NULL;

  if (found == NULL)
    return NULL;
  value = g_strdup (found + strlen ("charset="));
  g_strdelimit (value, "\"'", ' ');
  g_strstrip (value);
  value[strcspn (value, "; ")] = '\0';

  return *value != '\0' ? g_steal_pointer (&value) : NULL;
}

RpSource *
rp_intake_fetch_take_answer (const RpResponse *response)
{
  RpSource *source = rp_source_new (response->body, response->url);
  const char *type = rp_response_get_media_type (response);

  source->base_url = g_strdup (response->url);
  source->declared_charset = dup_charset (type);
  source->declared_type = g_strstrip (g_strndup (type, strcspn (type, ";")));

  return source;
}

static void
arrived_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (RpResponse) response = rp_http_send_finish (RP_HTTP (object), result, &error);

  if (response == NULL) {
    g_task_return_error (task, error);
    return;
  }
  if (response->status != 200) {
    g_task_return_new_error (
      task, RP_ERROR,
      response->status == 404 || response->status == 410 ? RP_ERROR_NOT_FOUND : RP_ERROR_REFUSED,
      _ ("%s cannot be read: the site answered %u (%s). Open it in a browser to see why, or save "
         "the "
         "page there and drop the file"),
      response->url, response->status, response->reason != NULL ? response->reason : "");
    return;
  }
  g_task_return_pointer (task, rp_intake_fetch_take_answer (response),
                         (GDestroyNotify) rp_source_free);
}

RpSource *
rp_intake_fetch_finish (RpHttp *http, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
