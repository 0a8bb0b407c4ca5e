/* The outbox: what is queued, and what a person does to it. Sending is in rp-store-claims. */
#pragma once

#include "rp-delivery.h"
#include "rp-store.h"

G_BEGIN_DECLS

/* A newer update replaces one that is still queued and has never been tried. `next_due` of a new
 * delivery: it leaves not before. */
gboolean rp_store_queue_delivery (RpStore *store, RpDelivery *delivery, GError **error);
RpDelivery *rp_store_read_delivery (RpStore *store, const char *id, GError **error); /* gives */
/* For people: by the beginning of its id. */
RpDelivery *
rp_store_get_delivery (RpStore *store, const char *id_or_prefix, GError **error); /* gives */
/* The first create of the same article at the same partner that was tried and then given up, and
 * nothing was delivered since: it may have arrived all the same. NULL = none, without an error.
 * Gives.
 */
RpDelivery *rp_store_get_doubtful_delivery (RpStore *store, RpDelivery *delivery, GError **error);
/* article_id NULL = of all; open_only leaves out what is settled. Newest first. Gives. */
GPtrArray *rp_store_list_deliveries (RpStore *store,
                                     const char *article_id,
                                     gboolean open_only,
                                     guint limit,
                                     GError **error);
/* Those of an article without memory and payload: how it stands. Newest first. Gives. */
GPtrArray *
rp_store_list_standings (RpStore *store, const char *article_id, guint limit, GError **error);
/* By a person: waiting, parked, failed or cancelled goes back to queued; open and unsent becomes
 * cancelled. */
gboolean rp_store_retry_delivery (RpStore *store, const char *id, GError **error);
gboolean rp_store_cancel_delivery (RpStore *store, const char *id, gint64 now, GError **error);
/* As if it had never been queued, and what it has replaced waits again. FALSE in `out_taken`: a
 * sender has it, or it has been settled, and nothing was changed. Within a transaction. */
gboolean
rp_store_take_back_delivery (RpStore *store, const char *id, gboolean *out_taken, GError **error);
/* Parked deliveries of a partner whose sign-in works again. */
gboolean rp_store_resume_partner (RpStore *store, const char *partner_id, GError **error);
G_END_DECLS
