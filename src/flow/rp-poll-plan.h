/* When a source is read again, and what its last answer means for a person. Pure: any thread. */
#pragma once

#include "rp-http-message.h"
#include "rp-subscription.h"

G_BEGIN_DECLS

#define RP_POLL_SHORTEST (15 * G_TIME_SPAN_MINUTE)
#define RP_POLL_USUAL G_TIME_SPAN_HOUR
#define RP_POLL_LONGEST G_TIME_SPAN_DAY

/* How long an answer stays good, by Cache-Control and Expires; 0 = it does not say. */
gint64 rp_poll_plan_freshness (const RpResponse *response, gint64 now);
/* 200 or 304: takes the validators, and plans by what the server and the feed itself (its pace)
 * say, within bounds. */
void rp_poll_plan_read (RpSubscription *source, const RpResponse *response, gint64 now);
/* Any other answer: says what to do, waits longer each time, and pauses what is gone for good. */
void rp_poll_plan_refused (RpSubscription *source, const RpResponse *response, gint64 now);
/* No answer. */
void rp_poll_plan_failed (RpSubscription *source, const char *message, gint64 now);
/* An answer that could not be used; next time the whole of it is asked for again. */
void rp_poll_plan_unusable (RpSubscription *source, const char *message, gint64 now);
/* Asks for what is newer than what is known. Gives. */
RpRequest *rp_poll_plan_make_request (RpSubscription *source);

G_END_DECLS
