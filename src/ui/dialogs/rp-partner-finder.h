/* The first question about a new partner: the address of its site. What it speaks is found out.
 * Main thread. */
#pragma once

#include <adwaita.h>

#include "rp-discover.h"

G_BEGIN_DECLS

#define RP_TYPE_PARTNER_FINDER (rp_partner_finder_get_type ())
G_DECLARE_FINAL_TYPE (RpPartnerFinder, rp_partner_finder, RP, PARTNER_FINDER, AdwPreferencesGroup)

/* Signal "found" (RpDiscovery *): the best of what was found; borrowed. */
void rp_partner_finder_set_workspace (RpPartnerFinder *self, RpWorkspace *workspace);

G_END_DECLS
