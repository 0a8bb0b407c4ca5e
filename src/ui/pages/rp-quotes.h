/* The quotation marks of languages, for what a person types. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  const char *open;
  const char *close;
  const char *open_inner; /* a quotation inside of another */
  const char *close_inner;
} RpQuotes;

/* `language` is BCP 47 ("de-CH"); the region counts before the language, and what is not known,
 * NULL too, is written as in English. Lends. */
const RpQuotes *rp_quotes_get (const char *language);

G_END_DECLS
