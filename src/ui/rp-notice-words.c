#include "rp-notice-words.h"

#include <glib/gi18n-lib.h>

#include "rp-article-row.h"
#include "rp-fanout.h"

#define MOST_HEADLINES 4

struct _RpTrouble {
  RpNoticeConcern concern;
  RpFanOutAction action; /* of RP_CONCERN_SOURCE */
  gboolean unpublished;  /* of RP_CONCERN_DELIVERY: a partner did not take the article */
  char *article_id;      /* owned */
  char *headline;        /* owned */
  char *words;           /* owned: a sentence */
};

static const char *
name_of (const char *headline)
{
  return headline != NULL && *headline != '\0' ? headline : _ ("Untitled");
}

/* ---- what needs a person ---- */

static gboolean
is_failure (RpDelivery *delivery)
{
  return delivery->state == RP_DELIVERY_FAILED || delivery->state == RP_DELIVERY_PARKED;
}

static char *
dup_words (RpDelivery *delivery)
{
  if (!is_failure (delivery))
    return g_strdup (_ ("Something is missing where it was published."));

  return g_strdup_printf (_ ("%s did not take the article: %s"), delivery->partner_name,
                          delivery->message != NULL ? delivery->message
                                                    : _ ("the outbox says more"));
}

RpTrouble *
rp_trouble_new_for_deliveries (GPtrArray *deliveries)
{
  RpDelivery *delivery = rp_delivery_find_failure (deliveries);
  RpTrouble *trouble;

  if (delivery == NULL && deliveries->len > 0)
    delivery = deliveries->pdata[0];
  if (delivery == NULL)
    return NULL;
  trouble = g_new0 (RpTrouble, 1);
  trouble->concern = RP_CONCERN_DELIVERY;
  trouble->unpublished = is_failure (delivery) && !rp_delivery_is_removal (delivery);
  trouble->article_id = g_strdup (delivery->article_id);
  trouble->headline = g_strdup (name_of (delivery->headline));
  trouble->words = dup_words (delivery);

  return trouble;
}

static gboolean
needs_person (const RpFanOut *fanout, RpWorkspace *workspace)
{
  for (guint i = 0; i < fanout->partners->len; i++)
    if (!rp_fanout_is_followed (rp_workspace_find_partner (workspace, fanout->partners->pdata[i]),
                                fanout->action))
      return TRUE;

  return FALSE;
}

RpTrouble *
rp_trouble_new_for_proposals (GPtrArray *proposals, RpWorkspace *workspace)
{
  for (guint i = 0; i < proposals->len; i++) {
    const RpFanOut *fanout = proposals->pdata[i];
    RpTrouble *trouble;

    if (!needs_person (fanout, workspace))
      continue;
    trouble = g_new0 (RpTrouble, 1);
    trouble->concern = RP_CONCERN_SOURCE;
    trouble->action = fanout->action;
    trouble->article_id = g_strdup (fanout->article_id);
    trouble->headline = g_strdup (name_of (fanout->headline));
    trouble->words = g_strdup (fanout->reason);

    return trouble;
  }

  return NULL;
}

void
rp_trouble_free (RpTrouble *trouble)
{
  if (trouble == NULL)
    return;
  g_free (trouble->article_id);
  g_free (trouble->headline);
  g_free (trouble->words);
  g_free (trouble);
}

RpNoticeConcern
rp_trouble_get_concern (const RpTrouble *trouble)
{
  return trouble->concern;
}

static void
add_show (GNotification *notification, const char *action, const char *target)
{
  g_notification_set_default_action_and_target (notification, action, "s", target);
  g_notification_add_button_with_target (notification, _ ("Show"), action, "s", target);
}

static GNotification *
new_for_one (const RpTrouble *trouble)
{
  GNotification *notification = g_notification_new (trouble->headline);

  g_notification_set_body (notification, trouble->words);
  if (trouble->concern == RP_CONCERN_SOURCE && trouble->action == RP_FANOUT_UPDATE)
    g_notification_add_button_with_target (notification, _ ("Update Everywhere"),
                                           "app.update-everywhere", "s", trouble->article_id);
  else if (trouble->concern == RP_CONCERN_SOURCE)
    g_notification_add_button_with_target (notification, _ ("Take Down Everywhere"),
                                           "app.withdraw-everywhere", "s", trouble->article_id);
  add_show (notification, "app.show-article", trouble->article_id);

  return notification;
}

