#include "rp-shelf.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rp-answer.h"
#include "rp-error.h"
#include "rp-html.h"
#include "rp-json.h"
#include "rp-link.h"
#include "rp-marks.h"
#include "rp-text.h"
#include "rp-time.h"

#define MAX_SLUG 80
#define MARK_CHARS 8 /* of our mark, to tell two articles of one headline apart */

const char *
rp_shelf_get_setting (RpExchange *exchange, const char *key, const char *fallback)
{
  const char *value = rp_partner_get_setting (exchange->partner, key);

  return rp_text_is_empty (value) ? fallback : value;
}

gboolean
rp_shelf_get_flag (RpExchange *exchange, const char *key)
{
  return g_strcmp0 (rp_shelf_get_setting (exchange, key, "yes"), "yes") == 0;
}

/* ---- how it stands ---- */

void
rp_shelf_begin (RpExchange *exchange)
{
  json_object_remove_member (exchange->delivery->memory, "known");
}

gboolean
rp_shelf_has_mark (RpExchange *exchange, const char *name)
{
  const char *version = rp_json_get_string (exchange->delivery->memory, name);

  return version != NULL && g_strcmp0 (version, exchange->delivery->version) == 0;
}

void
rp_shelf_mark (RpExchange *exchange, const char *name)
{
  rp_json_set_string (exchange->delivery->memory, name, exchange->delivery->version);
}

JsonObject *
rp_shelf_get_known (RpExchange *exchange)
{
  JsonObject *memory = exchange->delivery->memory;

  if (rp_json_get_object (memory, "known") == NULL)
    json_object_set_object_member (memory, "known", json_object_new ());

  return rp_json_get_object (memory, "known");
}

gboolean
rp_shelf_knows (RpExchange *exchange, const char *name)
{
  return rp_json_get_boolean (rp_shelf_get_known (exchange), name, FALSE);
}

void
rp_shelf_note (RpExchange *exchange, const char *name, gboolean value)
{
  json_object_set_boolean_member (rp_shelf_get_known (exchange), name, value);
}

const char *
rp_shelf_get_place (RpExchange *exchange)
{
  return rp_json_get_string (rp_shelf_get_known (exchange), "place");
}

gboolean
rp_shelf_is_new (RpExchange *exchange)
{
  return g_strcmp0 (rp_shelf_get_place (exchange), "free") == 0;
}

gboolean
rp_shelf_is_uploading (RpExchange *exchange)
{
  return !rp_exchange_is_withdrawal (exchange) && !rp_exchange_is_sent (exchange) &&
         !rp_shelf_knows (exchange, "placed");
}

gboolean
rp_shelf_has_work (RpExchange *exchange)
{
  return !rp_exchange_is_withdrawal (exchange) || exchange->delivery->remote_id != NULL;
}

/* ---- paths ---- */

static GDateTime *
dup_date (RpExchange *exchange)
{
  const char *published = rp_article_get (exchange->article, RP_ARTICLE_PUBLISHED);
  gint64 instant = rp_time_instant (published);

  if (instant == RP_TIME_NONE)
    instant = exchange->now;

  return g_date_time_new_from_unix_utc (instant / G_TIME_SPAN_SECOND);
}

static void
fill_in (GString *path, const char *word, char *value)
{
  rp_text_replace (path, word, value);
  g_free (value);
}

static char *
expand (RpExchange *exchange, const char *pattern)
{
  const char *language = rp_article_get (exchange->article, RP_ARTICLE_LANGUAGE);
  g_autoptr (GDateTime) date = dup_date (exchange);
  GString *path = g_string_new (pattern);

  fill_in (path, "{year}", g_date_time_format (date, "%Y"));
  fill_in (path, "{month}", g_date_time_format (date, "%m"));
  fill_in (path, "{day}", g_date_time_format (date, "%d"));
  fill_in (path, "{slug}",
           rp_text_slug (rp_article_get (exchange->article, RP_ARTICLE_HEADLINE), MAX_SLUG));
  fill_in (path, "{id}", g_strdup (exchange->delivery->marker));
  fill_in (path, "{language}", rp_text_slug (language != NULL ? language : "und", 16));
  if (g_str_has_suffix (path->str, "/"))
    g_string_append (path, "index.html");

  return g_string_free (path, FALSE);
}

/* Parts of a path that lead nowhere else. */
static gboolean
is_harmless (const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] == '\0' || *parts[i] == '.' || strpbrk (parts[i], "\\{}?#%:*<>|\"") != NULL)
      return FALSE;

  return parts[0] != NULL;
}

