/* What a person may set about the program. Everything here is a key of GSettings and holds at once.
 * Main thread. */
#pragma once

#include <adwaita.h>

#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_PREFERENCES (rp_preferences_get_type ())
G_DECLARE_FINAL_TYPE (RpPreferences, rp_preferences, RP, PREFERENCES, AdwPreferencesWindow)

/* In front of that window. Only with the settings (rp_application_get_settings). */
void rp_preferences_present (GtkWindow *parent, RpWorkspace *workspace);

G_END_DECLS
