/* The articles of one place on the desk, of a source or of a search, with the search field above
 * them. Main thread.
 *
 * Signals: "article-chosen" (char *id) by a person; "picked" () another number of articles is
 * selected than just the one that is shown, or not any more; "open-picked" () the person wants to
 * see what can be done with them; "save-search" () under a name; "back" () to the desk. */
#pragma once

#include <adwaita.h>

#include "rp-selection.h"

G_BEGIN_DECLS

#define RP_TYPE_LIST_PANE (rp_list_pane_get_type ())
G_DECLARE_FINAL_TYPE (RpListPane, rp_list_pane, RP, LIST_PANE, AdwBin)

void rp_list_pane_set_workspace (RpListPane *self, RpWorkspace *workspace);
void rp_list_pane_show_state (RpListPane *self, const char *state, const char *title);
const char *rp_list_pane_get_state (RpListPane *self); /* lends; NULL = no place on the desk */
/* Any search as a place: what is typed above narrows it down. */
void rp_list_pane_show_search (RpListPane *self, const char *query, const char *title);
char *rp_list_pane_dup_query (RpListPane *self); /* the place and what was typed; gives */
RpSelection *rp_list_pane_get_selection (RpListPane *self); /* lends */
/* Several articles are selected, or rows are being gathered. */
gboolean rp_list_pane_has_several (RpListPane *self);
void rp_list_pane_drop_selection (RpListPane *self); /* nothing is selected any more */
/* Marks an article as the one that is shown, as soon as its row is there; NULL = none. */
void rp_list_pane_select (RpListPane *self, const char *article_id);
void rp_list_pane_select_first (RpListPane *self);     /* as if it had been clicked */
void rp_list_pane_select_neighbour (RpListPane *self); /* what stands below, or above */
/* How far down it is; going there waits until the rows are there. */
double rp_list_pane_get_scroll (RpListPane *self);
void rp_list_pane_scroll_to (RpListPane *self, double value);
void rp_list_pane_search (RpListPane *self); /* puts the caret into the search */
void rp_list_pane_search_for (RpListPane *self, const char *words); /* as if they had been typed */
void rp_list_pane_focus (RpListPane *self);
void rp_list_pane_set_folded (RpListPane *self, gboolean back, gboolean title_buttons);

G_END_DECLS
