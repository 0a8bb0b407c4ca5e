/* One licence in words: what you may, must and may not do comes before anything else. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "rp-licence.h"

G_BEGIN_DECLS

#define RP_TYPE_LICENCE_VIEW (rp_licence_view_get_type ())
G_DECLARE_FINAL_TYPE (RpLicenceView, rp_licence_view, RP, LICENCE_VIEW, AdwBin)

void rp_licence_view_show (RpLicenceView *self, RpLicence *licence);

G_END_DECLS
