/* The rows of an article list: what is made for each, the marks of the selection mode, and dragging
 * them out. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "rp-selection.h"

G_BEGIN_DECLS

/* Gives; it holds what it is given. */
GtkListItemFactory *rp_list_rows_new (RpWorkspace *workspace, RpSelection *selection);

G_END_DECLS
