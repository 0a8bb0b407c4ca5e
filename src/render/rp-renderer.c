#include "rp-renderer.h"

#include "rp-error.h"

#include <glib/gi18n-lib.h>

const RpRenderer *
rp_renderer_find (const char *id, GError **error)
{
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; rp_renderers[i] != NULL; i++)
    if (g_str_equal (rp_renderers[i]->id, id))
      return rp_renderers[i];

  g_set_error (error, RP_ERROR, RP_ERROR_UNSUPPORTED, _ ("There is no rendition called “%s”"), id);

  return NULL;
}
