/* schema.org NewsArticle of a rendition. Private to render/. */
#pragma once

#include "rp-renderer.h"

G_BEGIN_DECLS

JsonObject *rp_render_build_jsonld (const RpRenderJob *job); /* gives */
/* As text that is safe inside <script>: no "<" in it. Gives. */
char *rp_render_dup_jsonld_text (const RpRenderJob *job, gboolean pretty);

G_END_DECLS
