/* The versions of an agreement: when each was made and what changed, to be seen again and to be
 * made the newest one. Main thread. */
#pragma once

#include <adwaita.h>

#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_LICENCE_HISTORY (rp_licence_history_get_type ())
G_DECLARE_FINAL_TYPE (RpLicenceHistory, rp_licence_history, RP, LICENCE_HISTORY, AdwBin)

void rp_licence_history_show (RpLicenceHistory *self, RpWorkspace *workspace, RpLicence *licence);

G_END_DECLS