static char *
dup_headlines (GPtrArray *troubles)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < troubles->len && i < MOST_HEADLINES; i++)
    g_string_append_printf (words, "%s%s", i > 0 ? "\n" : "",
                            ((const RpTrouble *) troubles->pdata[i])->headline);
  if (troubles->len > MOST_HEADLINES)
    g_string_append (words, "\n…");

  return g_string_free (g_steal_pointer (&words), FALSE);
}

static gboolean
are_unpublished (GPtrArray *troubles)
{
  for (guint i = 0; i < troubles->len; i++)
    if (!((const RpTrouble *) troubles->pdata[i])->unpublished)
      return FALSE;

  return TRUE;
}

/* Of several articles. */
static char *
dup_title (GPtrArray *troubles)
{
  const RpTrouble *first = troubles->pdata[0];
  guint n = troubles->len;

  if (first->concern == RP_CONCERN_SOURCE)
    return g_strdup_printf (ngettext ("The source or the licence of %'u article has changed",
                                      "The source or the licence of %'u articles has changed", n),
                            n);
  if (are_unpublished (troubles))
    return g_strdup_printf (
      ngettext ("%'u article could not be published", "%'u articles could not be published", n), n);

  return g_strdup_printf (
    ngettext ("%'u article needs your attention", "%'u articles need your attention", n), n);
}

GNotification *
rp_notice_new_for_troubles (GPtrArray *troubles)
{
  const RpTrouble *first = troubles->pdata[0];
  g_autofree char *title = NULL;
  g_autofree char *headlines = NULL;
  GNotification *notification;

  if (troubles->len == 1)
    return new_for_one (first);
  title = dup_title (troubles);
  headlines = dup_headlines (troubles);
  notification = g_notification_new (title);
  g_notification_set_body (notification, headlines);
  add_show (notification, "app.show-desk", RP_STATE_ATTENTION);

  return notification;
}

/* ---- what has arrived ---- */

void
rp_arrivals_count (RpArrivals *arrivals, GPtrArray *deliveries, GHashTable *arrived)
{
  guint published = 0, withdrawn = 0;
  gboolean failed = FALSE;

  for (guint i = 0; i < deliveries->len; i++) {
    RpDelivery *delivery = deliveries->pdata[i];

    if (!g_hash_table_remove (arrived, delivery->id))
      continue;
    failed |= delivery->state == RP_DELIVERY_FAILED;
    if (delivery->state == RP_DELIVERY_DELIVERED) {
      published += !rp_delivery_is_removal (delivery);
      withdrawn += delivery->action == RP_ACTION_WITHDRAW;
    }
  }
  if (failed || published + withdrawn == 0)
    return;
  if (arrivals->articles++ == 0) {
    RpDelivery *delivery = deliveries->pdata[0];

    arrivals->article_id = g_strdup (delivery->article_id);
    arrivals->headline = g_strdup (name_of (delivery->headline));
  }
  arrivals->published += published;
  arrivals->withdrawn += withdrawn;
}

void
rp_arrivals_clear (RpArrivals *arrivals)
{
  g_clear_pointer (&arrivals->article_id, g_free);
  g_clear_pointer (&arrivals->headline, g_free);
  arrivals->articles = arrivals->published = arrivals->withdrawn = 0;
}

static char *
dup_count (const RpArrivals *arrivals)
{
  guint n = arrivals->published > 0 ? arrivals->published : arrivals->withdrawn;

  if (arrivals->published > 0)
    return g_strdup_printf (ngettext ("Published to %u partner", "Published to %u partners", n), n);

  return g_strdup_printf (ngettext ("Withdrawn from %u partner", "Withdrawn from %u partners", n),
                          n);
}

GNotification *
rp_notice_new_for_arrivals (const RpArrivals *arrivals)
{
  guint deliveries = arrivals->published + arrivals->withdrawn;
  g_autofree char *count = dup_count (arrivals);
  g_autofree char *many = NULL;
  GNotification *notification;

  if (arrivals->articles == 1) {
    notification = g_notification_new (count);
    g_notification_set_body (notification, arrivals->headline);
    add_show (notification, "app.show-article", arrivals->article_id);
    return notification;
  }
  many = g_strdup_printf (
    ngettext ("%'u delivery has arrived", "All %'u deliveries have arrived", deliveries),
    deliveries);
  notification = g_notification_new (many);
  add_show (notification, "app.show-desk", arrivals->published > 0 ? RP_STATE_PUBLISHED : "inbox");

  return notification;
}
