/* The article as HTML: pictures with caption and credit, body, and the lines of the licence around
 * it. Private to render/. */
#pragma once

#include "rp-renderer.h"

G_BEGIN_DECLS

/* Everything but headline and marker; the byline only where the form has no other place for it.
 * Gives. */
char *rp_render_dup_content (const RpRenderJob *job, gboolean with_byline);
/* Where the picture is for the partner's readers: its uploaded copy, else its own address. Lends;
 * NULL when it has none. */
const char *rp_render_get_media_url (const RpRenderJob *job, RpMedia *media);
/* " lang=… dir=…" for the element that holds the content. Gives; "" when the language is unknown.
 */
char *rp_render_dup_language_attributes (const RpRenderJob *job);

G_END_DECLS
