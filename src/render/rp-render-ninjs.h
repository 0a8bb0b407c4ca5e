/* IPTC ninjs in its three generations: one item, whose members differ in name and shape. Strictly
 * by the schemas: what they do not know is not in it. Private to render/. */
#pragma once

#include "rp-renderer.h"

G_BEGIN_DECLS

typedef enum {
  RP_NINJS_1, /* 1.6 */
  RP_NINJS_2, /* 2.2 */
  RP_NINJS_3, /* 3.1 */
} RpNinjsGeneration;

GBytes *rp_render_ninjs (const RpRenderJob *job, RpNinjsGeneration generation); /* gives */

G_END_DECLS
