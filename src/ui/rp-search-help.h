/* Offers filter words and their values under the search field while somebody types: Down and Up
 * move, Return or Tab takes one, Escape closes. The caret never leaves the field. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "rp-workspace.h"

G_BEGIN_DECLS

/* For as long as `entry` lives; the workspace outlives it. */
void rp_search_help_attach (GtkWidget *entry, RpWorkspace *workspace);

G_END_DECLS
