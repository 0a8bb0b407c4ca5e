/* Headline, byline and date as a page shows them, where it does not declare them or declares them
 * badly. Any thread. */
#pragma once

#include "rp-import-structured.h"

G_BEGIN_DECLS

/* Of the page's h1 (xmlNode), the one that shares most with its title; into the facts. */
void rp_headline_pick (RpFacts *facts, const GPtrArray *heads);
/* Of all that a page calls its title: the article's own words, without the site's name. */
void rp_headline_choose (const RpFacts *facts, RpArticle *article);
/* Byline and date by class names and wording, only where the article lacks them. */
void rp_head_read (xmlDoc *doc, RpArticle *article);

G_END_DECLS
