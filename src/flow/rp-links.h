/* Links that an edited text has lost. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Puts each link of `original` that `edited` lacks back around the same words. NULL when the words
 * of one of them are gone, too. HTML; gives. */
char *rp_links_restore (const char *original, const char *edited);

G_END_DECLS
