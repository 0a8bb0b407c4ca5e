/* libxml2 with safe options: no network, no external entities, bounded entity expansion. Any thread
 * (one document per thread). Documents come back with line breaks and text as they were. */
#pragma once

#include <libxml/tree.h>
#include <libxml/xpath.h>

#include <glib.h>

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlDoc, xmlFreeDoc)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlXPathContext, xmlXPathFreeContext)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlXPathObject, xmlXPathFreeObject)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlBuffer, xmlBufferFree)

/* Parses XML. With `recover`, broken markup gives what could be read and sets *out_broken
 * (optional). Bytes that are valid UTF-8 with multibyte sequences win over a declaration that says
 * otherwise. Gives; NULL with RP_ERROR_UNREADABLE. */
xmlDoc *rp_xml_parse (GBytes *bytes, gboolean recover, gboolean *out_broken, GError **error);

/* Element helpers. Names are local names; `ns` NULL = any namespace. Lend. */
gboolean rp_xml_is (xmlNode *node, const char *ns, const char *name);
xmlNode *rp_xml_child (xmlNode *parent, const char *ns, const char *name);
xmlNode *
rp_xml_next (xmlNode *node, const char *ns, const char *name); /* next sibling of that name */
char *rp_xml_dup_attribute (xmlNode *node, const char *name);  /* trimmed, NULL if empty; gives */
char *rp_xml_dup_text (xmlNode *node); /* all text below, collapsed, NULL if empty; gives */
char *rp_xml_dup_child_text (xmlNode *parent, const char *ns, const char *name); /* gives */

/* As it stands, without a copy; "" for an empty one, NULL when there is none. Lends. */
const char *rp_xml_peek_attribute (const xmlNode *node, const char *name);
/* The next node in document order below `root`, or past `node`'s children when `descend` is FALSE;
 * NULL at the end. Lends. A loop over a tree of any depth without recursion. */
xmlNode *rp_xml_follow (const xmlNode *node, const xmlNode *root, gboolean descend);

/* For readers of their own (xmlTextReader): the parser options of rp_xml_parse. Entities must have
 * been settled first, see rp-xml-entities.h. */
int rp_xml_safe_options (gboolean recover);

G_END_DECLS
