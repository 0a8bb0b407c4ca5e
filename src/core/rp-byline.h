/* The line below a headline, names and date, in the language of the article and not in that of the
 * desk: the line is published. `language` is a BCP 47 tag; NULL and unknown ones are English.
 * Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "A, B and C", "A, B und C", "A、B和C". Gives; NULL for no names. */
char *rp_byline_join (const char *const *names, const char *language);
/* The names of such a line, trimmed, as a person may write it; also divided by commas and
 * semicolons of any script. Gives. */
GStrv rp_byline_split (const char *byline, const char *language);
/* The day in the local zone: "1 March 2026", "March 1, 2026", "1. März 2026". Gives. */
char *rp_byline_format_date (gint64 instant, const char *language);

G_END_DECLS
