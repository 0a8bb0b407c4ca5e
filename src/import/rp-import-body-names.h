/* What the elements of a web page say they are, by class, id, role and style: part of an article,
 * or one of the things beside it. Hints only; rp-import-body.h weighs them. Any thread. */
#pragma once

#include "rp-xml.h"

G_BEGIN_DECLS

/* Hidden, or named like a part of the page that is no article (share bars, comments, menus …). */
gboolean rp_body_is_unlikely (const xmlNode *node);
gboolean rp_body_is_hidden (const xmlNode *node);
gboolean rp_body_has_side_role (const xmlNode *node);
/* It calls itself the text of the article. */
gboolean rp_body_says_body (const xmlNode *node);

/* Class and id, with camel case and underscores made into words, without those that speak of layout
 * or state; NULL when it has neither. Gives. */
char *rp_body_dup_names (const xmlNode *node);
/* Of such names: those of something beside the article; … */
gboolean rp_body_are_unlikely (const char *names);
/* … that mean it even on a large element; … */
gboolean rp_body_are_surely_unlikely (const char *names);
/* … that builders of pages also give to parts of an article, and no others. */
gboolean rp_body_are_vague (const char *names);

G_END_DECLS
