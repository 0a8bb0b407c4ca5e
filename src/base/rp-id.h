/* UUIDv7 (RFC 9562): ids that sort by time and are safe to make on any machine. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *rp_id_new (void); /* gives */
gboolean rp_id_is_valid (const char *text);

G_END_DECLS
