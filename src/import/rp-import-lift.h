/* Lifting rights statements out of a body: the paragraphs that are only that leave it and become
 * the article's statement. Any thread. */
#pragma once

#include "rp-html.h"
#include "rp-import-statement.h"

G_BEGIN_DECLS

/* A block (RpBlock, its data is the node) for each paragraph, heading, list item and caption below
 * `root`, a clean tree, in order. */
void rp_lift_collect (xmlNode *root, GPtrArray *blocks);
/* A block for any raw node, with the links below it. Gives. */
RpBlock *rp_lift_block (xmlNode *node, RpZone zone, const char *base_url);
/* Takes the nodes of blocks that leave out of their tree. */
void rp_lift_remove (GPtrArray *blocks);
/* All of it for a body as a feed or a wire carries it: clean, scan, lift, set body and counters. */
void rp_lift_body (RpArticle *article, RpRightsScan *scan, const char *html, const char *base_url);
/* The pictures of the clean body as media, with captions and credits. */
void rp_lift_pictures (RpArticle *article, xmlNode *body);
/* Page counters (char *) that cleaning has found, into the statement. */
void rp_lift_trackers (RpArticle *article, GPtrArray *trackers);

G_END_DECLS
