/* One article in the list: source and age, headline, licence and state. Shows an RpArticleRow and
 * follows it. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "rp-article-row.h"

G_BEGIN_DECLS

#define RP_TYPE_ARTICLE_ITEM (rp_article_item_get_type ())
G_DECLARE_FINAL_TYPE (RpArticleItem, rp_article_item, RP, ARTICLE_ITEM, GtkBox)

GtkWidget *rp_article_item_new (void);
void rp_article_item_set_row (RpArticleItem *self, RpArticleRow *row); /* NULL = none */
RpArticleRow *rp_article_item_get_row (RpArticleItem *self);           /* lends, NULL */
/* The mark of the selection mode. It only shows: the row is what is clicked. */
void rp_article_item_set_check (RpArticleItem *self, gboolean shown, gboolean active);

G_END_DECLS
