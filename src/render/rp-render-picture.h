/* Pictures leave with their rights written into the file (IPTC, XMP, PLUS), so that these stay with
 * them when page and picture part. Any thread; calls wait for each other. */
#pragma once

#include "rp-renderer.h"

G_BEGIN_DECLS

/* Makes a marked copy of the picture in `folder` (*out_copy: its path, the caller's to remove,
 * gives); the file given stays as it is, and no pixel changes. What the file says of itself already
 * stays, unless the editor changed it (job->original tells). JPEG, PNG and WebP; for others,
 * damaged ones, and those with nothing to add *out_copy is NULL. FALSE only when the copy could not
 * be written. */
gboolean rp_render_picture (const RpRenderJob *job,
                            RpMedia *media,
                            const char *path,
                            const char *folder,
                            char **out_copy,
                            GError **error);

G_END_DECLS
