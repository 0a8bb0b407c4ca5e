/* ccREL, the words of Creative Commons in RDFa (a badge in HTML) or RDF/XML. */
#include "rp-licence-form-private.h"

#include "rp-error.h"
#include "rp-html.h"
#include "rp-json.h"
#include "rp-text.h"

#include <glib/gi18n-lib.h>

#include <string.h>

#define CC "http://creativecommons.org/ns#"

/* ---- reading ---- */

gboolean
rp_licence_form_is_ccrel (const char *text)
{
  g_autofree char *lower = *text == '<' ? g_ascii_strdown (text, -1) : NULL;

  return lower != NULL &&
         (strstr (lower, "rel=\"license") != NULL || strstr (lower, "rel='license") != NULL ||
          strstr (lower, "cc:license") != NULL ||
          strstr (lower, "creativecommons.org/ns#") != NULL);
}

/* "cc:permits" of an attribute with several words, or of an element. */
static gboolean
says (const char *words, const char *name)
{
  g_auto (GStrv) list = words != NULL ? g_strsplit_set (words, " \t\n", -1) : NULL;

  for (guint i = 0; list != NULL && list[i] != NULL; i++) {
    const char *colon = strrchr (list[i], ':');
    const char *hash = strrchr (list[i], '#');
    const char *local = hash != NULL ? hash + 1 : colon != NULL ? colon + 1 : list[i];

    if (g_ascii_strcasecmp (local, name) == 0)
      return TRUE;
  }

  return FALSE;
}

static char *
dup_address (xmlNode *node)
{
  static const char *const names[] = {"resource", "href", "about", "content"};

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    char *value = rp_xml_dup_attribute (node, names[i]);

    if (value != NULL)
      return value;
  }

  return NULL;
}

/* An element of RDF/XML, or an attribute of RDFa, by the property's name. */
static gboolean
states (xmlNode *node, const char *property)
{
  return rp_xml_is (node, NULL, property) || says (rp_xml_peek_attribute (node, "rel"), property) ||
         says (rp_xml_peek_attribute (node, "property"), property);
}

static void
fill (JsonObject *profile, const char *member, char *value)
{
  if (!rp_json_has (profile, member))
    rp_json_set_string (profile, member, value);
  g_free (value);
}

static void
read_statement (JsonObject *profile, xmlNode *node)
{
  if (states (node, "license") && !rp_json_has (profile, "url")) {
    g_autofree char *url = dup_address (node);

    rp_licence_form_set_address (profile, url);
  }
  if (states (node, "attributionName")) {
    char *stated = rp_xml_dup_attribute (node, "content");

    fill (profile, "licensor", stated != NULL ? stated : rp_xml_dup_text (node));
  }
  if (states (node, "morePermissions"))
    fill (profile, "contact", dup_address (node));
  if (states (node, "useGuidelines"))
    fill (profile, "terms_url", dup_address (node));
}

/* The licence described by its parts. */
typedef struct {
  gboolean described;
  gboolean reproduction;
  gboolean derivatives;
  gboolean no_commerce;
  gboolean share_alike;
} Parts;

static void
read_part (Parts *parts, xmlNode *node)
{
  g_autofree char *what = NULL;

  if (states (node, "permits")) {
    what = dup_address (node);
    parts->described = TRUE;
    parts->reproduction |= says (what, "Reproduction") || says (what, "Distribution");
    parts->derivatives |= says (what, "DerivativeWorks");
  } else if (states (node, "prohibits")) {
    what = dup_address (node);
    parts->no_commerce |= says (what, "CommercialUse");
  } else if (states (node, "requires")) {
    what = dup_address (node);
    parts->share_alike |= says (what, "ShareAlike");
  }
}

static void
apply_parts (JsonObject *profile, const Parts *parts)
{
  if (!parts->described || rp_json_has (profile, "spdx"))
    return;
  json_object_set_string_member (profile, "permission", parts->reproduction ? "yes" : "ask");
  if (!parts->derivatives)
    json_object_set_array_member (profile, "derivatives", json_array_new ());
  if (parts->no_commerce)
    json_object_set_string_member (profile, "commercial", "deny");
  if (parts->share_alike)
    json_object_set_boolean_member (profile, "share_alike", TRUE);
}

static xmlDoc *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  if (g_str_has_prefix (text, "<?xml") || strstr (text, "<rdf:RDF") != NULL)
    return rp_xml_parse (bytes, TRUE, NULL, error);

  return rp_html_parse (bytes, "utf-8", error);
}

RpLicence *
rp_licence_form_read_ccrel (const char *text, GError **error)
{
  g_autoptr (xmlDoc) doc = parse (text, error);
  g_autoptr (JsonObject) profile = rp_licence_form_new_profile (NULL, "licence", "ask");
  Parts parts = {0};
  xmlNode *root;

  if (doc == NULL)
    return NULL;
  root = xmlDocGetRootElement (doc);
  for (xmlNode *node = root; node != NULL; node = rp_xml_follow (node, root, TRUE))
    if (node->type == XML_ELEMENT_NODE) {
      read_statement (profile, node);
      read_part (&parts, node);
    }
  if (!rp_json_has (profile, "url")) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_UNREADABLE,
                         _ ("The page states no licence in a form that programs read"));
    return NULL;
  }
  apply_parts (profile, &parts);

  return rp_licence_new_from_json (profile, error);
}

/* ---- writing ---- */

static void
append_owner (GString *out, const RpTerms *terms)
{
  const char *name = terms->licensor != NULL ? terms->licensor : terms->rights_holder;
  g_autofree char *escaped = rp_text_escape (name);
  g_autofree char *contact = rp_text_escape (terms->contact);

  if (name != NULL)
    g_string_append_printf (out, " <span property=\"cc:attributionName\">%s</span>.", escaped);
  if (rp_text_is_web_url (terms->contact))
    g_string_append_printf (out, " <a rel=\"cc:morePermissions\" href=\"%s\">%s</a>.", contact,
                            contact);
}

char *
rp_licence_form_write_ccrel (RpLicence *licence, GError **error)
{
  const RpTerms *terms = rp_licence_get_terms (licence);
  const char *terms_url = rp_licence_get (licence, "terms_url");
  const char *url = terms->url != NULL ? terms->url : terms_url;
  g_autofree char *escaped = rp_text_escape (url);
  g_autofree char *name = rp_text_escape (rp_licence_get_name (licence));
  g_autoptr (GString) out = g_string_new (NULL);

  if (!rp_text_is_web_url (url)) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_UNSUPPORTED,
                         _ ("The licence has no address, and this form names it by one"));
    return NULL;
  }
  g_string_append_printf (out, "<p prefix=\"cc: " CC "\"><a rel=\"license\" href=\"%s\">%s</a>.",
                          escaped, name);
  append_owner (out, terms);
  g_string_append (out, "</p>\n");

  return g_strdup (out->str);
}
