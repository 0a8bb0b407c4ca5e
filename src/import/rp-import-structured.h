/* What a web page declares of its article outside of the text: JSON-LD, microdata, h-entry and
 * hNews, Open Graph, Dublin Core, link relations. In this order of precedence. Read from the raw
 * tree, before anything is taken away. Any thread. */
#pragma once

#include "rp-import-statement.h"
#include "rp-xml.h"

G_BEGIN_DECLS

typedef struct {
  char *base_url;          /* owned: <base href> or where the page came from */
  char *host;              /* owned: of the page itself, as saved */
  char *article_body;      /* owned: articleBody of JSON-LD */
  char *og_title;          /* owned */
  char *title;             /* owned: <title> */
  char *declared_headline; /* owned: JSON-LD or microdata */
  char *heading;           /* owned: the h1 that fits best, or p-name */
} RpFacts;

/* Fills the article and gives what else was found; rights go into the scan. */
RpFacts *
rp_structured_read (xmlDoc *doc, const char *base_url, RpArticle *article, RpRightsScan *scan);
void rp_facts_free (RpFacts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpFacts, rp_facts_free)

/* The parts, each a file of its own. */
void rp_jsonld_read (const char *json, RpFacts *facts, RpArticle *article, RpRightsScan *scan);
void rp_microformats_read (xmlNode *root, RpFacts *facts, RpArticle *article, RpRightsScan *scan);

G_END_DECLS
