/* The XML of news agencies: what kind it is, several documents in one file, and looking things up
 * in a tree whose namespaces are missing and whose case is not always the standard's. Any thread.
 */
#pragma once

#include "rp-importer.h"
#include "rp-xml.h"

G_BEGIN_DECLS

/* How surely the source is XML with one of the root elements (lower case, NULL-terminated):
 * certain by the root itself, likely when one of them stands further below. */
RpMatch rp_wire_match (const RpSource *source, const char *const *roots);

/* FALSE = the receiver has had enough. */
typedef gboolean (*RpWireReader) (xmlNode *root, const RpSource *source, RpImportSink *sink);

/* Parses each document of the source, as leniently as it takes, and hands on its root. Damage and
 * wrong declarations become remarks. */
gboolean
rp_wire_each_root (const RpSource *source, RpImportSink *sink, RpWireReader reader, GError **error);

/* Names are compared without case and prefix. Lend. */
gboolean rp_wire_is (const xmlNode *node, const char *name);
xmlNode *rp_wire_child (xmlNode *parent, const char *name);
xmlNode *rp_wire_next (xmlNode *node, const char *name);
/* "NewsManagement/Status": child by child, the first of each. */
xmlNode *rp_wire_at (xmlNode *parent, const char *path);
/* The first of that name below `root` after `after` (NULL = from the start), in document order. */
xmlNode *rp_wire_find (xmlNode *root, xmlNode *after, const char *name);
xmlNode *rp_wire_ancestor (xmlNode *node, const char *name);

/* Give; NULL when empty. */
char *rp_wire_dup_attribute (const xmlNode *node, const char *name);
char *rp_wire_dup_at (xmlNode *parent, const char *path); /* the text there, collapsed */
/* An attribute of the element at a path. */
char *rp_wire_dup_attribute_at (xmlNode *parent, const char *path, const char *attribute);

G_END_DECLS
