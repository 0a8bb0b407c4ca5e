/* One picture of an article: a small view, who is to be credited, its own licence; caption, credit
 * and description can be changed in its popover. Signals: "edited" () when they were, "moved" (int)
 * when it is to go up (-1) or down (1). It can be dragged to where a RpPictureRow can be dropped.
 * Main thread. */
#pragma once

#include <adwaita.h>

#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_PICTURE_ROW (rp_picture_row_get_type ())
G_DECLARE_FINAL_TYPE (RpPictureRow, rp_picture_row, RP, PICTURE_ROW, GtkListBoxRow)

GtkWidget *rp_picture_row_new (RpWorkspace *workspace, RpMedia *media);
const char *rp_picture_row_get_url (RpPictureRow *self); /* lends */
/* Writes what the person typed into a picture of another copy of the article. */
void rp_picture_row_apply (RpPictureRow *self, RpMedia *media);
/* Neither way from the beginning. */
void rp_picture_row_set_can_move (RpPictureRow *self, gboolean up, gboolean down);
void rp_picture_row_focus (RpPictureRow *self);
void rp_picture_row_edit (RpPictureRow *self); /* opens the popover at the credit */

G_END_DECLS
