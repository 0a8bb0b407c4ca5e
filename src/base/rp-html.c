#include "rp-html.h"

#include <string.h>

#include <libxml/HTMLparser.h>
#include <libxml/HTMLtree.h>
#include <libxml/SAX2.h>

#include <glib/gi18n-lib.h>

#include "rp-charset.h"
#include "rp-error.h"
#include "rp-html-quick.h"
#include "rp-html-tame.h"
#include "rp-text.h"

/* Deeper elements lose their tags, not their text: trees can be walked by recursion. */
#define DEPTH_LIMIT 200
#define OPTIONS                                                                                    \
  (HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |             \
   HTML_PARSE_IGNORE_ENC | HTML_PARSE_COMPACT)

/* Serialised with an end tag always, but for these. */
static const char *const void_elements[] = {"br", "hr", "img", "col", "wbr", "source", NULL};

typedef struct {
  guint depth;
  guint skipped;
} Bounds;

static void
start_element (void *data, const xmlChar *name, const xmlChar **attributes)
{
  Bounds *bounds = ((xmlParserCtxt *) data)->_private;

  if (bounds->skipped > 0 || bounds->depth >= DEPTH_LIMIT) {
    bounds->skipped++;
  } else {
    bounds->depth++;
    xmlSAX2StartElement (data, name, attributes);
  }
}

static void
end_element (void *data, const xmlChar *name)
{
  Bounds *bounds = ((xmlParserCtxt *) data)->_private;

  if (bounds->skipped > 0) {
    bounds->skipped--;
  } else {
    bounds->depth--;
    xmlSAX2EndElement (data, name);
  }
}

static xmlDoc *
read_utf8 (const char *text, gsize size)
{
  htmlParserCtxt *context = htmlNewParserCtxt ();
  Bounds bounds = {0};
  xmlDoc *doc;

  context->_private = &bounds;
  context->sax->startElement = start_element;
  context->sax->endElement = end_element;
  doc = htmlCtxtReadMemory (context, text, (int) size, NULL, "UTF-8", OPTIONS);
  htmlFreeParserCtxt (context);

  return doc;
}

static void
move_into (xmlNode *node, xmlNode *body)
{
  xmlUnlinkNode (node);
  if (!rp_xml_is (node, NULL, "html") && !rp_xml_is (node, NULL, "body")) {
    xmlAddChild (body, node);
    return;
  }
  while (node->children != NULL)
    move_into (node->children, body);
  xmlFreeNode (node);
}

/* Pages end too early, </body></html> in the middle, and go on: what follows belongs to the body.
 */
static void
gather_strays (xmlDoc *doc)
{
  xmlNode *root = xmlDocGetRootElement (doc);
  xmlNode *body = rp_xml_child (root, NULL, "body");

  if (body == NULL)
    return;
  while (body->next != NULL)
    move_into (body->next, body);
  for (xmlNode *node = root->next, *next; node != NULL; node = next) {
    next = node->next;
    if (node->type == XML_ELEMENT_NODE || node->type == XML_TEXT_NODE)
      move_into (node, body);
  }
}

static xmlDoc *
read_any (const char *text, gsize size)
{
  g_autofree char *tamed = NULL;
  xmlDoc *doc;

  if (size == 0 || size > G_MAXINT / 2)
    return NULL;
  if (rp_html_is_wild (text, size)) {
    tamed = rp_html_tame (text, size, &size);
    text = tamed;
  }
  doc = read_utf8 (text, size);
  if (doc != NULL)
    gather_strays (doc);
  return doc;
}

xmlDoc *
rp_html_parse (GBytes *bytes, const char *charset, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (xmlDoc) doc = NULL;
  gsize size;

  g_return_val_if_fail (bytes != NULL, NULL);

  text = rp_charset_to_utf8 (bytes, charset, &size, NULL);
  doc = read_any (text, size);
  if (doc == NULL || xmlDocGetRootElement (doc) == NULL) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_UNREADABLE,
                         _ ("The page is empty or is not HTML that can be read."));
    return NULL;
  }

  return g_steal_pointer (&doc);
}

xmlNode *
rp_html_get_body (xmlDoc *doc)
{
  xmlNode *root = doc != NULL ? xmlDocGetRootElement (doc) : NULL;

  if (root == NULL || rp_xml_is (root, NULL, "body"))
    return root;
  return rp_xml_child (root, NULL, "body");
}

static xmlDoc *
make_empty_body (void)
{
  xmlDoc *doc = htmlNewDocNoDtD (NULL, NULL);

  xmlDocSetRootElement (doc, xmlNewDocNode (doc, NULL, (const xmlChar *) "body", NULL));
  return doc;
}

