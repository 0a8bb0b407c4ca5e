/* The article as the content of a post: the headline is the partner's field, so it is not in it. */
#include "rp-marks.h"
#include "rp-render-body.h"
#include "rp-render-jsonld.h"
#include "rp-renderer.h"
#include "rp-text.h"

#include <glib/gi18n-lib.h>

static GBytes *
html_render (const RpRenderJob *job, GError **error)
{
  GString *out = g_string_new (NULL);
  g_autofree char *attributes = rp_render_dup_language_attributes (job);
  g_autofree char *content = rp_render_dup_content (job, TRUE);
  g_autofree char *data = rp_render_dup_jsonld_text (job, FALSE);

  if (job->marker != NULL) {
    g_autofree char *marker = rp_text_escape (job->marker);

    g_string_append_printf (out, "<!-- " RP_MARK_COMMENT "%s -->\n", marker);
  }
  g_string_append_printf (out, "<article%s>\n%s</article>\n", attributes, content);
  g_string_append_printf (out, "<script type=\"application/ld+json\">%s</script>\n", data);

  return g_string_free_to_bytes (out);
}

const RpRenderer rp_renderer_html = {
  .id = "html",
  .title = N_ ("Content of a post"),
  .media_type = "text/html",
  .render = html_render,
};
