#include "rp-partner-about.h"

#include "rp-json.h"
#include "rp-text.h"

const RpPartnerTruth rp_partner_truths[RP_PARTNER_N_TRUTHS] = {
  {"commercial", FALSE},   {"paywalled", FALSE},  {"indexable", TRUE},
  {"can_unpublish", TRUE}, {"accredited", FALSE}, {"can_canonical", TRUE},
};

const char *const rp_partner_channels[RP_PARTNER_N_CHANNELS] = {"web", "app", "newsletter", "print",
                                                                "social"};

const char *const rp_partner_ads[] = {"none", "around", "targeted", NULL};

static guint
find_ads (JsonObject *properties)
{
  const char *word = rp_json_get_string (properties, "ads");

  for (guint i = 0; rp_partner_ads[i] != NULL; i++)
    if (g_strcmp0 (rp_partner_ads[i], word) == 0)
      return i;

  return 0;
}

void
rp_partner_about_read (RpPartnerAbout *about, RpPartner *partner)
{
  JsonObject *properties = rp_partner_get_properties (partner);
  g_auto (GStrv) channels = rp_json_dup_strv (properties, "channels");
  g_auto (GStrv) territories = rp_json_dup_strv (properties, "territories");

  for (guint i = 0; i < RP_PARTNER_N_TRUTHS; i++)
    about->truths[i] =
      rp_json_get_boolean (properties, rp_partner_truths[i].name, rp_partner_truths[i].fallback);
  for (guint i = 0; i < RP_PARTNER_N_CHANNELS; i++)
    about->channels[i] =
      channels == NULL ? i == 0
                       : g_strv_contains ((const char *const *) channels, rp_partner_channels[i]);
  about->ads = find_ads (properties);
  about->territories = territories != NULL ? g_strjoinv (", ", territories) : g_strdup ("");
}

static void
write_list (JsonObject *properties, const char *member, GStrv words)
{
  if (words[0] != NULL)
    rp_json_set_strv (properties, member, (const char *const *) words);
  else if (json_object_has_member (properties, member))
    json_object_remove_member (properties, member);
}

static GStrv
split_territories (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, ", ;", -1);
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++) {
    g_autofree char *code = g_ascii_strup (parts[i], -1);

    if (!rp_text_is_empty (code))
      g_strv_builder_add (codes, code);
  }

  return g_strv_builder_end (codes);
}

void
rp_partner_about_write (const RpPartnerAbout *about, RpPartner *partner)
{
  JsonObject *properties = rp_partner_get_properties (partner);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) territories = split_territories (about->territories);
  g_auto (GStrv) channels = NULL;

  for (guint i = 0; i < RP_PARTNER_N_TRUTHS; i++)
    json_object_set_boolean_member (properties, rp_partner_truths[i].name, about->truths[i]);
  for (guint i = 0; i < RP_PARTNER_N_CHANNELS; i++)
    if (about->channels[i])
      g_strv_builder_add (builder, rp_partner_channels[i]);
  channels = g_strv_builder_end (builder);
  write_list (properties, "channels", channels);
  write_list (properties, "territories", territories);
  json_object_set_string_member (properties, "ads", rp_partner_ads[about->ads]);
}

void
rp_partner_about_clear (RpPartnerAbout *about)
{
  g_clear_pointer (&about->territories, g_free);
}
