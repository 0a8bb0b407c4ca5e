/* Who sends what: a delivery is claimed before it is sent. The claim names its owner, has a lease
 * and a fence; whoever lost the claim cannot write any more. Per article and partner deliveries
 * leave in the order in which they were queued, and a partner never gets more at once than it may,
 * however many programs send, on however many machines: on a server each claims beside the others,
 * and what one of them has locked the others leave out. */
#pragma once

#include "rp-delivery.h"
#include "rp-store.h"

G_BEGIN_DECLS

#define RP_STORE_LEASE (120 * G_TIME_SPAN_SECOND)
#define RP_STORE_NEVER G_MAXINT64 /* due when a person says so */

typedef struct {
  const char *owner; /* rp_store_dup_owner */
  gint64 now;        /* rp_store_get_time: leases are measured by one clock */
  guint room;        /* at most so many */
  /* How many a partner may get at once; called within the transaction. */
  guint (*get_limit) (const char *partner_id, gpointer user_data);
  gpointer user_data;
  gboolean others_too;  /* frees before what a dead program or an expired lease has left */
  guint *out_elsewhere; /* partners for which another program claimed at this moment; may be NULL */
  gint64 rest_until;    /* when what a dead program was sending is claimed: its last request may
                         * still be on its way, or at work at the partner */
} RpStoreClaim;

/* One sender: by host, pid and the moment the process started, so that it is told apart from one
 * that died; by the machine's start and what it sees of it, so that nobody elsewhere takes it for
 * dead; and by a number, as a process may have several. Gives. */
char *rp_store_dup_owner (void);
/* Whether it is a process that certainly does not run any more; of one elsewhere nobody here knows.
 */
gboolean rp_store_is_owner_gone (RpStore *store, const char *owner);
/* What is due and free, oldest first. A delivery that was being sent when its owner died is
 * RP_DELIVERY_UNKNOWN now. A partner that is paused gets nothing; one that failed before gets one,
 * to see. Gives an array of RpDelivery. */
GPtrArray *rp_store_claim_deliveries (RpStore *store, const RpStoreClaim *claim, GError **error);
/* Gives back what the owner has claimed and does not hold (`held`: a set of ids): after a claim
 * whose end nobody has heard. */
gboolean rp_store_drop_claims (RpStore *store, const char *owner, GHashTable *held, GError **error);
/* Writes what the owner knows and takes a new lease; RP_ERROR_CONFLICT when the claim is lost, or
 * was given back before. */
gboolean
rp_store_update_delivery (RpStore *store, RpDelivery *delivery, gint64 now, GError **error);
/* The same, and gives the claim back. */
gboolean rp_store_release_delivery (RpStore *store, RpDelivery *delivery, GError **error);
/* All that the owner has claimed. */
gboolean rp_store_renew_leases (RpStore *store, const char *owner, gint64 now, GError **error);
/* When something could be claimed next: 0 = never, else not before now. */
gboolean rp_store_next_due (RpStore *store, gint64 *out, GError **error);

/* A partner that does not answer is left alone as a whole. `lasting` = it has asked for it itself,
 * or refuses: the network coming back changes nothing. */
gboolean rp_store_pause_partner (RpStore *store,
                                 const char *partner_id,
                                 gint64 until,
                                 gboolean lasting,
                                 GError **error);
/* How often it has failed since it last worked. */
gboolean
rp_store_count_failures (RpStore *store, const char *partner_id, gint64 *out, GError **error);
/* It works. */
gboolean rp_store_unpause_partner (RpStore *store, const char *partner_id, GError **error);
/* The network is back, or the machine woke up: what could not be reached is tried at once. */
gboolean rp_store_try_unreachable (RpStore *store, GError **error);

G_END_DECLS
