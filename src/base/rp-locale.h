/* Texts in the person's language. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* First thing in main: takes the locale of the environment and finds the translations, which are
 * where the program was installed, or in REPRINT_LOCALE_DIR. */
void rp_locale_set_up (void);

G_END_DECLS
