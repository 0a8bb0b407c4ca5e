/* HTML in the words of NITF: paragraphs, subheads, lists, tables, quotes, and pictures as media
 * with caption and producer. Private to render/. */
#pragma once

#include "rp-renderer.h"
#include "rp-xml.h"

G_BEGIN_DECLS

/* The content of a rendition (rp_render_dup_content) as children of <body.content>. */
void rp_render_nitf_body (const RpRenderJob *job, const char *html, xmlNode *content);

G_END_DECLS
