/* Choosing the desk: the library on this computer, or a shared one by its address, with a test that
 * says in one sentence what is there. What is chosen is in the settings, and the password in the
 * keyring, when "chosen" comes; opening it is up to whoever asked. Main thread. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RP_TYPE_LIBRARY_DIALOG (rp_library_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RpLibraryDialog, rp_library_dialog, RP, LIBRARY_DIALOG, AdwWindow)

typedef void (*RpLibraryChosen) (gpointer user_data);

/* `parent` may be NULL. `shared`: a shared desk is proposed. `for_next_start`: this run has been
 * given a library of its own, and what is chosen holds for the next. Needs
 * rp_application_get_settings (). Lends: the window frees itself.
 */
GtkWindow *rp_library_dialog_present (GtkWindow *parent,
                                      gboolean shared,
                                      gboolean for_next_start,
                                      RpLibraryChosen chosen,
                                      gpointer user_data);

G_END_DECLS
