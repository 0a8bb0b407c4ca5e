/* What a notification offers to do at all partners of an article, without the window. Main thread.
 */
#pragma once

#include "rp-fanout.h"

G_BEGIN_DECLS

/* Does everything of that kind that is proposed for the article now: a proposal that has become
 * untrue since it was announced does nothing. */
void rp_everywhere_do (RpWorkspace *workspace, const char *article_id, RpFanOutAction action);

G_END_DECLS
