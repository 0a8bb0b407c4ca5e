/* The head of an XML feed, whatever its dialect. Any thread. */
#pragma once

#include "rp-xml.h"

G_BEGIN_DECLS

/* What the feed says once for all of its items. Strings owned. */
typedef struct {
  char *title;
  char *link;
  char *language;
  char *copyright;
  char *licence;
  char *author;
  char *base_url;
} RpFeedHead;

/* Takes one child of channel or feed that is no item. */
void rp_feed_head_read (RpFeedHead *head, xmlNode *node);
void rp_feed_head_clear (RpFeedHead *head);

G_END_DECLS
