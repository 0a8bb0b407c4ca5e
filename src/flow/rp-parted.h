/* Source and copy have parted: the source has changed, cancelled or dropped an article that a
 * partner shows. It is worked out from the history and the receipts, so it ends by itself when the
 * partner gets the new version or the article is withdrawn. Store's thread; only flow includes
 * this. */
#pragma once

#include "rp-decision.h"
#include "rp-delivery.h"
#include "rp-store.h"

G_BEGIN_DECLS

/* Kinds of events that the source causes. */
#define RP_PARTED_UPDATED "updated"
#define RP_PARTED_KILLED "killed"
#define RP_PARTED_VANISHED "vanished"
#define RP_PARTED_RETURNED "returned"

/* Writes the event, marks the article as unread, cancels what is still to leave of an article that
 * was killed, and brings the state of a published article up to date. */
gboolean rp_parted_note (RpStore *store,
                         const char *article_id,
                         const char *kind,
                         const char *words,
                         gint64 now,
                         GError **error);
/* Whether some partner shows what the source no longer says. `receipts` of RpReceipt. */
gboolean rp_parted_find (RpStore *store,
                         const char *article_id,
                         GPtrArray *receipts,
                         gboolean *out_parted,
                         GError **error);
typedef enum {
  RP_PARTED_FAILED = -1, /* with an error */
  RP_PARTED_NOT,
  RP_PARTED_IS_OLD,    /* the source has a newer version */
  RP_PARTED_IS_KILLED, /* the source has cancelled it */
  RP_PARTED_IS_GONE,   /* the source no longer has it */
} RpPartedWhy;

/* What one partner shows against the source. */
RpPartedWhy rp_parted_judge (RpStore *store, const RpReceipt *receipt, GError **error);
/* Adds what there is to say of it for one partner, with what to do; partner_id NULL = for nobody in
 * particular. */
gboolean rp_parted_add_findings (RpStore *store,
                                 const char *article_id,
                                 const char *partner_id,
                                 RpDecision *decision,
                                 GError **error);

G_END_DECLS
