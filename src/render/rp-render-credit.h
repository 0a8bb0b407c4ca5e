/* The lines that a licence demands, as HTML: byline, credit, prescribed lines, note of changes,
 * page counter. Private to render/. */
#pragma once

#include "rp-renderer.h"

G_BEGIN_DECLS

gboolean rp_render_wants_credit_on_top (const RpRenderJob *job);
/* Names the authors where the licence demands it and the credit line does not do so already. */
void rp_render_append_byline (GString *out, const RpRenderJob *job);
void rp_render_append_credit (GString *out, const RpRenderJob *job);
/* Prescribed lines, note of changes, page counter: what always stands at the end. */
void rp_render_append_ending (GString *out, const RpRenderJob *job);
/* The credit line without markup, NULL when there is none. Gives. */
char *rp_render_dup_credit_text (const RpRenderJob *job);
/* "Quay News": who is named as the source. NULL when unknown. Gives. */
char *rp_render_dup_source (const RpRenderJob *job);
/* Who grants the licence, as it says or as the source stated; NULL when unknown. Gives. */
char *rp_render_dup_licensor (const RpRenderJob *job);
const char *rp_render_get_original_url (const RpRenderJob *job); /* NULL when unknown; lends */
const RpTerms *rp_render_get_terms (const RpRenderJob *job);     /* NULL without a licence; lends */
gboolean rp_render_is_tdm_reserved (const RpRenderJob *job);

G_END_DECLS
