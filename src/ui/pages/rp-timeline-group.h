/* When the licence's answer changes: embargo, window, quota, removal. Main thread. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RP_TYPE_TIMELINE_GROUP (rp_timeline_group_get_type ())
G_DECLARE_FINAL_TYPE (RpTimelineGroup, rp_timeline_group, RP, TIMELINE_GROUP, AdwPreferencesGroup)

/* `turns` is of RpTurn, earliest first; NULL or nothing but the publication hides the group. */
void rp_timeline_group_show (RpTimelineGroup *self, GPtrArray *turns);

G_END_DECLS
