/* One delivery on its way, shared by the sender's loop and what settles it. Sender's thread; only
 * rp-sender*.c include this. */
#pragma once

#include "rp-courier.h"
#include "rp-decision.h"
#include "rp-licence-book.h"
#include "rp-secrets.h"
#include "rp-sender-ready.h"
#include "rp-site-facts.h"
#include "rp-store.h"

G_BEGIN_DECLS

typedef struct {
  RpStore *store;               /* borrowed: the sender's own connection */
  RpSecrets *secrets;           /* borrowed */
  RpSiteFacts *sites;           /* borrowed */
  RpReadyShelf *shelf;          /* borrowed */
  const RpConnector *connector; /* NULL when the partner is gone */
  RpDelivery *delivery;         /* owned */
  RpReady *ready;               /* owned: the article as it was queued */
  RpPartner *partner;           /* owned, NULL when it is gone */
  RpLicence *licence;           /* owned, NULL = unknown */
  RpReceipt *receipt;           /* owned, NULL = the partner has nothing */
  RpDelivery *doubtful;         /* owned, NULL = no earlier one may have arrived unseen */
  RpExchange *exchange;         /* owned, NULL when it did not come so far */
  RpDecision *decision;         /* owned: what was decided right before; NULL for a removal */
  gboolean decision_kept;       /* it is in the library */
  GCancellable *cancellable;    /* owned */
  char *exchange_id;            /* owned: the transcript row that is open */
  char *next_exchange_id;       /* owned: the one that is being written */
  RpCourierNote *note;          /* owned: what is to be kept next */
  RpCourierGoOn go_on;          /* after that */
  gpointer courier_data;
  GError *failure; /* owned: how it ended, NULL = delivered */
  gboolean told;   /* that it is being sent */
  gboolean held;   /* its outcome could not be written at once */
  guint refusals;  /* of its outcome, by a library that was there */
  guint claims;    /* of the sender, when it was refused last */
  gpointer sender; /* borrowed */
} RpTrip;

void rp_trip_free (RpTrip *trip);
/* Reads what belongs to trip->delivery and says what is to be done there. */
gboolean rp_trip_load (RpTrip *trip, RpLicenceBook *book, GError **error);
void rp_trip_make_exchange (RpTrip *trip);
/* As it left, or would leave, with the pictures' addresses at the partner. Gives. */
GBytes *rp_trip_render (RpTrip *trip, const char *rendition, GError **error);
/* FALSE with RP_ERROR_DENIED when the licence does not allow it any more. */
gboolean rp_trip_judge_again (RpTrip *trip, RpLicenceBook *book, GError **error);
/* Writes trip->decision once. */
gboolean rp_trip_keep_decision (RpTrip *trip, gint64 now, GError **error);
/* Before a request leaves: the answer to the one before, the request, the delivery. Within a
 * transaction; an RpStoreFunc for a trip. */
gboolean rp_trip_record (RpStore *store, gpointer trip, GError **error);
/* After that transaction: whether it is in the library. */
void rp_trip_end_record (RpTrip *trip, gboolean done);
/* Writes how it ended (trip->failure): delivery, receipt, ledger and history; the article's state
 * is the caller's to settle in the same transaction. May be done again when that came to nothing;
 * RP_ERROR_CONFLICT when the claim is lost, or all is written already. An RpStoreFunc for a trip.
 */
gboolean rp_trip_settle (RpStore *store, gpointer trip, GError **error);

G_END_DECLS
