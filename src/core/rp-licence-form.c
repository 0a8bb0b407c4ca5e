#include "rp-licence-form.h"

#include "rp-error.h"
#include "rp-json.h"
#include "rp-licence-form-private.h"
#include "rp-licence-odrl.h"
#include "rp-licence-rsl.h"
#include "rp-text.h"

#include <glib/gi18n-lib.h>

#include <string.h>

/* What the forms share */

gboolean
rp_licence_form_name_commons (const char *spdx_or_url, char **out_spdx, char **out_url)
{
  RpCreativeCommons cc;
  g_autofree char *code = NULL;
  g_autofree char *lower = NULL;
  g_autofree char *port = NULL;
  int major, minor;

  if (!rp_creative_commons_read (spdx_or_url, &cc))
    return FALSE;
  if (!cc.attribution) {
    lower = g_ascii_strdown (spdx_or_url, -1);
    *out_spdx =
      g_strdup (strstr (lower, "mark") || strstr (lower, "pdm") ? "CC-PDM-1.0" : "CC0-1.0");
    *out_url = g_strdup_printf ("https://creativecommons.org/publicdomain/%s/1.0/",
                                g_str_equal (*out_spdx, "CC0-1.0") ? "zero" : "mark");
    return TRUE;
  }
  if (cc.version == 0)
    return FALSE;
  code = g_strconcat ("BY", cc.non_commercial ? "-NC" : "", cc.no_derivatives ? "-ND" : "",
                      cc.share_alike ? "-SA" : "", NULL);
  major = cc.version / 10;
  minor = cc.version % 10;
  *out_spdx = g_strdup_printf ("CC-%s-%d.%d%s%s", code, major, minor,
                               *cc.jurisdiction != '\0' ? "-" : "", cc.jurisdiction);
  lower = g_ascii_strdown (code, -1);
  port = g_ascii_strdown (cc.jurisdiction, -1);
  *out_url = g_strdup_printf ("https://creativecommons.org/licenses/%s/%d.%d/%s%s", lower, major,
                              minor, port, *port != '\0' ? "/" : "");

  return TRUE;
}

JsonObject *
rp_licence_form_new_profile (const char *whose, const char *kind, const char *permission)
{
  JsonObject *profile = json_object_new ();
  g_autofree char *slug = rp_text_slug (whose != NULL ? whose : kind, 60);
  g_autofree char *id = whose != NULL ? g_strconcat (slug, "-", kind, NULL) : g_strdup (slug);

  json_object_set_string_member (profile, "id", id);
  json_object_set_string_member (profile, "name", whose != NULL ? whose : id);
  json_object_set_int_member (profile, "version", 1);
  json_object_set_string_member (profile, "permission", permission);

  return profile;
}

void
rp_licence_form_set_address (JsonObject *profile, const char *url)
{
  g_autofree char *spdx = NULL;
  g_autofree char *canonical = NULL;

  if (rp_licence_form_name_commons (url, &spdx, &canonical)) {
    json_object_set_string_member (profile, "spdx", spdx);
    json_object_set_string_member (profile, "permission", "yes");
    if (!rp_json_has (profile, "licensor") && !rp_json_has (profile, "rights_holder")) {
      g_autofree char *id = g_ascii_strdown (spdx, -1);

      json_object_set_string_member (profile, "id", id);
      json_object_set_string_member (profile, "name", spdx);
    }
  }
  rp_json_set_string (profile, "url", canonical != NULL ? canonical : url);
}

/* A bare SPDX id or the address of a Creative Commons licence */

static gboolean
name_matches (const char *text)
{
  g_autofree char *name = g_strstrip (g_strdup (text));
  g_autofree char *spdx = NULL;
  g_autofree char *url = NULL;

  return *name != '\0' && strpbrk (name, " \t\r\n<{[") == NULL &&
         rp_licence_form_name_commons (name, &spdx, &url);
}

