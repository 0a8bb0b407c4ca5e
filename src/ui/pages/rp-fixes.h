/* What the button of a finding does when it needs the window: asks, opens the right place, or sets
 * what can be set. What flow can do alone it is left to do. Main thread. */
#pragma once

#include "rp-concern.h"
#include "rp-inspector.h"

G_BEGIN_DECLS

void rp_fixes_run (RpInspector *inspector, const RpConcern *concern);

G_END_DECLS
