/* What an empty list teaches: why nothing is in this place, and how something gets there. Main
 * thread. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* `state` is the place on the desk; NULL = a source or a search that was saved. */
void rp_list_lessons_show (AdwStatusPage *page, const char *state, gboolean searching);

G_END_DECLS
