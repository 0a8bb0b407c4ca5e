/* Looking a few articles up, for those that show them outside of the window: the desktop's search,
 * notifications, what is dragged out. Unlike a list nothing is followed, and unlike opening an
 * article nothing is marked as read. Main thread. */
#pragma once

#include "rp-workspace.h"

G_BEGIN_DECLS

/* The newest articles for a search, as the search field above the list understands it. Gives an
 * array of RpArticleRow; RP_ERROR_INVALID for a filter that there is not. */
void rp_lookup_search_async (RpWorkspace *workspace,
                             const char *query,
                             guint limit,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
/* By their ids, in that order; those that are gone are left out. Gives an array of RpArticle. */
void rp_lookup_articles_async (RpWorkspace *workspace,
                               const char *const *ids,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
GPtrArray *rp_lookup_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error);

G_END_DECLS
