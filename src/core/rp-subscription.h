/* A subscription: a feed or a page that is read again and again; people call it a source. A plain
 * record; one thread at a time. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What the address gives: a feed shows its newest items and forgets older ones; a document is
 * there, or it is gone with its articles. NULL = not read yet. */
#define RP_SUBSCRIPTION_FEED "feed"
#define RP_SUBSCRIPTION_DOCUMENT "document"

#define RP_TYPE_SUBSCRIPTION (rp_subscription_get_type ())
G_DECLARE_FINAL_TYPE (RpSubscription, rp_subscription, RP, SUBSCRIPTION, GObject)

struct _RpSubscription {
  GObject parent_instance;

  char *id;         /* owned, UUIDv7 */
  char *url;        /* owned */
  char *title;      /* owned */
  char *site_url;   /* owned: the page that a person would open; NULL = unknown */
  char *kind;       /* owned */
  char *licence_id; /* owned: of all its articles; NULL = proposed for each */
  gboolean paused;
  char *etag;          /* owned, NULL = none was sent */
  char *last_modified; /* owned, NULL = none was sent */
  char *body_hash;     /* owned: SHA-256 of what arrived last, NULL = nothing yet */
  gint64 created;      /* microseconds UTC, as all times; 0 = never */
  gint64 polled;
  gint64 changed; /* when something else arrived than before */
  gint64 next_poll;
  gint64 fresh_until; /* what arrived is good for so long, its server said */
  gint64 wait_until;  /* the server asked to be left alone; not even a person's wish goes before */
  gint64 pace;        /* microseconds between visits that the feed itself asks for; 0 = none */
  guint failures;     /* in a row */
  guint status;       /* of the last answer, 0 = none */
  char *message;      /* owned: the last word for a person; NULL = nothing to say */
};

RpSubscription *rp_subscription_new (const char *url);
RpSubscription *rp_subscription_copy (RpSubscription *self); /* gives */
gboolean rp_subscription_equal (RpSubscription *a, RpSubscription *b);
/* "new", "ok", "waiting", "failed", "paused" */
const char *rp_subscription_get_state (RpSubscription *self);
/* Which host is asked. Gives; never NULL. */
char *rp_subscription_dup_host (RpSubscription *self);
/* Replaces one of the text members: rp_subscription_set (&self->title, "…"). */
void rp_subscription_set (char **member, const char *value);

G_END_DECLS
