/* The terms of the article's licence for machines, as RSL. */
#include "rp-error.h"
#include "rp-licence-rsl.h"
#include "rp-render-rights.h"
#include "rp-renderer.h"

#include <glib/gi18n-lib.h>

#include <string.h>

static GBytes *
rsl_render (const RpRenderJob *job, GError **error)
{
  g_autoptr (RpRenderRights) rights = rp_render_rights_new (job);
  g_autoptr (RpLicence) licence =
    job->licence != NULL ? rp_render_narrow_licence (job, rights) : NULL;
  char *text = licence != NULL ? rp_licence_to_rsl (licence, rights->original_url) : NULL;

  if (text == NULL) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_UNSUPPORTED,
                         _ ("The article's licence says nothing about use by machines, so there "
                            "are no terms to write for them"));
    return NULL;
  }

  return g_bytes_new_take (text, strlen (text));
}

const RpRenderer rp_renderer_rsl = {
  .id = "rsl",
  .title = N_ ("RSL terms for machines"),
  .media_type = "application/rsl+xml",
  .render = rsl_render,
};
