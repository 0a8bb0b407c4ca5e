/* Makes a widget take whatever Reprint can import, and shows that it does while something is
 * dragged over it. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The callback has to read the drop and to finish it; `x` and `y` are where in the area. */
typedef void (*RpDropCallback) (GdkDrop *drop, double x, double y, gpointer user_data);

/* `overlay` is revealed while something is dragged over `area`; `user_data` outlives both. */
void
rp_drop_attach (GtkWidget *area, GtkRevealer *overlay, RpDropCallback callback, gpointer user_data);

G_END_DECLS
