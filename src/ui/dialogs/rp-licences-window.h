/* The book of licences: search, read in words, make, change, remove, import and export. Main
 * thread. */
#pragma once

#include <adwaita.h>

#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_LICENCES_WINDOW (rp_licences_window_get_type ())
G_DECLARE_FINAL_TYPE (RpLicencesWindow, rp_licences_window, RP, LICENCES_WINDOW, AdwWindow)

/* Opens at that licence; NULL = the first. */
void rp_licences_window_present (GtkWindow *parent, RpWorkspace *workspace, const char *licence_id);

G_END_DECLS
