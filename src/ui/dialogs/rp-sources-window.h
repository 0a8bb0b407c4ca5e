/* The sources: add, read now, pause, choose a licence, remove, import and export as OPML. Main
 * thread. */
#pragma once

#include <adwaita.h>

#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_SOURCES_WINDOW (rp_sources_window_get_type ())
G_DECLARE_FINAL_TYPE (RpSourcesWindow, rp_sources_window, RP, SOURCES_WINDOW, AdwWindow)

/* `url` is added at once; NULL = nothing is. */
void rp_sources_window_present (GtkWindow *parent, RpWorkspace *workspace, const char *url);

G_END_DECLS
