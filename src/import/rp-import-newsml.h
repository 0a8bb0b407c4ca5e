/* One NewsItem of NewsML 1.x to an article. Its components nest: one holds the text, others
 * pictures with captions, translations or style sheets; what is said further up holds for what is
 * inside. Any thread. */
#pragma once

#include "rp-import-statement.h"
#include "rp-importer.h"
#include "rp-xml.h"

G_BEGIN_DECLS

void
rp_newsml_read_item (xmlNode *item, const RpSource *source, RpArticle *article, RpRightsScan *scan);

/* The parts, each a file of its own. */

/* The ContentItem that is the story; NULL when there is no text. Lends. */
xmlNode *rp_newsml_find_text (xmlNode *item);
/* The text of the first component with a role of that word ("abstract"). Gives. */
char *rp_newsml_dup_by_role (xmlNode *item, const char *word);
void rp_newsml_read_pictures (xmlNode *item, const RpSource *source, RpArticle *article);

/* @FormalName, or the text; NULL when empty. Gives. */
char *rp_newsml_dup_formal (xmlNode *node);
/* The role of a component, in lower case; "" when it has none. Gives. */
char *rp_newsml_dup_role (xmlNode *component);

G_END_DECLS
