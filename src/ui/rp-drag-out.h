/* Articles that are dragged out of the list: copied somewhere they are files (the page and the
 * ninjs of each, written when they are asked for), linked somewhere they are their web addresses,
 * and inside the window they are themselves. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "rp-workspace.h"

G_BEGIN_DECLS

/* What a drag inside the window carries: a GStrv of article ids. */
#define RP_TYPE_DRAGGED_IDS G_TYPE_STRV

#define RP_TYPE_DRAG_OUT (rp_drag_out_get_type ())
G_DECLARE_FINAL_TYPE (RpDragOut, rp_drag_out, RP, DRAG_OUT, GdkContentProvider)

/* Takes `ids`, an array of char *. */
GdkContentProvider *rp_drag_out_new (RpWorkspace *workspace, GPtrArray *ids);
/* The drag that it is the content of: whether files or links are wanted is asked of it. */
void rp_drag_out_set_drag (RpDragOut *self, GdkDrag *drag);
/* The folder in which dragged files lie until they are too old. Gives. */
char *rp_drag_out_dup_folder (void);

G_END_DECLS