static gboolean
is_usable (const char *pattern, const char *path)
{
  gboolean distinct = strstr (pattern, "{slug}") != NULL || strstr (pattern, "{id}") != NULL;

  return distinct && is_harmless (path);
}

const char *
rp_shelf_get_path (RpExchange *exchange, GError **error)
{
  JsonObject *memory = exchange->delivery->memory;
  const char *pattern = rp_shelf_get_setting (exchange, "path", RP_SHELF_USUAL_PATH);
  g_autofree char *path = NULL;

  if (exchange->delivery->remote_id != NULL)
    return exchange->delivery->remote_id;
  if (rp_json_get_string (memory, "path") != NULL)
    return rp_json_get_string (memory, "path");
  path = expand (exchange, pattern);
  if (!is_usable (pattern, path)) {
    g_set_error (error, RP_ERROR, RP_ERROR_INVALID,
                 _ ("“%s” cannot be used as the pattern for paths; it needs {slug} or {id} and may "
                    "not begin with a slash. An example: %s"),
                 pattern, RP_SHELF_USUAL_PATH);
    return NULL;
  }
  json_object_set_string_member (memory, "path", path);

  return rp_json_get_string (memory, "path");
}

/* Where the ending of the file's name begins; the end when there is none. */
static const char *
find_ending (const char *path)
{
  const char *name = strrchr (path, '/');
  const char *dot = strrchr (name != NULL ? name : path, '.');

  return dot != NULL ? dot : path + strlen (path);
}

char *
rp_shelf_dup_beside (const char *path, const char *ending)
{
  return g_strdup_printf ("%.*s%s", (int) (find_ending (path) - path), path, ending);
}

gboolean
rp_shelf_take_other_path (RpExchange *exchange)
{
  JsonObject *memory = exchange->delivery->memory;
  const char *path = rp_json_get_string (memory, "path");
  g_autofree char *ending = NULL;
  g_autofree char *other = NULL;

  if (path == NULL || rp_json_has (memory, "other_path"))
    return FALSE;
  ending = g_strdup_printf ("-%.*s%s", MARK_CHARS, exchange->delivery->marker, find_ending (path));
  other = rp_shelf_dup_beside (path, ending);
  json_object_set_string_member (memory, "path", other);
  json_object_set_string_member (memory, "other_path", other);

  return TRUE;
}

/* Named after the page, so that it goes when the page goes and no other page misses it. */
char *
rp_shelf_dup_picture_path (const char *path, RpMedia *media)
{
  g_autofree char *name = rp_exchange_dup_media_name (media);

  return rp_shelf_dup_beside (path, name + strlen ("reprint"));
}

char *
rp_shelf_dup_public_url (RpExchange *exchange, const char *path)
{
  const char *own = rp_json_get_string (exchange->delivery->memory, "base");
  const char *url = rp_partner_get_url (exchange->partner);
  const char *base = rp_shelf_get_setting (exchange, "public_url", own != NULL ? own : url);
  g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);

  return g_strconcat (base, g_str_has_suffix (base, "/") ? "" : "/", escaped, NULL);
}

/* ---- pictures that nothing needs any more ---- */

static gboolean
is_wanted (RpExchange *exchange, const char *sha256)
{
  GPtrArray *media = rp_article_get_media (exchange->article);

  if (exchange->delivery->action == RP_ACTION_WITHDRAW)
    return FALSE;
  for (guint i = 0; i < media->len; i++)
    if (g_strcmp0 (rp_media_get (g_ptr_array_index (media, i), RP_MEDIA_SHA256), sha256) == 0)
      return TRUE;

  return FALSE;
}

const char *
rp_shelf_next_leftover (RpExchange *exchange)
{
  JsonObject *notes = rp_json_get_object (exchange->delivery->memory, "media");
  g_autoptr (GList) digests = notes != NULL ? json_object_get_members (notes) : NULL;

  for (GList *l = digests; l != NULL; l = l->next)
    if (!is_wanted (exchange, l->data))
      return l->data;

  return NULL;
}

void
rp_shelf_forget_leftover (RpExchange *exchange, const char *sha256)
{
  json_object_remove_member (rp_json_get_object (exchange->delivery->memory, "media"), sha256);
}

/* ---- questions and answers ---- */

