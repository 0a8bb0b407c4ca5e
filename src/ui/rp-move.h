/* Moves an article to the archive, to the trash or back to the desk, and offers to undo it. Main
 * thread. */
#pragma once

#include <gtk/gtk.h>

#include "rp-workspace.h"

G_BEGIN_DECLS

/* `state` RP_STATE_ARCHIVE, RP_STATE_TRASH, or NULL = back to the desk. Toasts appear around
 * `widget`. */
void rp_move_article (GtkWidget *widget, RpWorkspace *workspace, const char *id, const char *state);

G_END_DECLS
