/* Earlier versions of an article: enough to restore and to compare. */
#pragma once

#include "rp-article.h"
#include "rp-store.h"

G_BEGIN_DECLS

/* Keeps the article as it is in the library now, before it is changed. */
gboolean rp_store_keep_revision (RpStore *store,
                                 const char *article_id,
                                 const char *reason,
                                 gint64 now,
                                 GError **error);
/* Newest first. Gives an array of char * RFC 3339 times. */
GPtrArray *rp_store_list_revisions (RpStore *store, const char *article_id, GError **error);
RpArticle *
rp_store_get_revision (RpStore *store, const char *article_id, gint64 at, GError **error);

G_END_DECLS
