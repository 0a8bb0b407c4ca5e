/* The help: pages of docs/help, shown by the desktop's viewer for them. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The page that fits the window (NULL = none is open), else the first one. Without a viewer the
 * person is told what to install. */
void rp_help_show (GtkWindow *parent);
/* Which page fits that dialog, where F1 opens it; `page` lives as long as the program. (The main
 * window has the action "app.help".) */
void rp_help_set_page (GtkWindow *window, const char *page);

G_END_DECLS
