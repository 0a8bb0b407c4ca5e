#include "rp-import-feed-element.h"

#include <string.h>

#include "rp-html.h"
#include "rp-import-fields.h"
#include "rp-text.h"

#define ATOM "http://www.w3.org/2005/Atom"
#define ATOM_03 "http://purl.org/atom/ns#"

static const char *
ns_of (const xmlNode *node)
{
  return node->ns != NULL && node->ns->href != NULL ? (const char *) node->ns->href : "";
}

gboolean
rp_feed_is_ns (const xmlNode *node, const char *ns)
{
  return g_str_has_prefix (ns_of (node), ns);
}

gboolean
rp_feed_is_atom (const xmlNode *node)
{
  return rp_feed_is_ns (node, ATOM) || rp_feed_is_ns (node, ATOM_03);
}

gboolean
rp_feed_is_own (const xmlNode *node)
{
  return rp_feed_is_atom (node) || *ns_of (node) == '\0' ||
         rp_feed_is_ns (node, "http://purl.org/rss/") ||
         rp_feed_is_ns (node, "http://purl.org/net/rss1.1") ||
         rp_feed_is_ns (node, "http://my.netscape.com/") ||
         rp_feed_is_ns (node, "http://backend.userland.com/rss");
}

void
rp_feed_mend_name (xmlNode *node)
{
  static const struct {
    const char *prefix;
    const char *ns;
  } usual[] = {
    {"dc:", "http://purl.org/dc/elements/1.1/"},
    {"dcterms:", "http://purl.org/dc/terms/"},
    {"content:", "http://purl.org/rss/1.0/modules/content/"},
    {"media:", RP_FEED_MEDIA "/"},
    {"itunes:", "http://www.itunes.com/dtds/podcast-1.0.dtd"},
    {"atom:", ATOM},
    {"cc:", "http://web.resource.org/cc/"},
    {"creativeCommons:", "http://backend.userland.com/creativeCommonsRssModule"},
    {"feedburner:", "http://rssnamespace.org/feedburner/ext/1.0"},
    {"rsl:", RP_FEED_RSL},
  };
  const char *name = (const char *) node->name;

  if (node->ns != NULL || node->type != XML_ELEMENT_NODE)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (usual); i++) {
    if (g_str_has_prefix (name, usual[i].prefix)) {
      g_autofree char *local = g_strdup (name + strlen (usual[i].prefix));

      xmlSetNs (node, xmlNewNs (node, (const xmlChar *) usual[i].ns, NULL));
      xmlNodeSetName (node, (const xmlChar *) local);
      return;
    }
  }
  if (g_ascii_isupper (name[0]) && g_ascii_isupper (name[1])) {
    g_autofree char *lower = g_ascii_strdown (name, -1);

    xmlNodeSetName (node, (const xmlChar *) lower);
  }
}

char *
rp_feed_dup_plain (xmlNode *node)
{
  g_autofree char *text = rp_xml_dup_text (node);

  return rp_fields_dup_plain (text);
}

char *
rp_feed_dup_base (xmlNode *node, const char *base)
{
  g_autofree char *outer = node->parent != NULL && node->parent->type == XML_ELEMENT_NODE
                             ? rp_feed_dup_base (node->parent, base)
                             : g_strdup (base);
  xmlChar *stated = xmlGetNsProp (node, (const xmlChar *) "base", XML_XML_NAMESPACE);
  char *resolved;

  if (stated == NULL)
    return g_steal_pointer (&outer);
  resolved = rp_text_resolve_url (outer, (const char *) stated);
  xmlFree (stated);

  return resolved != NULL ? resolved : g_steal_pointer (&outer);
}

/* Atom 0.3 says it by mode, Atom 1.0 by a media type that is neither text nor XML. Gives HTML; NULL
 * when it is something else. */
static char *
dup_base64 (xmlNode *node, const char *type, const char *mode)
{
  gboolean binary = type != NULL && strchr (type, '/') != NULL &&
                    !g_str_has_prefix (type, "text/") && strstr (type, "xml") == NULL;
  xmlChar *text;
  guchar *decoded;
  gsize size;
  char *html = NULL;

  if (g_strcmp0 (mode, "base64") != 0 && !(rp_feed_is_atom (node) && mode == NULL && binary))
    return NULL;
  text = xmlNodeGetContent (node);
  decoded = g_base64_decode ((const char *) text, &size);
  xmlFree (text);
  if (g_utf8_validate ((const char *) decoded, (gssize) size, NULL))
    html = g_strndup ((const char *) decoded, size);
  g_free (decoded);

  return html;
}

/* Atom text: xhtml holds elements, html holds escaped markup, text holds text. Gives HTML. */
char *
rp_feed_dup_html (xmlNode *node)
{
  const char *type = rp_xml_peek_attribute (node, "type");
  const char *mode = rp_xml_peek_attribute (node, "mode");
  xmlNode *div = rp_xml_child (node, NULL, "div");
  xmlChar *text;
  char *html = dup_base64 (node, type, mode);

  if (html != NULL)
    return html;
  if ((type != NULL &&
       (strcmp (type, "xhtml") == 0 || strcmp (type, "application/xhtml+xml") == 0)) ||
      (div != NULL && g_strcmp0 (mode, "escaped") != 0))
    return rp_html_serialise (div != NULL ? div : node);
  text = xmlNodeGetContent (node);
  if (rp_feed_is_atom (node) && g_strcmp0 (mode, "escaped") != 0 &&
      (type == NULL || strcmp (type, "text") == 0 || strcmp (type, "text/plain") == 0))
    html = rp_text_escape ((const char *) text);
  else
    html = g_strdup ((const char *) text);
  xmlFree (text);

  return html;
}

char *
rp_feed_dup_licence (xmlNode *node)
{
  g_autofree char *resource = rp_xml_dup_attribute (node, "resource");

  return resource != NULL ? g_steal_pointer (&resource) : rp_xml_dup_text (node);
}

gboolean
rp_feed_is_licence (xmlNode *node)
{
  return (rp_xml_is (node, NULL, "license") || rp_xml_is (node, NULL, "licence")) &&
         !rp_feed_is_ns (node, RP_FEED_RSL) && !rp_feed_is_own (node);
}

gboolean
rp_feed_is_link_to (xmlNode *node, const char *rel)
{
  const char *stated = rp_xml_peek_attribute (node, "rel");

  return rp_xml_is (node, NULL, "link") && rp_xml_peek_attribute (node, "href") != NULL &&
         g_strcmp0 (stated != NULL ? stated : "alternate", rel) == 0;
}
