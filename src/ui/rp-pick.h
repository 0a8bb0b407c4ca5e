/* Choosing files, in one place so that a newer kind of chooser needs a change only here. Main
 * thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* `files` is a list of GFile, never empty; `owner` is kept while the chooser is open. */
typedef void (*RpPickCallback) (GListModel *files, gpointer owner);

void rp_pick_files (GtkWindow *parent, const char *title, RpPickCallback callback, GObject *owner);
void rp_pick_folder (GtkWindow *parent, const char *title, RpPickCallback callback, GObject *owner);
/* Where to save; `name` is proposed. */
void rp_pick_place (GtkWindow *parent,
                    const char *title,
                    const char *name,
                    RpPickCallback callback,
                    GObject *owner);

G_END_DECLS
