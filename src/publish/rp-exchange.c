#include "rp-exchange.h"

#include <stdarg.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-json.h"

RpExchange *
rp_exchange_new (void)
{
  RpExchange *exchange = g_new0 (RpExchange, 1);

  exchange->remarks = g_ptr_array_new_with_free_func (g_free);
  exchange->wait_seconds = -1;

  return exchange;
}

void
rp_exchange_free (RpExchange *exchange)
{
  g_clear_pointer (&exchange->request, rp_request_free);
  g_ptr_array_unref (exchange->remarks);
  g_free (exchange->account);
  g_clear_pointer (&exchange->learned, json_object_unref);
  g_clear_pointer (&exchange->found, json_object_unref);
  g_clear_pointer (&exchange->marked, json_array_unref);
  g_free (exchange);
}

void
rp_exchange_remark (RpExchange *exchange, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (exchange->remarks, g_strdup_vprintf (format, args));
  va_end (args);
}

void
rp_exchange_take_request (RpExchange *exchange, RpRequest *request)
{
  g_clear_pointer (&exchange->request, rp_request_free);
  exchange->request = request;
}

gboolean
rp_exchange_is_scheduled (RpExchange *exchange)
{
  return g_strcmp0 (exchange->delivery->status, "schedule") == 0 &&
         exchange->delivery->live_at > exchange->now;
}

gboolean
rp_exchange_is_draft (RpExchange *exchange)
{
  return g_strcmp0 (exchange->delivery->status, "draft") == 0;
}

gboolean
rp_exchange_is_withdrawal (RpExchange *exchange)
{
  return rp_delivery_is_removal (exchange->delivery);
}

gboolean
rp_exchange_has_note (RpExchange *exchange, const char *name)
{
  return rp_json_get_boolean (exchange->delivery->memory, name, FALSE);
}

void
rp_exchange_note (RpExchange *exchange, const char *name)
{
  json_object_set_boolean_member (exchange->delivery->memory, name, TRUE);
}

gboolean
rp_exchange_is_sent (RpExchange *exchange)
{
  return rp_exchange_has_note (exchange, RP_NOTE_SENT);
}

void
rp_exchange_set_remote (RpExchange *exchange, const char *remote_id, const char *public_url)
{
  RpDelivery *delivery = exchange->delivery;

  if (remote_id != NULL) {
    g_autofree char *old = delivery->remote_id;

    delivery->remote_id = g_strdup (remote_id);
  }
  if (public_url != NULL) {
    g_autofree char *old = delivery->public_url;

    delivery->public_url = g_strdup (public_url);
  }
}

void
rp_exchange_set_gone (RpExchange *exchange)
{
  g_clear_pointer (&exchange->found, json_object_unref);
  exchange->found = json_object_new ();
  json_object_set_string_member (exchange->found, "state", "gone");
}

void
rp_exchange_add_marked (RpExchange *exchange, const char *remote_id, const char *public_url)
{
  JsonObject *item = json_object_new ();

  rp_json_set_string (item, "id", remote_id);
  rp_json_set_string (item, "url", public_url);
  json_array_add_object_element (exchange->marked, item);
}

const char *
rp_exchange_get_left (RpExchange *exchange, const char *name)
{
  return exchange->receipt != NULL ? rp_json_get_string (exchange->receipt->memory, name) : NULL;
}

/* After a lost answer the change may be our own. */
gboolean
rp_exchange_may_replace (RpExchange *exchange, const char *ours, const char *theirs, GError **error)
{
  JsonObject *memory = exchange->delivery->memory;

  if (exchange->uncertain || ours == NULL || theirs == NULL || g_strcmp0 (ours, theirs) == 0 ||
      g_strcmp0 (theirs, rp_json_get_string (memory, "overwrite")) == 0)
    return TRUE;
  json_object_set_string_member (memory, "overwrite", theirs);
  g_set_error (error, RP_ERROR, RP_ERROR_CONFLICT,
               _ ("Somebody has changed the article at %s since it was sent. Look at it there; try "
                  "again to replace it with yours"),
               rp_partner_get_name (exchange->partner));

  return FALSE;
}

gboolean
rp_exchange_fail_to_find (RpExchange *exchange, GError **error)
{
  rp_exchange_note (exchange, RP_NOTE_UNFINDABLE);
  g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
               _ ("Whether the article has arrived at %s is not known, and the site cannot be "
                  "asked. Look there; when it is not there, publish it again"),
               rp_partner_get_name (exchange->partner));

  return FALSE;
}

void
rp_exchange_remark_twice (RpExchange *exchange, const char *other_url)
{
  rp_exchange_remark (exchange,
                      _ ("%s has the article twice, because a request was doubled on its way. Ask "
                         "the partner to delete the other one (%s)."),
                      rp_partner_get_name (exchange->partner),
                      other_url != NULL ? other_url : _ ("an address it does not name"));
}

gint64
rp_exchange_get_since (RpExchange *exchange)
{
  gint64 since = exchange->since != 0 ? exchange->since : exchange->delivery->created;

  return since - since % G_TIME_SPAN_SECOND;
}

