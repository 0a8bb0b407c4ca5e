/* What each partner has of each article. */
#pragma once

#include "rp-delivery.h"
#include "rp-store.h"

G_BEGIN_DECLS

gboolean rp_store_save_receipt (RpStore *store, const RpReceipt *receipt, GError **error);
/* NULL without error when the partner has nothing. Gives. */
RpReceipt *rp_store_get_receipt (RpStore *store,
                                 const char *article_id,
                                 const char *partner_id,
                                 GError **error);
GPtrArray *
rp_store_list_receipts (RpStore *store, const char *article_id, GError **error); /* gives */

G_END_DECLS
