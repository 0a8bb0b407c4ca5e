/* The article beside what arrived, word by word, side by side or in one column, with the share of
 * words that were changed. Works it out when it is looked at. Main thread. */
#pragma once

#include <adwaita.h>

#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_COMPARE (rp_compare_get_type ())
G_DECLARE_FINAL_TYPE (RpCompare, rp_compare, RP, COMPARE, AdwBin)

void rp_compare_set_workspace (RpCompare *self, RpWorkspace *workspace);
void rp_compare_set_article (RpCompare *self, RpArticle *article); /* NULL = none */
/* What the licence has against the changes, in words; NULL = nothing. */
void rp_compare_set_objection (RpCompare *self, const char *words);

G_END_DECLS
