#include "rp-render-ninjs.h"

#include <glib/gi18n-lib.h>

static GBytes *
ninjs_render (const RpRenderJob *job, GError **error)
{
  return rp_render_ninjs (job, RP_NINJS_1);
}

const RpRenderer rp_renderer_ninjs = {
  .id = "ninjs",
  .title = N_ ("News wire item (ninjs 1.6)"),
  .media_type = "application/json",
  .render = ninjs_render,
};
