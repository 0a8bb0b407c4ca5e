/* The language of an article, and a popover to choose another one: with a search, the likely ones
 * first, those of one country only once they are searched for. Signal "chosen" (string: BCP 47)
 * when the person chose another one; what is shown stays until rp_language_row_show. Main
 * thread. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RP_TYPE_LANGUAGE_ROW (rp_language_row_get_type ())
G_DECLARE_FINAL_TYPE (RpLanguageRow, rp_language_row, RP, LANGUAGE_ROW, AdwActionRow)

/* NULL = not known. */
void rp_language_row_show (RpLanguageRow *self, const char *language);

G_END_DECLS
