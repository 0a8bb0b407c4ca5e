/* What happened to an article, newest first. Main thread. */
#pragma once

#include <adwaita.h>

#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_HISTORY_PAGE (rp_history_page_get_type ())
G_DECLARE_FINAL_TYPE (RpHistoryPage, rp_history_page, RP, HISTORY_PAGE, AdwBin)

void rp_history_page_set_workspace (RpHistoryPage *self, RpWorkspace *workspace);
/* NULL = none. Follows the article's changes by itself. */
void rp_history_page_set_article_id (RpHistoryPage *self, const char *article_id);

G_END_DECLS
