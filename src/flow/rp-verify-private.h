/* For the store's thread; only flow includes this. */
#pragma once

#include "rp-store.h"
#include "rp-verify.h"

G_BEGIN_DECLS

/* The last look at each partner. Gives an array of RpVerification. */
GPtrArray *rp_verify_list (RpStore *store, const char *article_id, GError **error);

G_END_DECLS
