/* Spelling in the language of the article, by the dictionaries that are installed. Main thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The dictionaries to ask for a language (BCP 47), the likeliest first; `here` are the languages of
 * the person, as from g_get_language_names. Gives. */
GStrv rp_spelling_list (const char *language, const char *const *here);

G_END_DECLS
