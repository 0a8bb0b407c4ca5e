/* One item of an XML feed as a tree, whatever its dialect, to an article. Any thread. */
#pragma once

#include "rp-article.h"
#include "rp-import-feed-head.h"

G_BEGIN_DECLS

gboolean rp_feed_is_item (const char *local_name);
/* Gives. */
RpArticle *rp_feed_read_item (xmlNode *item, const RpFeedHead *head);

G_END_DECLS
