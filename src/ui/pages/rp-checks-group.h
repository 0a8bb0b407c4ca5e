/* The checks of an article for all chosen partners: what is to fix, what is to keep in mind, and
 * how many have passed. Signals: "fix" (const RpConcern *), "leave-out" (const RpConcern *). Main
 * thread. */
#pragma once

#include <adwaita.h>

#include "rp-workspace.h"

#include "rp-concern.h"

G_BEGIN_DECLS

#define RP_TYPE_CHECKS_GROUP (rp_checks_group_get_type ())
G_DECLARE_FINAL_TYPE (RpChecksGroup, rp_checks_group, RP, CHECKS_GROUP, AdwPreferencesGroup)

/* `verdicts` of RpVerdictFor. Rows stay as they are while their sentences do. */
void rp_checks_group_show (RpChecksGroup *self, RpWorkspace *workspace, GPtrArray *verdicts);
guint rp_checks_group_get_n_to_fix (RpChecksGroup *self);

G_END_DECLS
