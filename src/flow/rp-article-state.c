#include "rp-article-state.h"

#include "rp-article-row.h"
#include "rp-edits.h"
#include "rp-parted.h"
#include "rp-renderer.h"
#include "rp-rights.h"
#include "rp-store-articles.h"
#include "rp-store-decisions.h"
#include "rp-store-deliveries.h"
#include "rp-store-receipts.h"
#include "rp-time.h"

GStrv
rp_article_state_dup_others (RpLicenceBook *book, RpArticle *article)
{
  const char *confidence = rp_article_get (article, RP_ARTICLE_LICENCE_CONFIDENCE);
  const char *chosen = rp_article_get (article, RP_ARTICLE_LICENCE_ID);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (RpProposal) proposal = NULL;

  if (chosen == NULL || g_strcmp0 (confidence, "confirmed") == 0)
    return NULL;
  proposal = rp_licence_book_propose (book, article);
  if (proposal->licence == NULL || proposal->others->len == 0)
    return NULL;
  for (guint i = 0; i < proposal->others->len; i++)
    g_strv_builder_add (builder, rp_licence_get_name (g_ptr_array_index (proposal->others, i)));

  return g_strv_builder_end (builder);
}

static char *
dup_changes_since (RpArticle *original, RpArticle *article)
{
  RpEdits edits;

  if (original == NULL)
    return NULL;
  edits = rp_edits_between (original, article);

  return rp_edits_dup_note (&edits);
}

char *
rp_article_state_dup_changes (RpStore *store, RpArticle *article)
{
  const char *id = rp_article_get (article, RP_ARTICLE_ID);
  g_autoptr (RpArticle) original = id != NULL ? rp_store_get_original (store, id, NULL) : NULL;

  return dup_changes_since (original, article);
}

static char *
render_for_judging (const RpJudgement *judgement, RpArticle *original, GError **error)
{
  g_autofree char *changes = dup_changes_since (original, judgement->article);
  const RpRenderer *renderer = rp_renderer_find ("html", error);
  RpRenderJob job = {
    .article = judgement->article,
    .licence = judgement->licence,
    .partner = judgement->partner,
    .changes = changes,
    .now = judgement->now,
  };
  g_autoptr (GBytes) bytes = renderer != NULL ? renderer->render (&job, error) : NULL;

  return bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes))
                       : NULL;
}

static gboolean
read_history (RpStore *store, RpLicence *licence, gint64 now, RpRightsInput *input, GError **error)
{
  gint64 recent = 0, total = 0;

  if (licence == NULL)
    return TRUE;
  if (!rp_store_count_uses (store, rp_licence_get_id (licence), now - 30 * RP_TIME_DAY, &recent,
                            error) ||
      !rp_store_count_uses (store, rp_licence_get_id (licence), 0, &total, error))
    return FALSE;
  input->items_from_source_30d = (guint) recent;
  input->uses_total = (guint) total;

  return TRUE;
}

RpDecision *
rp_article_state_judge (RpStore *store, const RpJudgement *judgement, GError **error)
{
  const char *id = rp_article_get (judgement->article, RP_ARTICLE_ID);
  g_autoptr (RpArticle) original = NULL;
  g_autoptr (RpRightsCase) rights_case = NULL;
  g_auto (GStrv) approvals = NULL;
  g_autofree char *html = NULL;
  RpRightsInput input = {
    .article = judgement->article,
    .original = judgement->original,
    .licence = judgement->licence,
    .partner = judgement->partner,
    .now = judgement->now,
    .publish_at = judgement->publish_at,
  };

  if (!read_history (store, judgement->licence, judgement->now, &input, error))
    return NULL;
  if (id != NULL) {
    if (input.original == NULL)
      input.original = original = rp_store_get_original (store, id, NULL);
    approvals = rp_store_list_approvals (store, id, error);
    if (approvals == NULL)
      return NULL;
  }
  html = render_for_judging (judgement, input.original, error);
  if (html == NULL)
    return NULL;
  input.rendition_html = html;
  input.approvals = (const char *const *) approvals;
  rights_case = rp_rights_case_new (&input);

  return rp_rights_judge (rights_case);
}

static gboolean
is_kept (const char *state)
{
  static const char *const kept[] = {RP_STATE_SCHEDULED, RP_STATE_PUBLISHED, RP_STATE_ATTENTION,
                                     RP_STATE_ARCHIVE,   RP_STATE_TRASH,     NULL};

  return state != NULL && g_strv_contains (kept, state);
}

/* Ready when anybody may have it; without partners, when the licence itself has nothing against it.
 */
