/* Which rows of an article list are selected, remembered by article and not by position: rows come
 * and go while a desk is open, and a deed must not hit the neighbour. Of a long list only the rows
 * that were looked at are loaded; the others are looked up in the library when a selection reaches
 * over them. Main thread.
 *
 * Signal "changed" (gboolean by_person). */
#pragma once

#include <gtk/gtk.h>

#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_SELECTION (rp_selection_get_type ())
G_DECLARE_FINAL_TYPE (RpSelection, rp_selection, RP, SELECTION, GObject)

/* Property "gathering": the selection mode, in which rows are added one by one and moving about
 * does not let go of them. */
RpSelection *rp_selection_new (RpWorkspace *workspace);
/* A list of rp_workspace_list_articles for that search; what is selected stays, unless it is
 * several. */
void rp_selection_set_list (RpSelection *self, GListModel *list, const char *query);
GListModel *rp_selection_get_list (RpSelection *self); /* lends; NULL until there is one */
/* Not the person's doing: this one article, NULL = none. */
void rp_selection_set_one (RpSelection *self, const char *id);
void rp_selection_toggle (RpSelection *self, guint position); /* the person's doing */
void rp_selection_set_gathering (RpSelection *self, gboolean gathering);
gboolean rp_selection_get_gathering (RpSelection *self);
guint rp_selection_get_size (RpSelection *self);
gboolean rp_selection_has (RpSelection *self, const char *id);
GPtrArray *rp_selection_dup_ids (RpSelection *self); /* gives; of char * */

G_END_DECLS
