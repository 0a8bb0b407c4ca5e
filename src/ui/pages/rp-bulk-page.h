/* What stands beside a list of which several articles are selected: how many, what they are, and
 * what can be done with all of them. Its actions are "bulk.…". Main thread.
 *
 * Signal "back" () to the list. */
#pragma once

#include <adwaita.h>

#include "rp-bulk-bar.h"
#include "rp-selection.h"

G_BEGIN_DECLS

#define RP_TYPE_BULK_PAGE (rp_bulk_page_get_type ())
G_DECLARE_FINAL_TYPE (RpBulkPage, rp_bulk_page, RP, BULK_PAGE, AdwBin)

/* `bar` runs what is ordered here; it is not kept. */
GtkWidget *rp_bulk_page_new (RpWorkspace *workspace, RpSelection *selection, RpBulkBar *bar);
GActionGroup *rp_bulk_page_get_actions (RpBulkPage *self); /* lends */
void rp_bulk_page_set_folded (RpBulkPage *self, gboolean folded);

G_END_DECLS
