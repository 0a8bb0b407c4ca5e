/* Looks at what partners show: after each delivery the item is read back and its public page
 * fetched and compared with what was sent; after a withdrawal the page must be gone. What was found
 * is kept. Sender's thread; only rp-sender.c includes this. */
#pragma once

#include "rp-courier.h"
#include "rp-group.h"
#include "rp-licence-book.h"
#include "rp-secrets.h"
#include "rp-sender-ready.h"
#include "rp-site-facts.h"
#include "rp-store-evidence.h"

G_BEGIN_DECLS

typedef struct _RpChecker RpChecker;

/* What a checker works with; borrowed for its life. */
typedef struct {
  RpStore *store;
  RpGroup *group;
  RpHttp *http;
  RpCourier *courier; /* without a log: reading changes nothing there */
  RpSiteFacts *sites;
  RpReadyShelf *shelf;
  RpSecrets *secrets;
  RpLicenceBook *book;
} RpCheckerTools;

/* An article was looked at. */
typedef void (*RpCheckerDone) (const char *article_id, gpointer user_data);

RpChecker *rp_checker_new (const RpCheckerTools *tools, RpCheckerDone done, gpointer user_data);
/* None may be running. */
void rp_checker_free (RpChecker *checker);
guint rp_checker_count_running (RpChecker *checker);
void rp_checker_start (RpChecker *checker, const RpPlannedCheck *check);

/* After a delivery: what is to be looked at, and when. Within its transaction. */
gboolean rp_checker_plan (RpStore *store, const RpDelivery *settled, gint64 now, GError **error);

G_END_DECLS
