/* Time: microseconds since 1970 UTC in gint64, and RFC 3339 text where the zone must be kept.
 * Any thread. Nothing else in Reprint reads the system clock. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RP_TIME_NONE 0 /* no instant known */
#define RP_TIME_DAY (24 * G_TIME_SPAN_HOUR)

typedef gint64 (*RpClock) (void);

gint64 rp_time_now (void);
/* For tests, and for REPRINT_NOW (RFC 3339) in the environment. NULL restores the real clock. */
void rp_time_set_clock (RpClock clock);
/* The same without such a clock: for what must grow whatever a test does. REPRINT_CLOCK_WRONG, in
 * seconds, makes this machine's clock wrong for a test. */
gint64 rp_time_real (void);
/* A clock that nobody sets, and that goes on while the machine sleeps; it begins anywhere. */
gint64 rp_time_steady (void);
/* From now on the time of this process is rp_time_steady + `ahead`: that of the server which keeps
 * the library, so that machines whose clocks differ agree. */
void rp_time_follow (gint64 ahead);
gboolean rp_time_is_set (void); /* the clock is not the real one */

/* RFC 3339, ISO 8601 basic and extended forms, RFC 822/2822 and asctime. Returns FALSE when the
 * text is not a time. `out_text` (optional, gives) is RFC 3339 with the zone as it was stated, or a
 * wall time without zone ("2026-03-01T10:00:00", or a plain date) when none was stated; then
 * `out_zoned` is FALSE and the instant takes the wall time as UTC. */
gboolean
rp_time_parse (const char *text, gint64 *out_instant, char **out_text, gboolean *out_zoned);
/* The instant of an RFC 3339 text; RP_TIME_NONE for NULL and for what is no time. */
gint64 rp_time_instant (const char *text);
/* The same, but a time without a zone is over when it is over in the last zone of the world. */
gint64 rp_time_latest_instant (const char *text);
/* RFC 3339 in UTC, "2026-03-01T10:00:00Z"; NULL for RP_TIME_NONE. Gives. */
char *rp_time_format (gint64 instant);
/* RFC 9110 HTTP-date, and back (RP_TIME_NONE when it is none). */
char *rp_time_format_http (gint64 instant);
/* For people, in the local zone and language: date, or date and time. Gives. */
char *rp_time_format_date (gint64 instant);
char *rp_time_format_long (gint64 instant);

G_END_DECLS
