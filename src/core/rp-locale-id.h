/* Languages as the library for locales (ICU) names them. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "de_CH" for "de-CH", "DE_ch" or "de-CH-1996"; "" for what is no language. Gives. */
char *rp_locale_id_new (const char *language);
/* The region where it is most likely spoken when none is stated ("DE" for "de"); NULL = not known.
 * Gives. */
char *rp_locale_id_dup_region (const char *id);
/* `language` as rp_locale_id_new takes it; FALSE also when it is not known. */
gboolean rp_locale_id_is_right_to_left (const char *language);

G_END_DECLS
