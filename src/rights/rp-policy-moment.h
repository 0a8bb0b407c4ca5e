/* Dates, times and durations as XML Schema writes them, with their precision: a date is the whole
 * day. Pure; any thread. Private to rights/. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RP_ORDER_NONE 2 /* neither is before the other, or they cannot be compared */

/* Compare -1, 0, 1, or RP_ORDER_NONE when one of them is not of the kind. `b` says how exactly: a
 * moment of the day b is equal to b. Without a zone it is UTC. */
int rp_policy_compare_moments (const char *a, const char *b);
int rp_policy_compare_durations (const char *a, const char *b);
gboolean rp_policy_is_moment (const char *text);   /* at least a year and a month, or a clock */
gboolean rp_policy_is_duration (const char *text); /* P30D */

G_END_DECLS
