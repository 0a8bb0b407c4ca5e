/* The period of a quota: "100 uses a month" counts from the first of the month, in the zone where
 * the desk is. Any thread. */
#pragma once

#include "rp-terms.h"

G_BEGIN_DECLS

/* The period that holds `now`: day, week (from Monday), month, quarter or year, or one such as P1M
 * in ISO 8601. FALSE when the quota is for good, or there is none. */
gboolean rp_quota_get_period (const RpTerms *terms, gint64 now, gint64 *out_start, gint64 *out_end);

G_END_DECLS
