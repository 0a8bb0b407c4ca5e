/* What a licence is applied to by itself: its rules, to be added and removed. Those of an agreement
 * are part of it; those of a public licence belong to the desk. Main thread. */
#pragma once

#include <adwaita.h>

#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_LICENCE_RULES (rp_licence_rules_get_type ())
G_DECLARE_FINAL_TYPE (RpLicenceRules, rp_licence_rules, RP, LICENCE_RULES, AdwPreferencesGroup)

void rp_licence_rules_show (RpLicenceRules *self, RpWorkspace *workspace, RpLicence *licence);

G_END_DECLS
