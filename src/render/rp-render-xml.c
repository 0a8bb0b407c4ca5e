#include "rp-render-xml.h"

#include "rp-html.h"
#include "rp-text.h"

#include <string.h>

xmlNode *
rp_render_xml_new (const char *name, const char *ns, xmlDoc **out_doc)
{
  xmlDoc *doc = xmlNewDoc (BAD_CAST "1.0");
  xmlNode *root = xmlNewDocNode (doc, NULL, BAD_CAST name, NULL);

  if (ns != NULL)
    xmlSetNs (root, xmlNewNs (root, BAD_CAST ns, NULL));
  xmlDocSetRootElement (doc, root);
  *out_doc = doc;

  return root;
}

xmlNs *
rp_render_xml_declare (xmlNode *root, const char *ns, const char *prefix)
{
  return xmlNewNs (root, BAD_CAST ns, BAD_CAST prefix);
}

/* What XML 1.0 calls a character. */
static gboolean
is_xml_char (gunichar c)
{
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0xD7FF) ||
         (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
}

static char *
dup_xml_text (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_sized_new (strlen (valid));

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    if (is_xml_char (g_utf8_get_char (at)))
      g_string_append_len (out, at, g_utf8_next_char (at) - at);

  return g_string_free (out, FALSE);
}

xmlNode *
rp_render_xml_add_ns (xmlNode *parent, xmlNs *ns, const char *name, const char *text)
{
  g_autofree char *clean = text != NULL ? dup_xml_text (text) : NULL;

  return xmlNewTextChild (parent, ns, BAD_CAST name, BAD_CAST clean);
}

xmlNode *
rp_render_xml_add (xmlNode *parent, const char *name, const char *text)
{
  return rp_render_xml_add_ns (parent, NULL, name, text);
}

xmlNode *
rp_render_xml_put_ns (xmlNode *parent, xmlNs *ns, const char *name, const char *text)
{
  return rp_text_is_empty (text) ? NULL : rp_render_xml_add_ns (parent, ns, name, text);
}

xmlNode *
rp_render_xml_put (xmlNode *parent, const char *name, const char *text)
{
  return rp_render_xml_put_ns (parent, NULL, name, text);
}

void
rp_render_xml_set (xmlNode *node, const char *attribute, const char *value)
{
  g_autofree char *clean = NULL;

  if (rp_text_is_empty (value))
    return;
  clean = dup_xml_text (value);
  xmlNewProp (node, BAD_CAST attribute, BAD_CAST clean);
}

void
rp_render_xml_set_language (xmlNode *node, const char *language)
{
  if (!rp_text_is_empty (language))
    xmlNodeSetLang (node, BAD_CAST language);
}

static void
set_namespace (xmlNode *root, xmlNs *ns)
{
  for (xmlNode *node = root; node != NULL; node = rp_xml_follow (node, root, TRUE))
    if (node->type == XML_ELEMENT_NODE)
      xmlSetNs (node, ns);
}

void
rp_render_xml_add_html (xmlNode *parent, xmlNs *ns, const char *html)
{
  g_autoptr (xmlDoc) doc = rp_html_parse_fragment (html);
  xmlNode *body = rp_html_get_body (doc);

  for (xmlNode *node = body->children; node != NULL; node = node->next) {
    xmlNode *copy = xmlDocCopyNode (node, parent->doc, 1);

    if (copy == NULL)
      continue;
    set_namespace (copy, ns);
    xmlAddChild (parent, copy);
  }
}

gboolean
rp_render_xml_is_among (const xmlNode *node, const char *const *names)
{
  return node->type == XML_ELEMENT_NODE && rp_text_is_among (names, (const char *) node->name);
}

gboolean
rp_render_xml_is_block (const xmlNode *node)
{
  static const char *const blocks[] = {
    "p",     "h1",  "h2",         "h3",      "h4",      "h5",      "h6",         "ul",
    "ol",    "dl",  "blockquote", "pre",     "hr",      "figure",  "table",      "div",
    "aside", "nav", "section",    "article", "header",  "footer",  "main",       "address",
    "li",    "dt",  "dd",         "details", "summary", "caption", "figcaption", NULL};

  return rp_render_xml_is_among (node, blocks);
}

xmlNode *
rp_render_xml_find (xmlNode *root, const char *name)
{
  for (xmlNode *node = root; node != NULL; node = rp_xml_follow (node, root, TRUE))
    if (rp_xml_is (node, NULL, name))
      return node;

  return NULL;
}

GBytes *
rp_render_xml_to_bytes (xmlDoc *doc)
{
  xmlChar *text = NULL;
  int size = 0;
  GBytes *bytes;

  xmlDocDumpMemoryEnc (doc, &text, &size, "UTF-8");
  bytes = g_bytes_new (text, (gsize) size);
  xmlFree (text);

  return bytes;
}
