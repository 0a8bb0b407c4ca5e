#include "rp-connector.h"

#include <glib/gi18n-lib.h>
#include <stdarg.h>

#include "rp-error.h"
#include "rp-json.h"
#include "rp-text.h"

const RpConnector *
rp_connector_find (const char *id, GError **error)
{
  for (guint i = 0; rp_connectors[i] != NULL; i++)
    if (g_strcmp0 (rp_connectors[i]->id, id) == 0)
      return rp_connectors[i];
  g_set_error (error, RP_ERROR, RP_ERROR_UNSUPPORTED, _ ("There is no connector “%s”"), id);

  return NULL;
}

static gboolean
check_setting (const RpSetting *setting, const char *value, GError **error)
{
  if (rp_text_is_empty (value)) {
    if (!setting->required)
      return TRUE;
    g_set_error (error, RP_ERROR, RP_ERROR_INVALID, _ ("“%s” is missing"), _ (setting->label));
    return FALSE;
  }
  if (setting->kind == RP_SETTING_ADDRESS && !rp_text_is_web_url (value)) {
    g_set_error (error, RP_ERROR, RP_ERROR_INVALID,
                 _ ("“%s” is not a web address; it begins with https://"), value);
    return FALSE;
  }
  if (setting->kind == RP_SETTING_CHOICE && !g_strv_contains (setting->choices, value)) {
    g_set_error (error, RP_ERROR, RP_ERROR_INVALID, _ ("“%s” cannot be “%s”"), _ (setting->label),
                 value);
    return FALSE;
  }

  return TRUE;
}

gboolean
rp_connector_check_settings (const RpConnector *connector, RpPartner *partner, GError **error)
{
  for (const RpSetting *setting = connector->settings; setting->key != NULL; setting++)
    if (setting->kind != RP_SETTING_SECRET &&
        !check_setting (setting, rp_partner_get_setting (partner, setting->key), error))
      return FALSE;

  return TRUE;
}

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

GBytes *
rp_exchange_render (RpExchange *exchange, GError **error)
{
  GPtrArray *media = rp_article_get_media (exchange->article);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) urls = NULL;

  for (guint i = 0; i < media->len; i++) {
    RpMedia *picture = g_ptr_array_index (media, i);
    JsonObject *note = rp_exchange_get_media_note (exchange, picture);

    if (note != NULL && rp_json_get_string (note, "url") != NULL)
      g_strv_builder_add_many (builder, rp_media_get (picture, RP_MEDIA_SHA256),
                               rp_json_get_string (note, "url"), NULL);
  }
  urls = g_strv_builder_end (builder);

  return exchange->render (exchange, (const char *const *) urls, error);
}
