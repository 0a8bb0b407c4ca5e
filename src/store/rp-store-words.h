/* Words of articles and of searches, cut and folded as SQLite's index does it (letters and numbers;
 * capitals and accents do not count), for a database whose own index knows words by its settings.
 * Called in store/ only; any thread. */
#pragma once

#include "rp-store.h"

G_BEGIN_DECLS

/* What is looked for: each of its words in this order, the last one perhaps only begun. Appends to
 * a tsquery; nothing when there is no word in it. */
void rp_store_words_add (GString *query, const char *text, gboolean whole);
/* Keeps the index up with an article; nothing to do where triggers do it. */
gboolean rp_store_index_article (RpStore *store,
                                 const char *id,
                                 const char *headline,
                                 const char *source,
                                 const char *body_text,
                                 GError **error);

G_END_DECLS
