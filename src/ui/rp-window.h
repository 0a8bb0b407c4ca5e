/* The main window: desk, list, article and inspector side by side, folding as it narrows. The whole
 * of it takes drops. Main thread. */
#pragma once

#include <adwaita.h>

#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_WINDOW (rp_window_get_type ())
G_DECLARE_FINAL_TYPE (RpWindow, rp_window, RP, WINDOW, AdwApplicationWindow)

GtkWidget *rp_window_new (GtkApplication *application, RpWorkspace *workspace);
void rp_window_import_files (RpWindow *self, GPtrArray *files); /* of GFile */
void rp_window_try_sample (RpWindow *self);
/* When it is closed, nobody is there to answer: what cannot be saved stays on this computer until
 * the article is opened again. */
void rp_window_ask_nothing (RpWindow *self);

G_END_DECLS
