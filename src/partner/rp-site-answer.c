#include "rp-site-answer.h"

#include "rp-json.h"

#include <string.h>

void
rp_site_answer_text (SoupServerMessage *message, guint status, const char *type, const char *text)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, text, strlen (text));
}

void
rp_site_answer_json (SoupServerMessage *message, guint status, JsonObject *take_object)
{
  g_autofree char *text = rp_json_object_to_text (take_object, FALSE);

  rp_site_answer_text (message, status, "application/json", text);
  json_object_unref (take_object);
}

void
rp_site_answer_error (SoupServerMessage *message, guint status, const char *code, const char *words)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "error", code);
  json_object_set_string_member (object, "error_description", words);
  rp_site_answer_json (message, status, object);
}

void
rp_site_answer_created (SoupServerMessage *message, guint status, const char *url)
{
  JsonObject *object = json_object_new ();

  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Location",
                                url);
  json_object_set_string_member (object, "url", url);
  rp_site_answer_json (message, status, object);
}

void
rp_site_answer_html (SoupServerMessage *message, guint status, const char *html)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_replace (headers, "Content-Security-Policy",
                                "default-src 'none'; img-src * data:; style-src 'unsafe-inline'");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  rp_site_answer_text (message, status, "text/html; charset=utf-8", html);
}

GBytes *
rp_site_get_body (SoupServerMessage *message)
{
  return soup_message_body_flatten (soup_server_message_get_request_body (message));
}

gboolean
rp_site_is_method (SoupServerMessage *message, const char *method)
{
  const char *found = soup_server_message_get_method (message);

  /* HEAD is GET without the body, and libsoup leaves that out by itself. */
  return g_strcmp0 (found, method) == 0 ||
         (g_str_equal (method, "GET") && g_strcmp0 (found, "HEAD") == 0);
}

gboolean
rp_site_is_same_secret (const char *a, const char *b)
{
  gsize length_a = strlen (a);
  gsize length_b = strlen (b);
  guint difference = length_a != length_b;

  for (gsize i = 0; i < length_a; i++)
    difference |= (guchar) a[i] ^ (guchar) b[length_b > 0 ? i % length_b : 0];

  return difference == 0;
}

static gboolean
is_part (SoupMessageHeaders *headers, const char *name)
{
  g_autofree char *disposition = NULL;
  g_autoptr (GHashTable) parameters = NULL;

  return soup_message_headers_get_content_disposition (headers, &disposition, &parameters) &&
         g_strcmp0 (g_hash_table_lookup (parameters, "name"), name) == 0;
}

GBytes *
rp_site_find_part (SoupServerMessage *message, const char *name, char **out_type)
{
  g_autoptr (GBytes) body = rp_site_get_body (message);
  SoupMultipart *form =
    soup_multipart_new_from_message (soup_server_message_get_request_headers (message), body);
  GBytes *found = NULL;

  for (int i = 0; form != NULL && found == NULL && i < soup_multipart_get_length (form); i++) {
    SoupMessageHeaders *headers;
    GBytes *bytes;

    if (!soup_multipart_get_part (form, i, &headers, &bytes) || !is_part (headers, name))
      continue;
    found = g_bytes_ref (bytes);
    if (out_type != NULL)
      *out_type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
  }
  g_clear_pointer (&form, soup_multipart_free);

  return found;
}
