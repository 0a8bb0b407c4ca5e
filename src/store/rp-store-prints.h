/* Fingerprints of the articles' texts (rp-text-print.h), to find what reads nearly the same. On the
 * store's thread. */
#pragma once

#include "rp-article.h"
#include "rp-store.h"

G_BEGIN_DECLS

/* For an article that is new; 0 adds nothing. */
gboolean rp_store_add_print (RpStore *store, const char *id, guint64 print, GError **error);
/* What article `id` reads like from now on; 0 forgets it. */
gboolean rp_store_set_print (RpStore *store, const char *id, guint64 print, GError **error);
/* The article, not in the trash, whose text is nearly `text` (print `print`); NULL without an error
 * when there is none. Gives its id. */
char *rp_store_find_alike (RpStore *store, guint64 print, const char *text, GError **error);

G_END_DECLS
