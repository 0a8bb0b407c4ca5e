/* The articles of one place on the desk, with the search above them. Main thread.
 *
 * Signals: "article-chosen" (char *id) by a person, "back" () to the desk. */
#pragma once

#include <adwaita.h>

#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_LIST_PANE (rp_list_pane_get_type ())
G_DECLARE_FINAL_TYPE (RpListPane, rp_list_pane, RP, LIST_PANE, AdwBin)

void rp_list_pane_set_workspace (RpListPane *self, RpWorkspace *workspace);
void rp_list_pane_show_state (RpListPane *self, const char *state, const char *title);
const char *rp_list_pane_get_state (RpListPane *self); /* lends; NULL until one was shown */
/* Marks an article as the one that is shown, as soon as its row is there; NULL = none. */
void rp_list_pane_select (RpListPane *self, const char *article_id);
void rp_list_pane_select_first (RpListPane *self);     /* as if it had been clicked */
void rp_list_pane_select_neighbour (RpListPane *self); /* what stands below, or above */
void rp_list_pane_search (RpListPane *self);           /* puts the caret into the search */
void rp_list_pane_search_for (RpListPane *self, const char *words); /* as if they had been typed */
void rp_list_pane_focus (RpListPane *self);
void rp_list_pane_set_folded (RpListPane *self, gboolean back, gboolean title_buttons);

G_END_DECLS
