/* A GListModel of RpArticleRow over the result of a search, of any length: rows are asked for by
 * the page, when somebody looks at them, and only a few pages are kept. Main thread. It does not
 * know the store's thread: flow gives a function that fetches a page and calls
 * rp_article_list_take_page. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RP_ARTICLE_LIST_PAGE 100

#define RP_TYPE_ARTICLE_LIST (rp_article_list_get_type ())
G_DECLARE_FINAL_TYPE (RpArticleList, rp_article_list, RP, ARTICLE_LIST, GObject)

typedef void (*RpArticleListFetch) (RpArticleList *list, guint page, gpointer user_data);

RpArticleList *rp_article_list_new (RpArticleListFetch fetch, gpointer user_data);
/* The number of rows, and whether the rows that are known have become stale. */
void rp_article_list_set_count (RpArticleList *self, guint count);
void
rp_article_list_invalidate (RpArticleList *self); /* asks again for the pages that are in use */
void
rp_article_list_take_page (RpArticleList *self, guint page, GPtrArray *rows); /* of RpArticleRow */

G_END_DECLS
