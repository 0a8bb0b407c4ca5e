/* The size of the main window from one time to the next. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void rp_window_state_keep (GtkWindow *window);
void rp_window_state_restore (GtkWindow *window);

G_END_DECLS
