/* The bar for finding and replacing: what to look for, what to put in its place. It finds nothing
 * itself: its owner does, in the text or in the HTML source, and says how many there are. Main
 * thread.
 *
 * Signals: "find" () the words or "Match Case" have changed; "step" (int by) to the next or the one
 * before; "replace" (gboolean all); "closed" (). */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RP_TYPE_FIND_BAR (rp_find_bar_get_type ())
G_DECLARE_FINAL_TYPE (RpFindBar, rp_find_bar, RP, FIND_BAR, AdwBin)

void rp_find_bar_open (RpFindBar *self, gboolean with_replace);
gboolean rp_find_bar_is_open (RpFindBar *self);
const char *rp_find_bar_get_words (RpFindBar *self);       /* lends */
const char *rp_find_bar_get_replacement (RpFindBar *self); /* lends */
gboolean rp_find_bar_get_match_case (RpFindBar *self);
/* There are `count`, the `at`th is chosen, 0 = none. */
void rp_find_bar_show_count (RpFindBar *self, guint at, guint count);
void rp_find_bar_set_can_replace (RpFindBar *self, gboolean can);

G_END_DECLS
