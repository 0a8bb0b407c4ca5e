/* One post of a WordPress export as a tree, to an article; and what the export says once for all
 * posts: who the authors are, where the pictures lie. One thread. */
#pragma once

#include "rp-article.h"
#include "rp-import-feed.h"
#include "rp-xml.h"

G_BEGIN_DECLS

typedef struct {
  char *url;     /* owned */
  char *caption; /* owned, NULL = none; so are the others */
  char *alt;
  char *credit;
  char *licence;
  char *mime_type;
} RpWxrPicture;

typedef struct {
  RpFeedHead head;
  GHashTable *pictures; /* owned: RpWxrPicture by post id */
  GHashTable *by_url;   /* owned: the same, lent, by address without size */
  GHashTable *authors;  /* owned: names by login */
  GHashTable *mails;    /* owned: addresses by login */
} RpWxr;

void rp_wxr_init (RpWxr *self);
void rp_wxr_clear (RpWxr *self);
/* A child of the channel that is no item. */
void rp_wxr_read_head (RpWxr *self, xmlNode *node);
/* Keeps an item that is an attachment; TRUE if it was one. */
gboolean rp_wxr_add_picture (RpWxr *self, xmlNode *item);
/* NULL for what is no published post. Gives. */
RpArticle *rp_wxr_read_post (RpWxr *self, xmlNode *item);

G_END_DECLS
