/* What the window shows while the library is empty: the ways in, and the sample. Main thread. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RP_TYPE_FIRST_RUN (rp_first_run_get_type ())
G_DECLARE_FINAL_TYPE (RpFirstRun, rp_first_run, RP, FIRST_RUN, AdwBin)

/* While the sample is being set up the button turns into a spinner. */
void rp_first_run_set_busy (RpFirstRun *self, gboolean busy);

G_END_DECLS
