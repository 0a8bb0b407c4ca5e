/* The desk: where articles stand, saved searches, sources, licences, the partners and the outbox.
 * Counts and dots stay true by themselves. Main thread.
 *
 * Signals: "state-chosen" (char *state, char *title); "search-chosen" (char *key, char *query, char
 * *title) a saved search, a source or a licence; "outbox-chosen" (); "dropped" (char *target, GStrv
 * ids) articles of the list were dropped on a partner or a licence. Partners and licences are
 * actions of the window. */
#pragma once

#include <adwaita.h>

#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_SIDEBAR (rp_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (RpSidebar, rp_sidebar, RP, SIDEBAR, AdwBin)

void rp_sidebar_set_workspace (RpSidebar *self, RpWorkspace *workspace);
/* As if it had been clicked: a state, "outbox", or the key of a search, source or licence, which
 * may have to be read first; "inbox" when it is gone. */
void rp_sidebar_choose (RpSidebar *self, const char *key);
/* What something that is dropped there is meant for: "partner:ID" or "licence:ID", and its name;
 * NULL = nothing in particular. Its row is marked until the next call; the point is within `self`.
 * Lends both. */
const char *rp_sidebar_find_target (RpSidebar *self, double x, double y, const char **out_name);
void rp_sidebar_set_title_buttons (RpSidebar *self, gboolean at_end);
void rp_sidebar_focus (RpSidebar *self);

G_END_DECLS
