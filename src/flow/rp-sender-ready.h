/* Articles on their way: what is the same for all partners is read and compared once. An article
 * is taken from the shelf by what the library holds now, so that nothing that has changed since is
 * ever used. Sender's thread; only rp-sender*.c include this. */
#pragma once

#include "rp-decision.h"
#include "rp-delivery.h"
#include "rp-licence-book.h"
#include "rp-partner.h"
#include "rp-store.h"

G_BEGIN_DECLS

typedef struct _RpReadyShelf RpReadyShelf;

/* One article as it was queued; counted. */
typedef struct {
  RpArticle *article;  /* owned */
  RpArticle *original; /* owned, as imported; NULL = not kept */
  char *changes;       /* owned: what was changed against it, as a sentence; NULL = nothing */
} RpReady;

RpReadyShelf *rp_ready_shelf_new (void);
void rp_ready_shelf_free (RpReadyShelf *shelf);
/* When the book has changed. */
void rp_ready_shelf_clear (RpReadyShelf *shelf);
/* The article of a delivery; RP_ERROR_UNREADABLE when its text is none. Gives. */
RpReady *rp_ready_shelf_take (RpReadyShelf *shelf,
                              RpStore *store,
                              const RpDelivery *delivery,
                              GError **error);
void rp_ready_unref (RpReady *ready);
/* What the licence (NULL = unknown) says of it for one partner, published at `publish_at` (0 =
 * now). Gives. */
RpDecision *rp_ready_judge (RpReady *ready,
                            RpStore *store,
                            RpLicenceBook *book,
                            RpLicence *licence,
                            RpPartner *partner,
                            gint64 publish_at,
                            GError **error);

G_END_DECLS
