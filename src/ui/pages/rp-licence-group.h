/* The licence of an article in words, where it was recognised, and the ways to another one. Its
 * buttons are the inspector's actions. Main thread. */
#pragma once

#include <adwaita.h>

#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_LICENCE_GROUP (rp_licence_group_get_type ())
G_DECLARE_FINAL_TYPE (RpLicenceGroup, rp_licence_group, RP, LICENCE_GROUP, AdwPreferencesGroup)

void rp_licence_group_show (RpLicenceGroup *self, RpWorkspace *workspace, RpArticle *article);

G_END_DECLS