xmlDoc *
rp_html_parse_fragment (const char *html)
{
  g_autofree char *valid = NULL;
  g_autofree char *page = NULL;
  g_autoptr (xmlDoc) doc = NULL;
  xmlNode *body;
  xmlNode *root;

  if (html == NULL || *html == '\0')
    return make_empty_body ();
  if (!rp_text_is_utf8 (html, strlen (html)))
    html = valid = g_utf8_make_valid (html, -1);
  doc = rp_html_read_quickly (html);
  if (doc != NULL)
    return g_steal_pointer (&doc);

  page = g_strconcat ("<html><body>", html, "</body></html>", NULL);
  doc = read_any (page, strlen (page));
  body = rp_html_get_body (doc);
  if (body == NULL)
    return make_empty_body ();
  root = xmlDocGetRootElement (doc);
  if (root != body) {
    xmlUnlinkNode (body);
    xmlDocSetRootElement (doc, body);
    xmlFreeNode (root);
  }

  return g_steal_pointer (&doc);
}

static gboolean
is_letter_or_space (guchar c)
{
  return c == ' ' || (c >= '?' && c < 0x7F);
}

/* Escapes for text and attribute values, and leaves out what XML does not allow. */
static void
append_escaped (GString *out, const char *text, gboolean in_attribute)
{
  const char *from = text;
  const char *at = text;

  for (; *at != '\0'; at++) {
    const char *entity = NULL;
    guchar c = (guchar) *at;

    if (is_letter_or_space (c))
      continue;
    if (c == '&')
      entity = "&amp;";
    else if (c == '<')
      entity = "&lt;";
    else if (c == '>')
      entity = "&gt;";
    else if (c == '"' && in_attribute)
      entity = "&quot;";
    else if ((c < 0x20 && c != '\t' && c != '\n') || c == 0x7F)
      entity = "";
    else if (c == 0xEF && (guchar) at[1] == 0xBF && (guchar) at[2] >= 0xBE)
      entity = "";
    if (entity == NULL)
      continue;
    g_string_append_len (out, from, at - from);
    g_string_append (out, entity);
    if (c == 0xEF)
      at += 2;
    from = at + 1;
  }
  g_string_append_len (out, from, at - from);
}

static void
append_start_tag (GString *out, const xmlNode *node, gboolean is_void)
{
  g_string_append_c (out, '<');
  g_string_append (out, (const char *) node->name);
  for (const xmlAttr *attribute = node->properties; attribute != NULL;
       attribute = attribute->next) {
    const xmlNode *value = attribute->children;

    g_string_append_c (out, ' ');
    g_string_append (out, (const char *) attribute->name);
    g_string_append (out, "=\"");
    if (value != NULL && value->content != NULL)
      append_escaped (out, (const char *) value->content, TRUE);
    g_string_append_c (out, '"');
  }
  g_string_append (out, is_void ? " />" : ">");
}

static gboolean
is_name (const xmlChar *name)
{
  const char *at = (const char *) name;

  while (g_ascii_isalpha (*at))
    at++;
  return (*at == '\0' && at > (const char *) name) || xmlValidateNCName (name, 0) == 0;
}

/* Names that came through a lenient parser but that XML has no word for. */
static gboolean
is_sound_name (const xmlNode *node)
{
  if (!is_name (node->name))
    return FALSE;
  for (const xmlAttr *attribute = node->properties; attribute != NULL;
       attribute = attribute->next) {
    if (!is_name (attribute->name))
      return FALSE;
  }
  return TRUE;
}

static void
append_children (GString *out, const xmlNode *parent)
{
  for (const xmlNode *node = parent->children; node != NULL; node = node->next) {
    if ((node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) &&
        node->content != NULL) {
      append_escaped (out, (const char *) node->content, FALSE);
    } else if (node->type == XML_ELEMENT_NODE) {
      gboolean is_void = g_strv_contains (void_elements, (const char *) node->name);
      gboolean sound = is_sound_name (node);

      if (sound)
        append_start_tag (out, node, is_void);
      append_children (out, node);
      if (sound && !is_void) {
        g_string_append (out, "</");
        g_string_append (out, (const char *) node->name);
        g_string_append_c (out, '>');
      }
    }
  }
}

char *
rp_html_serialise (xmlNode *parent)
{
  GString *out = g_string_new (NULL);

  if (parent != NULL)
    append_children (out, parent);

  return g_string_free (out, FALSE);
}
