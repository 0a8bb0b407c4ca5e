/* The words without which no line is a rights statement: a first look that costs little, for every
 * block of a page. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean rp_needles_find (const char *text);

G_END_DECLS
