#include "rp-subscription.h"

#include "rp-id.h"
#include "rp-text.h"

G_DEFINE_FINAL_TYPE (RpSubscription, rp_subscription, G_TYPE_OBJECT)

static const gsize texts[] = {
  G_STRUCT_OFFSET (RpSubscription, id),        G_STRUCT_OFFSET (RpSubscription, url),
  G_STRUCT_OFFSET (RpSubscription, title),     G_STRUCT_OFFSET (RpSubscription, site_url),
  G_STRUCT_OFFSET (RpSubscription, kind),      G_STRUCT_OFFSET (RpSubscription, licence_id),
  G_STRUCT_OFFSET (RpSubscription, etag),      G_STRUCT_OFFSET (RpSubscription, last_modified),
  G_STRUCT_OFFSET (RpSubscription, body_hash), G_STRUCT_OFFSET (RpSubscription, message),
};

static const gsize times[] = {
  G_STRUCT_OFFSET (RpSubscription, created),     G_STRUCT_OFFSET (RpSubscription, polled),
  G_STRUCT_OFFSET (RpSubscription, changed),     G_STRUCT_OFFSET (RpSubscription, next_poll),
  G_STRUCT_OFFSET (RpSubscription, fresh_until), G_STRUCT_OFFSET (RpSubscription, wait_until),
  G_STRUCT_OFFSET (RpSubscription, pace),
};

#define TEXT(self, i) G_STRUCT_MEMBER (char *, self, texts[i])
#define TIME(self, i) G_STRUCT_MEMBER (gint64, self, times[i])

static void
rp_subscription_finalize (GObject *object)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (TEXT (object, i));
  G_OBJECT_CLASS (rp_subscription_parent_class)->finalize (object);
}

static void
rp_subscription_class_init (RpSubscriptionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rp_subscription_finalize;
}

static void
rp_subscription_init (RpSubscription *self)
{
}

RpSubscription *
rp_subscription_new (const char *url)
{
  RpSubscription *self = g_object_new (RP_TYPE_SUBSCRIPTION, NULL);

  self->id = rp_id_new ();
  self->url = g_strdup (url);
  self->title = rp_text_host (url);
  if (self->title == NULL)
    self->title = g_strdup (url);

  return self;
}

RpSubscription *
rp_subscription_copy (RpSubscription *self)
{
  RpSubscription *copy = g_object_new (RP_TYPE_SUBSCRIPTION, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    TEXT (copy, i) = g_strdup (TEXT (self, i));
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    TIME (copy, i) = TIME (self, i);
  copy->paused = self->paused;
  copy->failures = self->failures;
  copy->status = self->status;

  return copy;
}

gboolean
rp_subscription_equal (RpSubscription *a, RpSubscription *b)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_strcmp0 (TEXT (a, i), TEXT (b, i)) != 0)
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    if (TIME (a, i) != TIME (b, i))
      return FALSE;

  return a->paused == b->paused && a->failures == b->failures && a->status == b->status;
}

const char *
rp_subscription_get_state (RpSubscription *self)
{
  if (self->paused)
    return "paused";
  if (self->status == 429 || self->status == 503)
    return "waiting";
  if (self->failures > 0)
    return "failed";

  return self->polled == 0 ? "new" : "ok";
}

char *
rp_subscription_dup_host (RpSubscription *self)
{
  char *host = rp_text_host (self->url);

  return host != NULL ? host : g_strdup (self->url);
}

void
rp_subscription_set (char **member, const char *value)
{
  char *before = *member;

  *member = g_strdup (value);
  g_free (before);
}