RpRequest *
rp_shelf_request (RpExchange *exchange, const char *method, const char *path, const char *label)
{
  const char *base = rp_json_get_string (exchange->delivery->memory, "base");
  g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);
  g_autofree char *url =
    base != NULL ? g_strconcat (base, escaped, NULL) : rp_exchange_dup_url (exchange, escaped);

  return rp_request_new (method, url, label);
}

RpRequest *
rp_shelf_put (RpExchange *exchange,
              const char *path,
              const char *media_type,
              GBytes *bytes,
              const char *label)
{
  RpRequest *request = rp_shelf_request (exchange, "PUT", path, label);

  rp_request_set_body (request, media_type, bytes);

  return request;
}

gboolean
rp_shelf_check (RpExchange *exchange, const RpResponse *response, GError **error)
{
  const char *name = rp_partner_get_name (exchange->partner);

  switch (response->status) {
  case 403:
    g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
                 _ ("%s does not allow this account to do that. Ask the partner for the right to "
                    "write there, or whether a firewall stands in front of it"),
                 name);
    return FALSE;
  case 423:
    g_set_error (error, RP_ERROR, RP_ERROR_BUSY,
                 _ ("Somebody at %s has locked this file; it is tried again later"), name);
    return FALSE;
  case 507:
    g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
                 _ ("The folder at %s is full. Ask the partner for space, then send again"), name);
    return FALSE;
  case 409:
    g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
                 _ ("There is no folder %s. Ask the partner to make it, or correct the address"),
                 rp_partner_get_url (exchange->partner));
    return FALSE;
  case 405:
    g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
                 _ ("%s takes no files at this address. Check whether it is a WebDAV folder"),
                 name);
    return FALSE;
  default:
    return rp_answer_check (exchange, response, RP_ANSWER_REPEATABLE, error);
  }
}

gboolean
rp_shelf_check_whole (RpExchange *exchange, const RpResponse *response, GError **error)
{
  if (g_bytes_get_size (response->body) > 0 ||
      g_strcmp0 (rp_response_get_header (response, "Content-Length"), "0") == 0)
    return TRUE;
  g_set_error (error, RP_ERROR, RP_ERROR_BUSY, _ ("%s sent only part of its answer"),
               rp_partner_get_name (exchange->partner));

  return FALSE;
}

gboolean
rp_shelf_is_doubtful (const RpResponse *response)
{
  return response->status == 200 && rp_response_get_header (response, "ETag") == NULL;
}

const char *
rp_shelf_get_tag (const RpResponse *response)
{
  const char *tag = rp_response_get_header (response, "ETag");

  return tag != NULL && *tag == '"' ? tag : NULL;
}

/* ---- pages that are there ---- */

gboolean
rp_shelf_is_ours (RpExchange *exchange, GBytes *page)
{
  g_autofree char *mark = g_strconcat (RP_MARK_COMMENT, exchange->delivery->marker, NULL);
  gsize size;
  const char *data = g_bytes_get_data (page, &size);

  return data != NULL && memmem (data, size, mark, strlen (mark)) != NULL;
}

static char *
dup_title (xmlDoc *doc)
{
  xmlNode *root = doc != NULL ? xmlDocGetRootElement (doc) : NULL;

  for (xmlNode *node = root; node != NULL; node = rp_xml_follow (node, root, TRUE))
    if (rp_xml_is (node, NULL, "title"))
      return rp_xml_dup_text (node);

  return NULL;
}

JsonObject *
rp_shelf_read_found (RpExchange *exchange, const RpResponse *response)
{
  JsonObject *found = json_object_new ();
  g_autoptr (xmlDoc) doc = rp_html_parse (response->body, NULL, NULL);
  g_autofree char *html = g_utf8_make_valid (g_bytes_get_data (response->body, NULL),
                                             (gssize) g_bytes_get_size (response->body));
  g_autofree char *title = dup_title (doc);
  g_autofree char *canonical = rp_link_find (response, "canonical");
  g_autofree char *licence = rp_link_find (response, "license");
  g_autofree char *url = rp_shelf_dup_public_url (exchange, exchange->delivery->remote_id);
  gint64 changed = rp_time_instant (rp_response_get_header (response, "Last-Modified"));
  g_autofree char *stamp = rp_time_format (changed);

  json_object_set_string_member (found, "state", "live");
  rp_json_set_string (found, "url", url);
  rp_json_set_string (found, "title", title);
  rp_json_set_string (found, "html", html);
  rp_json_set_string (found, "canonical", canonical);
  rp_json_set_string (found, "licence", licence);
  rp_json_set_string (found, "changed", stamp);

  return found;
}
