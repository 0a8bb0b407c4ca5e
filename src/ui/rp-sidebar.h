/* The desk: where articles stand, the partners, outbox and licences. Counts and dots stay true by
 * themselves. Main thread.
 *
 * Signals: "state-chosen" (char *state, char *title), "outbox-chosen" (). Partners and licences are
 * actions of the window. */
#pragma once

#include <adwaita.h>

#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_SIDEBAR (rp_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (RpSidebar, rp_sidebar, RP, SIDEBAR, AdwBin)

void rp_sidebar_set_workspace (RpSidebar *self, RpWorkspace *workspace);
void rp_sidebar_choose (RpSidebar *self, const char *state); /* as if it had been clicked */
void rp_sidebar_set_title_buttons (RpSidebar *self, gboolean at_end);
void rp_sidebar_focus (RpSidebar *self);

G_END_DECLS
