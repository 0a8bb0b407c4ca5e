/* Over an article: what others at the desk do with it, and whether the desk can be reached at all,
 * in one sentence, with the button that does something about it. Hidden while there is nothing to
 * say. Follows by itself. Main thread.
 *
 * Signals: "take-over" (): this window is to edit it; "compare" (): what was typed here and what
 * somebody else has changed are to be looked at. */
#pragma once

#include <adwaita.h>

#include "rp-presence.h"

G_BEGIN_DECLS

#define RP_TYPE_DESK_BAR (rp_desk_bar_get_type ())
G_DECLARE_FINAL_TYPE (RpDeskBar, rp_desk_bar, RP, DESK_BAR, AdwBin)

void rp_desk_bar_set_workspace (RpDeskBar *self, RpWorkspace *workspace);
void rp_desk_bar_set_article_id (RpDeskBar *self, const char *article_id); /* NULL = none */
/* Somebody else has changed the same, and a person has to choose. */
void rp_desk_bar_set_clash (RpDeskBar *self, gboolean clash);

G_END_DECLS
