#include "rp-licence-form.h"

#include "rp-error.h"
#include "rp-json.h"
#include "rp-text.h"

#include <glib/gi18n-lib.h>

#include <string.h>

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
