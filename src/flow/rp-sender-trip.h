/* One delivery on its way, shared by the sender's loop and what settles it. Sender's thread; only
 * rp-sender*.c include this. */
#pragma once

#include "rp-connector.h"
#include "rp-licence-book.h"
#include "rp-store.h"

G_BEGIN_DECLS

typedef struct {
  RpStore *store;               /* borrowed: the sender's own connection */
  const RpConnector *connector; /* NULL when the partner is gone */
  RpDelivery *delivery;         /* owned */
  RpArticle *article;           /* owned, as it was queued */
  RpPartner *partner;           /* owned, NULL when it is gone */
  RpLicence *licence;           /* owned, NULL = unknown */
  RpReceipt *receipt;           /* owned, NULL = the partner has nothing */
  RpExchange *exchange;         /* owned, NULL when it did not come so far */
  char *exchange_id;            /* owned: the transcript row that is open */
  gpointer sender;              /* borrowed */
} RpTrip;

/* FALSE with RP_ERROR_DENIED when the licence does not allow it any more. */
gboolean rp_trip_judge_again (RpTrip *trip, RpLicenceBook *book, GError **error);
/* Writes how it ended: delivery, receipt, ledger, history and the article's state, all or nothing.
 * `failure` NULL = delivered. */
gboolean rp_trip_settle (RpTrip *trip, const GError *failure, GError **error);

G_END_DECLS
