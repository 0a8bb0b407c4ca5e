/* What a notification says. Main thread. */
#pragma once

#include "rp-delivery.h"
#include "rp-workspace.h"

G_BEGIN_DECLS

typedef enum {
  RP_CONCERN_DELIVERY, /* something was not delivered, or is not shown */
  RP_CONCERN_SOURCE,   /* source or licence want something done everywhere */
  RP_N_CONCERNS,
} RpNoticeConcern;

/* Why an article needs a person. */
typedef struct _RpTrouble RpTrouble;

/* Of an article, newest first. Gives; NULL = there are none. */
RpTrouble *rp_trouble_new_for_deliveries (GPtrArray *deliveries);
/* Of RpFanOut. NULL = partners' rules do all of it without a person. Gives. */
RpTrouble *rp_trouble_new_for_proposals (GPtrArray *proposals, RpWorkspace *workspace);
void rp_trouble_free (RpTrouble *trouble); /* may be NULL */
RpNoticeConcern rp_trouble_get_concern (const RpTrouble *trouble);

/* Of RpTrouble, at least one, of one concern. Gives. */
GNotification *rp_notice_new_for_troubles (GPtrArray *troubles);

/* What has come to its end, well. */
typedef struct {
  char *article_id, *headline; /* owned: of the first article */
  guint articles;
  guint published, withdrawn; /* deliveries */
} RpArrivals;

/* `deliveries` of one article; those among `arrived` (delivery id -> article id) are counted, and
 * taken out of it. An article of which something failed is not counted. */
void rp_arrivals_count (RpArrivals *arrivals, GPtrArray *deliveries, GHashTable *arrived);
void rp_arrivals_clear (RpArrivals *arrivals);
GNotification *rp_notice_new_for_arrivals (const RpArrivals *arrivals); /* gives */

G_END_DECLS
