#include "rp-http-message.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "rp-json.h"
#include "rp-text.h"
#include "rp-time.h"

#define MAX_WAIT_SECONDS (24 * 60 * 60)

static void
header_free (gpointer data)
{
  RpHeader *header = data;

  g_free (header->name);
  g_free (header->value);
  g_free (header);
}

static RpHeader *
find_header (GPtrArray *headers, const char *name)
{
  for (guint i = 0; i < headers->len; i++) {
    RpHeader *header = g_ptr_array_index (headers, i);

    if (g_ascii_strcasecmp (header->name, name) == 0)
      return header;
  }

  return NULL;
}

static void
append_header (GPtrArray *headers, const char *name, const char *value)
{
  RpHeader *header = g_new0 (RpHeader, 1);

  header->name = g_strdup (name);
  header->value = g_strdup (value);
  g_ptr_array_add (headers, header);
}

RpRequest *
rp_request_new (const char *method, const char *url, const char *label)
{
  RpRequest *request = g_new0 (RpRequest, 1);

  request->method = g_strdup (method);
  request->url = g_strdup (url);
  request->label = g_strdup (label);
  request->headers = g_ptr_array_new_with_free_func (header_free);
  request->changes = !g_str_equal (method, "GET") && !g_str_equal (method, "HEAD") &&
                     !g_str_equal (method, "OPTIONS") && !g_str_equal (method, "PROPFIND");

  return request;
}

void
rp_request_free (RpRequest *request)
{
  g_free (request->method);
  g_free (request->url);
  g_free (request->label);
  g_ptr_array_unref (request->headers);
  g_clear_pointer (&request->body, rp_body_unref);
  g_free (request);
}

void
rp_request_set_header (RpRequest *request, const char *name, const char *value)
{
  RpHeader *header = find_header (request->headers, name);

  if (header == NULL) {
    append_header (request->headers, name, value);
  } else {
    g_free (header->value);
    header->value = g_strdup (value);
  }
}

const char *
rp_request_get_header (RpRequest *request, const char *name)
{
  RpHeader *header = find_header (request->headers, name);

  return header != NULL ? header->value : NULL;
}

void
rp_request_set_parts (RpRequest *request, const char *media_type, RpBody *body)
{
  rp_body_ref (body);
  g_clear_pointer (&request->body, rp_body_unref);
  request->body = body;
  rp_request_set_header (request, "Content-Type", media_type);
}

void
rp_request_set_body (RpRequest *request, const char *media_type, GBytes *body)
{
  g_autoptr (RpBody) parts = rp_body_new_bytes (body);

  rp_request_set_parts (request, media_type, parts);
}

void
rp_request_set_json (RpRequest *request, gpointer json_object)
{
  g_autoptr (GBytes) body = rp_json_object_to_bytes (json_object);

  rp_request_set_body (request, "application/json", body);
}

RpResponse *
rp_response_new (guint status, const char *url, GBytes *body)
{
  RpResponse *response = g_new0 (RpResponse, 1);

  response->status = status;
  response->url = g_strdup (url);
  response->headers = g_ptr_array_new_with_free_func (header_free);
  response->body = body != NULL ? g_bytes_ref (body) : g_bytes_new_static ("", 0);

  return response;
}

void
rp_response_free (RpResponse *response)
{
  g_free (response->reason);
  g_free (response->url);
  g_ptr_array_unref (response->headers);
  g_bytes_unref (response->body);
  g_free (response);
}

void
rp_response_add_header (RpResponse *response, const char *name, const char *value)
{
  append_header (response->headers, name, value);
}

const char *
rp_response_get_header (const RpResponse *response, const char *name)
{
  RpHeader *header = find_header (response->headers, name);

  return header != NULL ? header->value : NULL;
}

const char *
rp_response_get_media_type (const RpResponse *response)
{
  const char *value = rp_response_get_header (response, "Content-Type");

  return value != NULL ? value : "";
}

char *
rp_response_dup_excerpt (const RpResponse *response)
{
  gsize size;
  const char *data = g_bytes_get_data (response->body, &size);
  g_autofree char *valid = g_utf8_make_valid (data != NULL ? data : "", MIN (size, 4000));
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean tag = FALSE;

  for (const char *p = valid; *p != '\0'; p++) {
    if (*p == '<')
      tag = TRUE;
    if (!tag)
      g_string_append_c (text, *p);
    if (*p == '>') {
      tag = FALSE;
      g_string_append_c (text, ' ');
    }
  }

  return rp_text_shorten (text->str, 160);
}

gint64
rp_response_get_retry_after (const RpResponse *response, gint64 now)
{
  const char *value = rp_response_get_header (response, "Retry-After");
  gint64 seconds;

  if (value == NULL)
    return -1;
  if (g_ascii_isdigit (*value))
    seconds = g_ascii_strtoll (value, NULL, 10);
  else if (rp_time_instant (value) != RP_TIME_NONE)
    seconds = (rp_time_instant (value) - now) / G_TIME_SPAN_SECOND;
  else
    return -1;

  return CLAMP (seconds, 0, MAX_WAIT_SECONDS);
}
