/* Colours of source text, following the theme from light to dark. Main thread. */
#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

/* `language` as GtkSourceView names it ("html", "json"), NULL = plain. For as long as it lives. */
void rp_source_colours_apply (GtkSourceView *view, const char *language);

G_END_DECLS