RpMedia *
rp_exchange_next_media (RpExchange *exchange)
{
  GPtrArray *media = rp_article_get_media (exchange->article);

  if (rp_exchange_is_withdrawal (exchange))
    return NULL;
  for (guint i = 0; i < media->len; i++) {
    RpMedia *picture = g_ptr_array_index (media, i);

    if (rp_media_get (picture, RP_MEDIA_SHA256) != NULL &&
        rp_exchange_get_media_note (exchange, picture) == NULL)
      return picture;
  }

  return NULL;
}

char *
rp_exchange_dup_media_name (RpMedia *media)
{
  static const struct {
    const char *type;
    const char *ending;
  } endings[] = {
    {"image/jpeg", "jpg"},  {"image/png", "png"},   {"image/gif", "gif"},
    {"image/webp", "webp"}, {"image/avif", "avif"}, {"image/svg+xml", "svg"},
  };
  const char *type = rp_media_get (media, RP_MEDIA_MIME_TYPE);
  const char *ending = "jpg";

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_strcmp0 (type, endings[i].type) == 0)
      ending = endings[i].ending;

  return g_strdup_printf ("reprint-%.16s.%s", rp_media_get (media, RP_MEDIA_SHA256), ending);
}

const char *
rp_exchange_get_media_type (RpMedia *media)
{
  const char *type = rp_media_get (media, RP_MEDIA_MIME_TYPE);

  return type != NULL ? type : "image/jpeg";
}

char *
rp_exchange_dup_media_caption (RpMedia *media)
{
  const char *caption = rp_media_get (media, RP_MEDIA_CAPTION);
  const char *credit = rp_media_get (media, RP_MEDIA_CREDIT);

  if (caption != NULL && credit != NULL && strstr (caption, credit) == NULL)
    return g_strdup_printf ("%s (%s)", caption, credit);

  return g_strdup (caption != NULL ? caption : credit);
}

RpMedia *
rp_exchange_get_featured (RpExchange *exchange)
{
  GPtrArray *media = rp_article_get_media (exchange->article);

  for (guint i = 0; i < media->len; i++)
    if (g_strcmp0 (rp_media_get (g_ptr_array_index (media, i), RP_MEDIA_ROLE), "featured") == 0)
      return g_ptr_array_index (media, i);

  return media->len > 0 ? g_ptr_array_index (media, 0) : NULL;
}

GStrv
rp_exchange_dup_list (RpExchange *exchange, const char *key)
{
  const char *text = rp_partner_get_setting (exchange->partner, key);
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", ",", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_strv_builder_add (builder, parts[i]);

  return g_strv_builder_end (builder);
}

char *
rp_exchange_dup_url (RpExchange *exchange, const char *path)
{
  const char *base = rp_partner_get_url (exchange->partner);

  return g_strconcat (base, g_str_has_suffix (base, "/") ? "" : "/", path, NULL);
}

JsonObject *
rp_exchange_get_media_note (RpExchange *exchange, RpMedia *media)
{
  JsonObject *notes = rp_json_get_object (exchange->delivery->memory, "media");
  const char *sha256 = rp_media_get (media, RP_MEDIA_SHA256);

  return notes != NULL && sha256 != NULL ? rp_json_get_object (notes, sha256) : NULL;
}

void
rp_exchange_note_media (RpExchange *exchange, RpMedia *media, const char *id, const char *url)
{
  JsonObject *memory = exchange->delivery->memory;
  JsonObject *note = json_object_new ();

  if (rp_json_get_object (memory, "media") == NULL)
    json_object_set_object_member (memory, "media", json_object_new ());
  rp_json_set_string (note, "id", id);
  rp_json_set_string (note, "url", url);
  json_object_set_object_member (rp_json_get_object (memory, "media"),
                                 rp_media_get (media, RP_MEDIA_SHA256), note);
}

GStrv
rp_exchange_dup_media_urls (RpExchange *exchange)
{
  GPtrArray *media = rp_article_get_media (exchange->article);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < media->len; i++) {
    RpMedia *picture = g_ptr_array_index (media, i);
    JsonObject *note = rp_exchange_get_media_note (exchange, picture);

    if (note != NULL && rp_json_get_string (note, "url") != NULL)
      g_strv_builder_add_many (builder, rp_media_get (picture, RP_MEDIA_SHA256),
                               rp_json_get_string (note, "url"), NULL);
  }

  return g_strv_builder_end (builder);
}

GBytes *
rp_exchange_render (RpExchange *exchange, GError **error)
{
  g_auto (GStrv) urls = rp_exchange_dup_media_urls (exchange);

  return exchange->render (exchange, (const char *const *) urls, error);
}

char *
rp_exchange_render_inert (RpExchange *exchange, GError **error)
{
  g_autoptr (GBytes) bytes = rp_exchange_render (exchange, error);
  g_autoptr (GRegex) regex =
    g_regex_new ("<script[^>]*>.*?</script>\\s*", G_REGEX_DOTALL | G_REGEX_CASELESS, 0, NULL);
  g_autofree char *html = NULL;

  if (bytes == NULL)
    return NULL;
  html = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  return g_regex_replace_literal (regex, html, -1, 0, "", 0, NULL);
}

GBytes *
rp_exchange_render_as (RpExchange *exchange, const char *rendition, GError **error)
{
  const char *before = exchange->rendition;
  GBytes *bytes;

  exchange->rendition = rendition;
  bytes = rp_exchange_render (exchange, error);
  exchange->rendition = before;

  return bytes;
}
