/* The quotation marks of languages, for what a person types: those of the Common Locale Data
 * Repository (ICU). Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  char *open; /* owned, as all */
  char *close;
  char *open_inner; /* a quotation inside of another */
  char *close_inner;
} RpQuotes;

/* `language` is BCP 47 ("de-CH"); what is not known is written as most languages do, NULL as in
 * English. Gives. */
RpQuotes *rp_quotes_new (const char *language);
void rp_quotes_free (RpQuotes *quotes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpQuotes, rp_quotes_free)

G_END_DECLS
