/* What a visit to a source has brought, written down in one transaction: the source itself, which
 * articles it lists, which have vanished or come back. Store's thread; only rp-visit.c includes
 * this. */
#pragma once

#include "rp-intake.h"
#include "rp-store.h"
#include "rp-subscription.h"

G_BEGIN_DECLS

typedef enum {
  RP_VISIT_NOTHING, /* nothing is known of its articles: not changed, not answered */
  RP_VISIT_LISTED,  /* these are its articles now */
  RP_VISIT_ENDED,   /* a document is gone, and its articles with it */
} RpVisitOutcome;

typedef struct {
  RpSubscription *source; /* owned: as the visit leaves it; afterwards as it is in the library */
  RpVisitOutcome outcome;
  GPtrArray *listed;   /* owned, of char *: ids of articles, in the source's order */
  GHashTable *present; /* owned: the same ids as a set, while they are compared */
  GPtrArray *rows;     /* owned, of RpIntakeResult: gets those that have vanished or come back */
  char *title;         /* owned: what it calls itself; NULL = nothing */
  char *site_url;      /* owned, NULL = unknown */
  gboolean removed;    /* out: a person has removed it in the meantime */
} RpVisitRecord;

RpVisitRecord *rp_visit_record_new (RpSubscription *source);
void rp_visit_record_free (gpointer data);
/* RpWorkFunc: RP_WORK_DONE, or NULL with an error and nothing written. */
gpointer rp_visit_record_write (RpStore *store, gpointer data, GError **error);

G_END_DECLS
