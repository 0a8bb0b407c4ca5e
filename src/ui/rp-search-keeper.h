/* Saved searches under a person's hand: renaming them, and removing them with a way back. Main
 * thread. */
#pragma once

#include <gtk/gtk.h>

#include "rp-workspace.h"

G_BEGIN_DECLS

/* Toasts appear around `widget`. */
void rp_search_keeper_rename (GtkWidget *widget,
                              RpWorkspace *workspace,
                              const char *id,
                              const char *name,
                              const char *query);
void rp_search_keeper_remove (GtkWidget *widget,
                              RpWorkspace *workspace,
                              const char *id,
                              const char *name,
                              const char *query);

G_END_DECLS
