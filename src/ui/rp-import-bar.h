/* Runs imports. What takes longer than half a second shows a bar with Cancel over the window; when
 * it is done the window is told, and failures are named in a dialog. Main thread.
 *
 * Signals: "imported" (char *id) one article came in; NULL = several, or none that can be shown;
 * "brought" (RpIntake *intake, GStrv ids) the articles of one run, those that were here already
 * among them. */
#pragma once

#include <adwaita.h>

#include "rp-intake.h"

G_BEGIN_DECLS

#define RP_TYPE_IMPORT_BAR (rp_import_bar_get_type ())
G_DECLARE_FINAL_TYPE (RpImportBar, rp_import_bar, RP, IMPORT_BAR, AdwBin)

void rp_import_bar_run (RpImportBar *self, RpIntake *intake);

G_END_DECLS
