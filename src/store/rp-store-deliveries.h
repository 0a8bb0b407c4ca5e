/* The outbox. A delivery is claimed before it is sent: the claim names its owner, has a lease and a
 * fence; whoever lost the claim cannot write any more. Per article and partner they leave in the
 * order in which they were queued. */
#pragma once

#include "rp-delivery.h"
#include "rp-store.h"

G_BEGIN_DECLS

#define RP_STORE_LEASE (120 * G_TIME_SPAN_SECOND)

/* A newer update replaces one that is still queued and has never been tried. */
gboolean rp_store_queue_delivery (RpStore *store, RpDelivery *delivery, GError **error);
RpDelivery *
rp_store_get_delivery (RpStore *store, const char *id_or_prefix, GError **error); /* gives */
/* article_id NULL = of all; open_only leaves out what is settled. Newest first. Gives. */
GPtrArray *rp_store_list_deliveries (RpStore *store,
                                     const char *article_id,
                                     gboolean open_only,
                                     guint limit,
                                     GError **error);
/* What is due now and free, at most one per partner and article, not for partners in `busy` (a
 * NULL-terminated list of ids). A row left "sending" by an owner that is gone comes back as
 * unknown. The claimed delivery has a new fence. NULL without error when nothing is due. Gives. */
RpDelivery *rp_store_claim_delivery (RpStore *store,
                                     const char *owner,
                                     const char *const *busy,
                                     gint64 now,
                                     GError **error);
/* Writes state, memory, ids, message, next_due … of a claimed delivery and extends the lease.
 * RP_ERROR_CONFLICT when the claim was lost. */
gboolean
rp_store_update_delivery (RpStore *store, RpDelivery *delivery, gint64 now, GError **error);
/* The same, and lets go of the claim. */
gboolean rp_store_release_delivery (RpStore *store, RpDelivery *delivery, GError **error);
/* By a person: waiting, parked, failed or cancelled goes back to queued; open and unsent becomes
 * cancelled. */
gboolean rp_store_retry_delivery (RpStore *store, const char *id, GError **error);
gboolean rp_store_cancel_delivery (RpStore *store, const char *id, gint64 now, GError **error);
/* Parked deliveries of a partner whose sign-in works again. */
gboolean rp_store_resume_partner (RpStore *store, const char *partner_id, GError **error);
/* When the next one is due; RP_TIME_NONE when nothing is open. */
gboolean rp_store_next_due (RpStore *store, gint64 *out, GError **error);
/* "host:pid:start" of this process; claims of local owners that no longer run are free at once.
 * Gives. */
char *rp_store_dup_owner (void);

G_END_DECLS
