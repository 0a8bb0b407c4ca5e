#include "rp-connector.h"

#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-text.h"

const char *const rp_connector_statuses[] = {"publish", "draft", NULL};
const char *const rp_connector_status_labels[] = {N_ ("Published"), N_ ("Draft"), NULL};

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
check_setting (const RpSetting *setting, const char *value, gboolean may_be_plain, GError **error)
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
  if (setting->kind == RP_SETTING_ADDRESS && !may_be_plain && g_str_has_prefix (value, "http:") &&
      !rp_text_is_loopback (value)) {
    g_set_error (
      error, RP_ERROR, RP_ERROR_CREDENTIALS,
      _ ("“%s” is not encrypted: the password and the articles could be read on the way. "
         "Use the address with https://, or allow it for this partner"),
      value);
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
  gboolean may_be_plain = rp_partner_get_may_be_plain (partner);

  for (const RpSetting *setting = connector->settings; setting->key != NULL; setting++)
    if (setting->kind != RP_SETTING_SECRET &&
        !check_setting (setting, rp_partner_get_setting (partner, setting->key), may_be_plain,
                        error))
      return FALSE;

  return TRUE;
}
