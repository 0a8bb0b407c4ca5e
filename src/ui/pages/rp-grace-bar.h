/* Over an article that was published a moment ago: says that it leaves in a moment, and takes it
 * back. Hidden while nothing of it waits so. Main thread. */
#pragma once

#include <adwaita.h>

#include "rp-publisher.h"

G_BEGIN_DECLS

#define RP_TYPE_GRACE_BAR (rp_grace_bar_get_type ())
G_DECLARE_FINAL_TYPE (RpGraceBar, rp_grace_bar, RP, GRACE_BAR, AdwBin)

/* Once; keeps it. */
void rp_grace_bar_set_publisher (RpGraceBar *self, RpPublisher *publisher);

G_END_DECLS
