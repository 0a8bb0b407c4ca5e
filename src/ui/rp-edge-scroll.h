/* A drag that is held near the upper or lower edge scrolls what lies there, so that rows out of
 * sight can be dropped on. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* From now on, for as long as `scroller` lives. */
void rp_edge_scroll_add (GtkScrolledWindow *scroller);

G_END_DECLS
