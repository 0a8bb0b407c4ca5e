/* A picture of a web page. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Blocks, at most half a minute. Scripts do not run and nothing is kept. FALSE with an error that
 * says what is missing. */
gboolean rp_camera_page (const char *url, const char *path, GError **error);

G_END_DECLS
