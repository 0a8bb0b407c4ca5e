#include "rp-render-jsonld.h"
#include "rp-renderer.h"

#include <glib/gi18n-lib.h>

#include <string.h>

static GBytes *
jsonld_render (const RpRenderJob *job, GError **error)
{
  char *text = rp_render_dup_jsonld_text (job, TRUE);

  return g_bytes_new_take (text, strlen (text));
}

const RpRenderer rp_renderer_jsonld = {
  .id = "jsonld",
  .title = N_ ("schema.org metadata"),
  .media_type = "application/ld+json",
  .render = jsonld_render,
};