static RpLicence *
name_read (const char *text, GError **error)
{
  g_autofree char *name = g_strstrip (g_strdup (text));
  g_autoptr (JsonObject) profile = rp_licence_form_new_profile (NULL, name, "ask");

  rp_licence_form_set_address (profile, name);

  return rp_licence_new_from_json (profile, error);
}

/* RSL */

static gboolean
rsl_matches (const char *text)
{
  return *text == '<' &&
         (strstr (text, "<rsl") != NULL || strstr (text, "rslstandard.org") != NULL);
}

static char *
rsl_write (RpLicence *licence, GError **error)
{
  char *text = rp_licence_to_rsl (licence, NULL);

  if (text == NULL)
    g_set_error_literal (error, RP_ERROR, RP_ERROR_UNSUPPORTED,
                         _ ("The licence says nothing about use by machines, so there are no terms "
                            "to write for them"));

  return text;
}

/* Our own profile */

static gboolean
profile_matches (const char *text)
{
  g_autoptr (JsonNode) root = *text == '{' ? rp_json_parse_text (text, NULL) : NULL;
  JsonObject *object =
    root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;

  return object != NULL && rp_json_has (object, "id") && !rp_json_has (object, "@context") &&
         !rp_json_has (object, "@type");
}

static RpLicence *
profile_read (const char *text, GError **error)
{
  g_autoptr (JsonNode) root = rp_json_parse_text (text, error);

  if (root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (root)) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_UNREADABLE,
                         _ ("The licence is not a JSON object"));
    return NULL;
  }

  return rp_licence_new_from_json (json_node_get_object (root), error);
}

static char *
profile_write (RpLicence *licence, GError **error)
{
  return rp_json_object_to_text (rp_licence_get_profile (licence), TRUE);
}

/* The table */

static const RpLicenceForm forms[] = {
  {"profile", N_ ("Licence profile"), profile_matches, profile_read, profile_write},
  {"spdx", N_ ("SPDX id or Creative Commons address"), name_matches, name_read, NULL},
  {"rsl", N_ ("RSL terms for machines"), rsl_matches, rp_licence_new_from_rsl, rsl_write},
  {"tdmrep", N_ ("TDMRep policy"), rp_licence_form_is_tdmrep, rp_licence_form_read_tdmrep,
   rp_licence_form_write_tdmrep},
  {"odrl", N_ ("ODRL or RightsML policy"), rp_licence_is_odrl, rp_licence_read_odrl,
   rp_licence_write_odrl},
  {"schema-org", N_ ("schema.org JSON-LD"), rp_licence_form_is_schema, rp_licence_form_read_schema,
   rp_licence_form_write_schema},
  {"ccrel", N_ ("Creative Commons badge (ccREL)"), rp_licence_form_is_ccrel,
   rp_licence_form_read_ccrel, rp_licence_form_write_ccrel},
};

const RpLicenceForm *
rp_licence_form_list (guint *out_n)
{
  g_return_val_if_fail (out_n != NULL, NULL);

  *out_n = G_N_ELEMENTS (forms);

  return forms;
}

RpLicence *
rp_licence_form_read (const char *text, GError **error)
{
  const char *start;

  g_return_val_if_fail (text != NULL, NULL);

  start = g_str_has_prefix (text, "\xef\xbb\xbf") ? text + 3 : text;
  start += strspn (start, " \t\r\n");
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (forms[i].matches != NULL && forms[i].matches (start))
      return forms[i].read (start, error);

  g_set_error_literal (error, RP_ERROR, RP_ERROR_UNSUPPORTED,
                       _ ("This is no licence in any form that can be read"));

  return NULL;
}

char *
rp_licence_form_write (RpLicence *licence, const char *form_id, GError **error)
{
  g_return_val_if_fail (RP_IS_LICENCE (licence), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (g_str_equal (forms[i].id, form_id != NULL ? form_id : "profile") && forms[i].write != NULL)
      return forms[i].write (licence, error);

  g_set_error (error, RP_ERROR, RP_ERROR_UNSUPPORTED,
               _ ("A licence cannot be written in the form “%s”"), form_id);

  return NULL;
}
