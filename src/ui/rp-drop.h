/* Makes a widget take whatever Reprint can import, and shows that it does while something is
 * dragged over it. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct {
  /* Has to read the drop and to finish it. */
  void (*dropped) (GdkDrop *drop, double x, double y, gpointer user_data);
  /* Something is held over that point of the area; negative = not any more. May be NULL. */
  void (*held) (double x, double y, gpointer user_data);
} RpDropCallbacks;

/* `overlay` is revealed while something is dragged over `area`; `user_data` outlives both. */
void rp_drop_attach (GtkWidget *area,
                     GtkRevealer *overlay,
                     const RpDropCallbacks *callbacks,
                     gpointer user_data);

G_END_DECLS
