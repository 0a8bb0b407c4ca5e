/* Dates as people write them in embargo lines, usage terms and bylines. Nothing is guessed: without
 * year there is no date, without zone there is no instant. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Date, time and zone in one text, in a dozen languages: RFC 3339. NULL unless all three are there.
 * Gives. */
char *rp_moment_find_instant (const char *text);
/* The first whole date: "2026-06-12"; NULL when day, month or year is missing. Gives. */
char *rp_moment_find_date (const char *text);
/* Date, with time and zone as far as they are stated: "2026-06-12T10:00:00+02:00". Gives. */
char *rp_moment_find_any (const char *text);
/* "within 48 hours": PT48H. Gives. */
char *rp_moment_find_duration (const char *text);

G_END_DECLS
