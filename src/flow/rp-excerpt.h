/* An excerpt of an article: its beginning, and the way to the rest. Any thread. */
#pragma once

#include "rp-article.h"

G_BEGIN_DECLS

/* Whole blocks from the beginning, at most `words` of them together with the closing paragraph that
 * links to the original (left out when its address is not known). A first block that is too long
 * alone is cut within. HTML; gives. */
char *rp_excerpt_make (RpArticle *article, guint words);

G_END_DECLS
