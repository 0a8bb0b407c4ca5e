/* Finds the article in a web page: which elements hold its text, and which of what is in them does
 * not belong to it. Works on the raw tree; any thread (one document per thread). */
#pragma once

#include "rp-xml.h"

G_BEGIN_DECLS

typedef struct {
  const char *headline;     /* as far as known, may be NULL */
  const char *article_body; /* the text that markup declares: a check, not the body; may be NULL */
} RpBodyHints;

/* Takes the article's nodes out of the document into a new element <body> of the same document, in
 * page order. The caller frees it (xmlFreeNode). NULL when the page holds no text at all. */
xmlNode *rp_body_extract (xmlDoc *doc, const RpBodyHints *hints);

/* After cleaning: takes away repeated headline, byline and date at the head, links to other
 * stories, and the furniture below the end. */
void rp_body_trim (xmlNode *body, const RpBodyHints *hints, GPtrArray *authors);

G_END_DECLS
