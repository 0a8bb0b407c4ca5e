/* The names of several authors in one line, in the language of the article and not in that of the
 * desk: the line is published. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "A, B and C", "A, B und C", "A、B和C". `language` is a BCP 47 tag; NULL and unknown ones join as
 * English does, without a comma before the last name. Gives; NULL for no names. */
char *rp_byline_join (const char *const *names, const char *language);
/* The names of such a line, trimmed, as a person may write it; also divided by commas and
 * semicolons of any script. Gives. */
GStrv rp_byline_split (const char *byline, const char *language);

G_END_DECLS
