#include "rp-render-ninjs.h"

#include <glib/gi18n-lib.h>

static GBytes *
ninjs_2_render (const RpRenderJob *job, GError **error)
{
  return rp_render_ninjs (job, RP_NINJS_2);
}

const RpRenderer rp_renderer_ninjs_2 = {
  .id = "ninjs-2",
  .title = N_ ("News wire item (ninjs 2.2)"),
  .media_type = "application/json",
  .render = ninjs_2_render,
};
