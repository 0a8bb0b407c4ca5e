#include "rp-xml.h"

#include <string.h>

#include <libxml/parser.h>

#include <glib/gi18n-lib.h>

#include "rp-charset.h"
#include "rp-error.h"
#include "rp-text.h"
#include "rp-xml-entities.h"

/* libxml2 sets itself up at its first use, and must not be first used by two threads at once: so
 * before main, where there is one thread. All who read XML or HTML link this file. */
__attribute__ ((constructor)) static void
set_up (void)
{
  xmlInitParser ();
}

/* Entities are settled before (rp-xml-entities.h). No XML_PARSE_HUGE: libxml2's own bounds on depth
 * and size stay on. */
int
rp_xml_safe_options (gboolean recover)
{
  return XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
         (recover ? XML_PARSE_RECOVER : 0);
}

xmlNode *
rp_xml_follow (const xmlNode *node, const xmlNode *root, gboolean descend)
{
  if (descend && node->type == XML_ELEMENT_NODE && node->children != NULL)
    return node->children;
  while (node != NULL && node != root) {
    if (node->next != NULL)
      return node->next;
    node = node->parent;
  }
  return NULL;
}

/* The declaration names an encoding that the text no longer has: parse as UTF-8 whatever it says.
 */
static xmlDoc *
parse_text (const char *text, gsize size, gboolean recover, gboolean *out_well_formed)
{
  xmlParserCtxt *context = xmlNewParserCtxt ();
  xmlDoc *doc;

  doc = xmlCtxtReadMemory (context, text, (int) size, NULL, "UTF-8", rp_xml_safe_options (recover));
  *out_well_formed = doc != NULL && context->wellFormed;
  xmlFreeParserCtxt (context);

  return doc;
}

xmlDoc *
rp_xml_parse (GBytes *bytes, gboolean recover, gboolean *out_broken, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (xmlDoc) doc = NULL;
  const char *start;
  gboolean well_formed = FALSE;
  gsize size;

  g_return_val_if_fail (bytes != NULL, NULL);

  text = rp_charset_to_utf8 (bytes, NULL, &size, NULL);
  text = rp_xml_settle_entities (g_steal_pointer (&text), &size);
  start = text + strspn (text, " \t\r\n");
  size -= (gsize) (start - text);
  if (size > 0 && size <= G_MAXINT)
    doc = parse_text (start, size, recover, &well_formed);

  if (out_broken != NULL)
    *out_broken = !well_formed;
  if (doc == NULL || xmlDocGetRootElement (doc) == NULL) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_UNREADABLE,
                         size == 0
                           ? _ ("The file is empty.")
                           : _ ("The file is not XML that can be read; it may be damaged."));
    return NULL;
  }

  return g_steal_pointer (&doc);
}

gboolean
rp_xml_is (xmlNode *node, const char *ns, const char *name)
{
  if (node == NULL || node->type != XML_ELEMENT_NODE ||
      strcmp ((const char *) node->name, name) != 0)
    return FALSE;
  if (ns == NULL)
    return TRUE;
  return node->ns != NULL && g_strcmp0 ((const char *) node->ns->href, ns) == 0;
}

static xmlNode *
seek (xmlNode *node, const char *ns, const char *name)
{
  while (node != NULL && !rp_xml_is (node, ns, name))
    node = node->next;
  return node;
}

xmlNode *
rp_xml_child (xmlNode *parent, const char *ns, const char *name)
{
  return parent != NULL && parent->type == XML_ELEMENT_NODE ? seek (parent->children, ns, name)
                                                            : NULL;
}

xmlNode *
rp_xml_next (xmlNode *node, const char *ns, const char *name)
{
  return node != NULL ? seek (node->next, ns, name) : NULL;
}

const char *
rp_xml_peek_attribute (const xmlNode *node, const char *name)
{
  if (node == NULL || node->type != XML_ELEMENT_NODE)
    return NULL;
  for (const xmlAttr *attribute = node->properties; attribute != NULL;
       attribute = attribute->next) {
    if (strcmp ((const char *) attribute->name, name) == 0) {
      const xmlNode *value = attribute->children;

      if (value == NULL)
        return "";
      return value->type == XML_TEXT_NODE && value->content != NULL ? (const char *) value->content
                                                                    : "";
    }
  }
  return NULL;
}

char *
rp_xml_dup_attribute (xmlNode *node, const char *name)
{
  const char *value = rp_xml_peek_attribute (node, name);
  char *trimmed;

  if (value == NULL)
    return NULL;
  trimmed = g_strstrip (g_strdup (value));
  if (*trimmed == '\0')
    g_clear_pointer (&trimmed, g_free);
  return trimmed;
}

char *
rp_xml_dup_text (xmlNode *root)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (const xmlNode *node = root; node != NULL; node = rp_xml_follow (node, root, TRUE)) {
    if ((node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) &&
        node->content != NULL)
      g_string_append (text, (const char *) node->content);
  }
  return rp_text_clean (text->str);
}

char *
rp_xml_dup_child_text (xmlNode *parent, const char *ns, const char *name)
{
  xmlNode *child = rp_xml_child (parent, ns, name);

  return child != NULL ? rp_xml_dup_text (child) : NULL;
}
