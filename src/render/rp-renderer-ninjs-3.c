#include "rp-render-ninjs.h"

#include <glib/gi18n-lib.h>

static GBytes *
ninjs_3_render (const RpRenderJob *job, GError **error)
{
  return rp_render_ninjs (job, RP_NINJS_3);
}

const RpRenderer rp_renderer_ninjs_3 = {
  .id = "ninjs-3",
  .title = N_ ("News wire item (ninjs 3.1)"),
  .media_type = "application/json",
  .render = ninjs_3_render,
};
