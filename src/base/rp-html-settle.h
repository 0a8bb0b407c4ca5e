/* Cleaned HTML in order: blocks beside blocks, lines within them, a paragraph around what is loose.
 * Works on the fresh tree while it grows, from the leaves up; what is empty then goes. A comment
 * node in it marks where a block that lost its tags began or ended. Any thread; of
 * rp-html-clean.c, which alone includes this. */
#pragma once

#include "rp-xml.h"

G_BEGIN_DECLS

/* Each may take the node out of the tree and free it. */
void rp_html_settle_inline (xmlNode *node);
void rp_html_settle_block (xmlNode *block);
/* Paragraphs around loose lines: `always`, or only where there are blocks beside them. */
void rp_html_settle_flow (xmlNode *container, gboolean always);

/* A block that lost its tags begins or ends here. */
void rp_html_mark_break (xmlNode *to);
void rp_html_move_children (xmlNode *from, xmlNode *to);
void rp_html_remove (xmlNode *node); /* frees it */

G_END_DECLS
