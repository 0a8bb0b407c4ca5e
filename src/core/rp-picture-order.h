/* The order of an article's pictures, which is one: that of its list, the featured one first, and
 * that in which they stand in the text. Orders are lists of addresses. Pure functions; any
 * thread. */
#pragma once

#include "rp-article.h"

G_BEGIN_DECLS

GStrv rp_picture_order_list (GPtrArray *media); /* of RpMedia; gives */
/* Those of `media` that the text shows, each once, as they come; a source is an address, or ends in
 * the hash of the picture. Gives. */
GStrv rp_picture_order_read (const char *html, GPtrArray *media);
/* `list` with those that `order` names, too, in its order; the others keep their places. Gives. */
GStrv rp_picture_order_follow (const char *const *list, const char *const *order);
/* Puts the list into that order, as rp_picture_order_follow says; the first one is the featured one
 * if any is. FALSE when nothing is different. */
gboolean rp_picture_order_set (RpArticle *article, const char *const *order);
/* Moves a picture to that place of the list. The figures of the text follow: the places where some
 * stand stay, and which one stands where is as in the list. Pictures inside of a line stay there.
 * FALSE when there is no such picture or it is there already. */
gboolean rp_picture_order_move (RpArticle *article, const char *url, guint to);

G_END_DECLS