static gboolean
is_allowed_anywhere (RpStore *store,
                     RpJudgement *judgement,
                     GPtrArray *partners,
                     gboolean *out,
                     GError **error)
{
  guint count = MAX (partners->len, 1);

  *out = FALSE;
  for (guint i = 0; i < count && !*out; i++) {
    g_autoptr (RpDecision) decision = NULL;

    judgement->partner = partners->len > 0 ? g_ptr_array_index (partners, i) : NULL;
    decision = rp_article_state_judge (store, judgement, error);
    if (decision == NULL)
      return FALSE;
    *out = rp_decision_is_allowed (decision);
  }

  return TRUE;
}

gboolean
rp_article_state_refresh (RpStore *store,
                          RpArticle *article,
                          RpLicence *licence,
                          GPtrArray *partners,
                          gint64 now,
                          GError **error)
{
  RpJudgement judgement = {.article = article, .licence = licence, .now = now};
  const char *state = RP_STATE_NEEDS_LICENCE;
  gboolean allowed;

  if (is_kept (rp_article_get (article, RP_ARTICLE_STATE)))
    return TRUE;
  if (licence != NULL) {
    if (!is_allowed_anywhere (store, &judgement, partners, &allowed, error))
      return FALSE;
    state = allowed ? RP_STATE_READY : RP_STATE_BLOCKED;
  }
  rp_article_set (article, RP_ARTICLE_STATE, state);

  return rp_store_set_article_state (store, rp_article_get (article, RP_ARTICLE_ID), state, error);
}

static gboolean
has_live_receipt (GPtrArray *receipts)
{
  for (guint i = 0; i < receipts->len; i++) {
    RpReceipt *receipt = g_ptr_array_index (receipts, i);

    if (g_strcmp0 (receipt->state, "withdrawn") != 0)
      return TRUE;
  }

  return FALSE;
}

/* The newest delivery per partner counts: an older failure that a retry has mended does not. */
static gboolean
needs_attention (GPtrArray *deliveries)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < deliveries->len; i++) {
    RpDelivery *delivery = g_ptr_array_index (deliveries, i);

    if (delivery->state == RP_DELIVERY_CANCELLED || !g_hash_table_add (seen, delivery->partner_id))
      continue;
    if (delivery->state == RP_DELIVERY_FAILED || delivery->state == RP_DELIVERY_PARKED)
      return TRUE;
  }

  return FALSE;
}

static gboolean
is_scheduled (GPtrArray *deliveries, gint64 now)
{
  for (guint i = 0; i < deliveries->len; i++) {
    RpDelivery *delivery = g_ptr_array_index (deliveries, i);

    if (!rp_delivery_state_is_settled (delivery->state) && delivery->publish_at > now)
      return TRUE;
  }

  return FALSE;
}

/* Of an article that is nowhere and on its way to nobody. */
static const char *
get_idle_state (RpArticle *article)
{
  if (rp_article_get (article, RP_ARTICLE_LICENCE_ID) == NULL)
    return RP_STATE_NEEDS_LICENCE;
  if (g_strcmp0 (rp_article_get (article, RP_ARTICLE_PUBSTATUS), "canceled") == 0)
    return RP_STATE_BLOCKED;

  return RP_STATE_READY;
}

gboolean
rp_article_state_settle (RpStore *store, const char *article_id, gint64 now, GError **error)
{
  g_autoptr (GPtrArray) deliveries =
    rp_store_list_deliveries (store, article_id, FALSE, 200, error);
  g_autoptr (GPtrArray) receipts = NULL;
  g_autoptr (RpArticle) article = NULL;
  const char *state, *before;
  gboolean parted = FALSE;

  if (deliveries == NULL)
    return FALSE;
  receipts = rp_store_list_receipts (store, article_id, error);
  article = rp_store_get_article (store, article_id, error);
  if (receipts == NULL || article == NULL ||
      !rp_parted_find (store, article_id, receipts, &parted, error))
    return FALSE;

  before = rp_article_get (article, RP_ARTICLE_STATE);
  if (g_strcmp0 (before, RP_STATE_ARCHIVE) == 0 || g_strcmp0 (before, RP_STATE_TRASH) == 0)
    return TRUE;
  if (parted || needs_attention (deliveries))
    state = RP_STATE_ATTENTION;
  else if (is_scheduled (deliveries, now))
    state = RP_STATE_SCHEDULED;
  else if (has_live_receipt (receipts))
    state = RP_STATE_PUBLISHED;
  else
    state = get_idle_state (article);

  return rp_store_set_article_state (store, article_id, state, error);
}
