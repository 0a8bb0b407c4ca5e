/* Small steps for forms that are XML, written as a libxml2 tree. Private to render/. */
#pragma once

#include "rp-xml.h"

G_BEGIN_DECLS

/* A document with this root; `ns` is its namespace and the default one. Lends the root, which goes
 * with its document. */
xmlNode *rp_render_xml_new (const char *name, const char *ns, xmlDoc **out_doc);
/* Declares another namespace at the root. Lends. */
xmlNs *rp_render_xml_declare (xmlNode *root, const char *ns, const char *prefix);

/* A child in the parent's namespace, or in `ns`. Characters that XML cannot hold are left out.
 * `text` NULL = an empty element. Lends. */
xmlNode *rp_render_xml_add (xmlNode *parent, const char *name, const char *text);
xmlNode *rp_render_xml_add_ns (xmlNode *parent, xmlNs *ns, const char *name, const char *text);
/* The same, but nothing at all when the text is NULL or empty; then NULL. Lends. */
xmlNode *rp_render_xml_put (xmlNode *parent, const char *name, const char *text);
xmlNode *rp_render_xml_put_ns (xmlNode *parent, xmlNs *ns, const char *name, const char *text);
/* NULL and empty values are left out. */
void rp_render_xml_set (xmlNode *node, const char *attribute, const char *value);
void rp_render_xml_set_language (xmlNode *node, const char *language);
/* HTML as children of `parent`, in the namespace `ns` of XHTML. */
void rp_render_xml_add_html (xmlNode *parent, xmlNs *ns, const char *html);

/* Over trees of HTML. `names` ends on NULL. */
gboolean rp_render_xml_is_among (const xmlNode *node, const char *const *names);
gboolean rp_render_xml_is_block (const xmlNode *node); /* a paragraph of its own, or more */
/* The first element of that name, `root` itself included; NULL when there is none. Lends. */
xmlNode *rp_render_xml_find (xmlNode *root, const char *name);

GBytes *rp_render_xml_to_bytes (xmlDoc *doc); /* gives */

G_END_DECLS
