/* One rendition on its way to one partner: a row of the outbox. Any thread, one owner.
 *
 *   queued -> sending -> delivered
 *               |-> waiting (again at next_due) -> sending
 *               |-> unknown (look it up at the partner first) -> sending
 *               |-> parked  (the partner needs a person: credentials, certificate)
 *               |-> failed  (final), cancelled
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum {
  RP_DELIVERY_QUEUED,
  RP_DELIVERY_SENDING,
  RP_DELIVERY_UNKNOWN,
  RP_DELIVERY_WAITING,
  RP_DELIVERY_PARKED,
  RP_DELIVERY_DELIVERED,
  RP_DELIVERY_FAILED,
  RP_DELIVERY_CANCELLED,
} RpDeliveryState;

typedef enum {
  RP_ACTION_CREATE,
  RP_ACTION_UPDATE,
  RP_ACTION_WITHDRAW,
  RP_ACTION_REMOVE_COPY, /* takes down a second copy, `remote_id`; the article itself stays */
} RpDeliveryAction;

const char *rp_delivery_state_name (RpDeliveryState state);
gboolean rp_delivery_state_from_name (const char *name, RpDeliveryState *out_state);
gboolean rp_delivery_state_is_settled (RpDeliveryState state);
const char *rp_delivery_action_name (RpDeliveryAction action);
gboolean rp_delivery_action_from_name (const char *name, RpDeliveryAction *out_action);

#define RP_TYPE_DELIVERY (rp_delivery_get_type ())
G_DECLARE_FINAL_TYPE (RpDelivery, rp_delivery, RP, DELIVERY, GObject)

struct _RpDelivery {
  GObject parent_instance;

  char *id;           /* owned, UUIDv7 */
  char *article_id;   /* owned */
  char *partner_id;   /* owned */
  char *headline;     /* owned, for lists */
  char *partner_name; /* owned, for lists */
  RpDeliveryAction action;
  RpDeliveryState state;
  char *status;      /* owned, "publish", "draft" or "schedule" */
  gint64 created;    /* microseconds UTC, as all times */
  gint64 publish_at; /* leaves not before; 0 = at once */
  gint64 live_at;    /* with status "schedule": when the partner is to show it; 0 = at once */
  gint64 next_due;   /* next try; 0 = now */
  gint64 settled;    /* 0 = not yet */
  guint tries;
  gint64 fence;       /* grows with each claim; a write with an older fence is refused */
  char *claimant;     /* owned: who has claimed it; NULL when it was only read */
  char *marker;       /* owned: our own mark by which the article is found again at the partner */
  char *remote_id;    /* owned, NULL until accepted */
  char *public_url;   /* owned, NULL until known */
  char *message;      /* owned, last word for a person; NULL = none */
  JsonObject *memory; /* owned, the connector's own notes between steps */
  char *payload; /* owned, the article as it was when it was queued: rp_article_to_json, as text */
  char *decision_id; /* owned, the decision it relied on */
  char *version; /* owned, grows with every delivery of the article: the partner's item version */
};

RpDelivery *
rp_delivery_new (const char *article_id, const char *partner_id, RpDeliveryAction action);
/* It takes something down at the partner: the article, or a second copy of it. */
gboolean rp_delivery_is_removal (RpDelivery *self);
/* It was published a moment ago, and leaves only when the time to undo that is over. */
gboolean rp_delivery_is_held (RpDelivery *self, gint64 now);
/* A withdrawal that waits for its day: it says nothing about how the article fares until then. */
gboolean rp_delivery_is_planned_removal (RpDelivery *self);
/* It says nothing about how the article fares: one of those, or a second copy that is taken down
 * without anybody's help. */
gboolean rp_delivery_is_aside (RpDelivery *self);
/* The one that needs a person, among an article's deliveries from the newest to the oldest: only
 * the newest for each partner counts, so an older failure that a retry has mended does not; a
 * second copy counts only when it cannot be taken down. Lends; NULL = none. */
RpDelivery *rp_delivery_find_failure (GPtrArray *deliveries);
JsonObject *rp_delivery_to_json (RpDelivery *self); /* the object of cli.md "publish"; gives */

/* What the partner has of an article. Settled deliveries leave one receipt per article and partner.
 */
typedef struct {
  char *article_id;
  char *partner_id;
  char *remote_id;
  char *public_url;
  char *version;
  char *state;        /* "live", "draft", "scheduled" or "withdrawn" */
  JsonObject *memory; /* what the connector wants to remember of the item (media ids, etag) */
  gint64 updated;
} RpReceipt;

RpReceipt *rp_receipt_new (void);
void rp_receipt_free (RpReceipt *receipt);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpReceipt, rp_receipt_free)

G_END_DECLS
