/* What a notification offers to do at all partners of an article. Everything of that kind that is
 * proposed for the article now is done: a proposal that has become untrue since it was announced
 * does nothing. Main thread. */
#pragma once

#include "rp-ask.h"
#include "rp-fanout.h"

G_BEGIN_DECLS

/* Needs no window. */
void rp_everywhere_update (RpWorkspace *workspace, const char *article_id);
/* Asks first, in front of that window. */
void rp_everywhere_withdraw (RpWorkspace *workspace, GtkWindow *window, const char *article_id);

/* The question whether to do a proposed withdrawal: what is taken down is seen by readers at once,
 * and cannot be called back once it has left. `callback` as of rp_ask. */
void rp_everywhere_ask (GtkWindow *window,
                        RpWorkspace *workspace,
                        const RpFanOut *fanout,
                        RpAskCallback callback,
                        GObject *owner);

G_END_DECLS
