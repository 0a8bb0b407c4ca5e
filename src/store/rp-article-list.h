/* A GListModel of RpArticleRow over the result of a search, of any length: rows are asked for by
 * the page, when somebody looks at them, and only a few pages are kept. Main thread. It does not
 * know the store's thread: flow gives a function that fetches a page and calls
 * rp_article_list_take_page.
 *
 * Signal "rows-loaded" (guint position, guint count): these rows may be other articles now. */
#pragma once

#include <gio/gio.h>

#include "rp-article-row.h"

G_BEGIN_DECLS

#define RP_ARTICLE_LIST_PAGE 100

#define RP_TYPE_ARTICLE_LIST (rp_article_list_get_type ())
G_DECLARE_FINAL_TYPE (RpArticleList, rp_article_list, RP, ARTICLE_LIST, GObject)

typedef void (*RpArticleListFetch) (RpArticleList *list, guint page, gpointer user_data);

RpArticleList *rp_article_list_new (RpArticleListFetch fetch, gpointer user_data);
/* Cancelled when the list is gone: nobody needs its rows any more. Lends; may be looked at on any
 * thread. */
GCancellable *rp_article_list_get_end (RpArticleList *self);
/* The number of rows. The property "counted" (boolean) says that it is known; until then there are
 * at least as many as the list has. */
void rp_article_list_set_count (RpArticleList *self, guint count);
gboolean rp_article_list_is_counted (RpArticleList *self);
/* The first rows of a list that has none yet: there may be more than these. */
void rp_article_list_begin (RpArticleList *self, GPtrArray *rows);
void
rp_article_list_invalidate (RpArticleList *self); /* asks again for the pages that are in use */
void
rp_article_list_take_page (RpArticleList *self, guint page, GPtrArray *rows); /* of RpArticleRow */

/* Looking without loading: the row, if it is there already. Lends; NULL = it is not. */
/* Calls `func` with every RpArticleRow that is known. */
void rp_article_list_foreach (RpArticleList *self, GFunc func, gpointer user_data);
RpArticleRow *rp_article_list_peek (RpArticleList *self, guint position);
/* Where an article stands among the rows that are there; G_MAXUINT = not there. */
guint rp_article_list_find (RpArticleList *self, const char *id);

G_END_DECLS
