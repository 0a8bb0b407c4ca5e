/* One newsItem (or the head of a packageItem) of NewsML-G2 to an article. Any thread. */
#pragma once

#include "rp-import-statement.h"
#include "rp-importer.h"
#include "rp-xml.h"

G_BEGIN_DECLS

gboolean rp_g2_is_picture (xmlNode *item);
void
rp_g2_read_item (xmlNode *item, const RpSource *source, RpArticle *article, RpRightsScan *scan);
/* A picture item as a picture of `article`, with its caption, credit and own rights. */
void rp_g2_read_picture (xmlNode *item, const RpSource *source, RpArticle *article);
/* The parts, each a file of its own. */
void rp_g2_read_rights (xmlNode *item, RpArticle *article, RpRightsScan *scan);

/* Of the children with that name, the one in the item's language, else the first without a
 * language, else the first. `role` (NULL = without role or the main one) is a part of @role. Gives.
 */
char *rp_g2_dup_text (xmlNode *parent, const char *name, const char *role);
/* What a party or a place is called: its name, @literal, or the code behind the alias. Gives. */
char *rp_g2_dup_name (xmlNode *node);

G_END_DECLS
