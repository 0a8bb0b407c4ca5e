/* Over an article: what is to be done at all partners that show it, with the button that does it.
 * Hidden while there is nothing. Main thread. */
#pragma once

#include <adwaita.h>

#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_FANOUT_BAR (rp_fanout_bar_get_type ())
G_DECLARE_FINAL_TYPE (RpFanoutBar, rp_fanout_bar, RP, FANOUT_BAR, AdwBin)

/* NULL = no article. Follows the article's changes by itself. */
void rp_fanout_bar_show (RpFanoutBar *self, RpWorkspace *workspace, const char *article_id);

G_END_DECLS
