/* Spelling in the language of the article, by the dictionaries that are installed. Main thread. */
#pragma once

#include <webkit/webkit.h>

G_BEGIN_DECLS

void rp_spelling_apply (WebKitWebContext *context, gboolean check, const char *language);
/* The dictionaries to ask for a language (BCP 47), the likeliest first; `here` are the languages of
 * the person, as from g_get_language_names. Gives. */
GStrv rp_spelling_list (const char *language, const char *const *here);

G_END_DECLS
