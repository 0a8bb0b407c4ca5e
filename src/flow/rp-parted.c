#include "rp-parted.h"

#include <glib/gi18n-lib.h>

#include "rp-article-row.h"
#include "rp-article-state.h"
#include "rp-delivery.h"
#include "rp-rights.h"
#include "rp-store-articles.h"
#include "rp-store-deliveries.h"
#include "rp-store-events.h"
#include "rp-store-receipts.h"

/* What the source did last; 0 = it did not. */
typedef struct {
  gint64 updated;
  gint64 killed;
  gint64 vanished;
} Deeds;

/* The newest word on the text counts, and the newest on whether the article is there. */
static gboolean
read_deeds (RpStore *store, const char *article_id, Deeds *deeds, GError **error)
{
  g_autoptr (GPtrArray) events = rp_store_list_events (store, article_id, error);
  gboolean text = FALSE, presence = FALSE;

  if (events == NULL)
    return FALSE;
  for (guint i = 0; i < events->len && !(text && presence); i++) {
    const RpEvent *event = g_ptr_array_index (events, i);
    gboolean vanished = g_str_equal (event->kind, RP_PARTED_VANISHED);
    gboolean killed = g_str_equal (event->kind, RP_PARTED_KILLED);

    if (!presence && vanished)
      deeds->vanished = event->at;
    if (!text && killed)
      deeds->killed = event->at;
    if (!text && g_str_equal (event->kind, RP_PARTED_UPDATED))
      deeds->updated = event->at;
    presence = presence || vanished || g_str_equal (event->kind, RP_PARTED_RETURNED);
    text = text || killed || deeds->updated != 0;
  }

  return TRUE;
}

static gboolean
is_live (const RpReceipt *receipt)
{
  return receipt != NULL && g_strcmp0 (receipt->state, "withdrawn") != 0;
}

static gboolean
has_parted (const RpReceipt *receipt, const Deeds *deeds)
{
  return is_live (receipt) &&
         (deeds->killed != 0 || (deeds->updated != 0 && receipt->updated <= deeds->updated) ||
          (deeds->vanished != 0 && receipt->updated <= deeds->vanished));
}

gboolean
rp_parted_find (RpStore *store,
                const char *article_id,
                GPtrArray *receipts,
                gboolean *out_parted,
                GError **error)
{
  Deeds deeds = {0};

  *out_parted = FALSE;
  if (receipts->len == 0)
    return TRUE;
  if (!read_deeds (store, article_id, &deeds, error))
    return FALSE;
  for (guint i = 0; i < receipts->len; i++)
    if (has_parted (g_ptr_array_index (receipts, i), &deeds))
      *out_parted = TRUE;

  return TRUE;
}

RpPartedWhy
rp_parted_judge (RpStore *store, const RpReceipt *receipt, GError **error)
{
  Deeds deeds = {0};

  if (!read_deeds (store, receipt->article_id, &deeds, error))
    return RP_PARTED_FAILED;
  if (!has_parted (receipt, &deeds))
    return RP_PARTED_NOT;
  if (deeds.killed != 0)
    return RP_PARTED_IS_KILLED;

  return deeds.updated != 0 && receipt->updated <= deeds.updated ? RP_PARTED_IS_OLD
                                                                 : RP_PARTED_IS_GONE;
}

/* ---- when the source does something ---- */

/* What was killed must not leave any more; what was sent is for a person to take down. */
static gboolean
cancel_open (RpStore *store, const char *article_id, gint64 now, GError **error)
{
  g_autoptr (GPtrArray) open = rp_store_list_deliveries (store, article_id, TRUE, 200, error);

  if (open == NULL)
    return FALSE;
  for (guint i = 0; i < open->len; i++) {
    RpDelivery *delivery = g_ptr_array_index (open, i);
    g_autoptr (GError) local = NULL;

    if (rp_delivery_is_removal (delivery) || delivery->state == RP_DELIVERY_SENDING ||
        delivery->state == RP_DELIVERY_UNKNOWN)
      continue;
    if (!rp_store_cancel_delivery (store, delivery->id, now, &local))
      g_message ("A delivery of a cancelled article could not be stopped: %s", local->message);
  }

  return TRUE;
}

static gboolean
settle (RpStore *store, const char *article_id, gint64 now, GError **error)
{
  static const char *const followed[] = {RP_STATE_PUBLISHED, RP_STATE_SCHEDULED, RP_STATE_ATTENTION,
                                         NULL};
  g_autoptr (RpArticle) article = rp_store_get_article (store, article_id, error);

  if (article == NULL)
    return FALSE;
  if (!g_strv_contains (followed, rp_article_get (article, RP_ARTICLE_STATE)))
    return TRUE;

  return rp_article_state_settle (store, article_id, now, error);
}

gboolean
rp_parted_note (RpStore *store,
                const char *article_id,
                const char *kind,
                const char *words,
                gint64 now,
                GError **error)
{
  if (!rp_store_add_event (store, article_id, kind, words, NULL, NULL, now, error) ||
      !rp_store_set_article_unread (store, article_id, error))
    return FALSE;
  if (g_str_equal (kind, RP_PARTED_KILLED) && !cancel_open (store, article_id, now, error))
    return FALSE;

  return settle (store, article_id, now, error);
}

/* ---- what there is to say ---- */

static void
add (RpDecision *decision, const char *rule, const char *words, gboolean withdraw)
{
  RpFinding *finding = rp_decision_add (decision, rule, RP_SEVERITY_WARN, words);

  if (withdraw)
    rp_finding_set_fix (finding, RP_FIX_WITHDRAW_ARTICLE, _ ("Withdraw…"), NULL);
}

static void
add_words (RpDecision *decision, const RpReceipt *receipt, const Deeds *deeds)
{
  gboolean live = is_live (receipt);

  if (live && deeds->killed != 0)
    add (decision, "S101",
         _ ("The source has cancelled this article, and it is still published: withdraw it."),
         TRUE);
  else if (live && deeds->updated != 0 && receipt->updated <= deeds->updated)
    add (decision, "S102",
         _ ("The source has a newer version than the one that is published: publish again to "
            "update it, or withdraw it."),
         FALSE);
  if (deeds->vanished == 0 || (live && receipt->updated > deeds->vanished))
    return;
  add (decision, "S103",
       live ? _ ("The source no longer has this article, and it is still published: ask the source "
                 "why, then withdraw it, or publish again to keep it.")
            : _ ("The source no longer has this article: ask it why before you publish."),
       live);
}

gboolean
rp_parted_add_findings (RpStore *store,
                        const char *article_id,
                        const char *partner_id,
                        RpDecision *decision,
                        GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (RpReceipt) receipt = NULL;
  Deeds deeds = {0};

  if (!read_deeds (store, article_id, &deeds, error))
    return FALSE;
  if (partner_id != NULL)
    receipt = rp_store_get_receipt (store, article_id, partner_id, &local);
  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  add_words (decision, receipt, &deeds);

  return TRUE;
}
