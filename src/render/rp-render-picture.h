/* Pictures leave with their rights written into the file (IPTC, XMP, PLUS), so that these stay with
 * them when page and picture part. Any thread; calls wait for each other. */
#pragma once

#include "rp-renderer.h"

G_BEGIN_DECLS

/* A copy of the picture; the one given stays as it is, and no pixel changes. What the file says of
 * itself already stays, unless the editor changed it (job->original tells). JPEG, PNG and WebP;
 * others, damaged ones, and those with nothing to add come back unchanged. Gives; NULL only when
 * the copy could not be written. */
GBytes *rp_render_picture (const RpRenderJob *job, RpMedia *media, GBytes *bytes, GError **error);

G_END_DECLS
