/* What rules share: saying their verdict in one line, and times and spans in words. Private to
 * rights/. */
#pragma once

#include "rp-rights.h"

G_BEGIN_DECLS

/* Set the message and the term that asks for it, and return DENY, ASK or DUTY. */
RpVerdict
rp_rule_deny (RpFinding *finding, const char *term, const char *format, ...) G_GNUC_PRINTF (3, 4);
RpVerdict
rp_rule_ask (RpFinding *finding, const char *term, const char *format, ...) G_GNUC_PRINTF (3, 4);
RpVerdict
rp_rule_oblige (RpFinding *finding, const char *term, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* "20 June 2026 00:01 UTC+01:00": in the zone in which the time was stated. Gives. */
char *rp_rule_format_time (const char *time);
char *rp_rule_format_instant (gint64 instant); /* in UTC; gives */
char *rp_rule_format_clock (const char *time); /* "00:01"; gives */
char *rp_rule_format_span (gint64 span);       /* "14 h", "3 days"; gives */

/* TRUE when the list holds the word, ASCII case ignored. NULL holds nothing. */
gboolean rp_rule_lists (GStrv list, const char *word);
/* Sets the fix "Schedule for 00:01". */
void rp_rule_offer_schedule (RpFinding *finding, const char *time);
/* Sets the fix "Ask for Permission…" for one kind of approval. */
void rp_rule_offer_asking (RpFinding *finding, const char *kind);
void rp_rule_offer_other_partner (RpFinding *finding);

G_END_DECLS
