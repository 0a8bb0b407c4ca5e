/* One licence: in words first, then every term, its uses and its versions. Main thread. */
#pragma once

#include <adwaita.h>

#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_LICENCE_VIEW (rp_licence_view_get_type ())
G_DECLARE_FINAL_TYPE (RpLicenceView, rp_licence_view, RP, LICENCE_VIEW, AdwBin)

/* Before anything is shown. */
void rp_licence_view_set_workspace (RpLicenceView *self, RpWorkspace *workspace);
AdwViewStack *rp_licence_view_get_stack (RpLicenceView *self); /* lends: the switcher's */
void rp_licence_view_show (RpLicenceView *self, RpLicence *licence);

G_END_DECLS
