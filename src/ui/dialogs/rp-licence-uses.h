/* The ledger of a licence: uses and fees by month, then use by use. Main thread. */
#pragma once

#include <adwaita.h>

#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_LICENCE_USES (rp_licence_uses_get_type ())
G_DECLARE_FINAL_TYPE (RpLicenceUses, rp_licence_uses, RP, LICENCE_USES, AdwBin)

void rp_licence_uses_show (RpLicenceUses *self, RpWorkspace *workspace, RpLicence *licence);

G_END_DECLS
