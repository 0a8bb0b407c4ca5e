/* The text of a wire item as HTML, whatever it was sent as: NITF, XHTML, HTML kept as text (escaped
 * or in CDATA), a whole document within a document, or plain lines. The result is not clean yet:
 * rp_lift_body comes next. Any thread. */
#pragma once

#include "rp-xml.h"

G_BEGIN_DECLS

/* What is in `content`; `base_url` resolves the pictures of NITF. NULL when there is nothing.
 * Gives.
 */
char *rp_wire_content_to_html (xmlNode *content, const char *base_url);
/* Plain lines, mostly broken at a fixed width: paragraphs are told by blank lines and indents.
 * Gives.
 */
char *rp_wire_lines_to_html (const char *text);

/* The picture of a NITF <media> element that is best for print or web: its media-reference. Lends,
 * NULL when the element holds no picture. */
xmlNode *rp_wire_find_reference (xmlNode *media);
/* Its caption. Gives, NULL = none. */
char *rp_wire_dup_caption (xmlNode *media);

G_END_DECLS
