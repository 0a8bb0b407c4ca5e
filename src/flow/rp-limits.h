/* What a partner's system is known to take, against the article: told before anything is sent.
 * Store's thread; only flow includes this. */
#pragma once

#include "rp-article.h"
#include "rp-decision.h"
#include "rp-partner.h"
#include "rp-store.h"

G_BEGIN_DECLS

/* Adds a warning for each limit that the article exceeds there; nothing for NULL. */
void rp_limits_add_findings (RpStore *store,
                             RpArticle *article,
                             RpPartner *partner,
                             RpDecision *decision);

G_END_DECLS
