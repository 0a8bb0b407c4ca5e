#include "rp-article-state.h"

#include "rp-article-row.h"
#include "rp-edits.h"
#include "rp-parted.h"
#include "rp-quota.h"
#include "rp-renderer.h"
#include "rp-rights.h"
#include "rp-store-articles.h"
#include "rp-store-decisions.h"
#include "rp-store-deliveries.h"
#include "rp-store-evidence.h"
#include "rp-store-facts.h"
#include "rp-store-lapses.h"
#include "rp-store-receipts.h"
#include "rp-time.h"

static void
add_other (GPtrArray *others, RpLicence *licence, const char *chosen)
{
  if (g_strcmp0 (rp_licence_get_id (licence), chosen) != 0)
    g_ptr_array_add (others, g_object_ref (licence));
}

GPtrArray *
rp_article_state_list_others (RpLicenceBook *book, RpArticle *article)
{
  const char *confidence = rp_article_get (article, RP_ARTICLE_LICENCE_CONFIDENCE);
  const char *chosen = rp_article_get (article, RP_ARTICLE_LICENCE_ID);
  g_autoptr (RpProposal) proposal = NULL;
  g_autoptr (GPtrArray) others = NULL;

  if (chosen == NULL || g_strcmp0 (confidence, "confirmed") == 0)
    return NULL;
  proposal = rp_licence_book_propose (book, article);
  if (proposal->licence == NULL)
    return NULL;
  others = g_ptr_array_new_with_free_func (g_object_unref);
  add_other (others, proposal->licence, chosen);
  for (guint i = 0; i < proposal->others->len; i++)
    add_other (others, g_ptr_array_index (proposal->others, i), chosen);

  return others->len > 0 ? g_steal_pointer (&others) : NULL;
}

char *
rp_article_state_dup_changes (RpArticle *original, RpArticle *article)
{
  RpEdits edits;

  if (original == NULL)
    return NULL;
  edits = rp_edits_between (original, article);

  return rp_edits_dup_note (&edits);
}

static char *
render_for_judging (const RpJudgement *judgement, const RpEdits *edits, GError **error)
{
  g_autofree char *changes = rp_edits_dup_note (edits);
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

gboolean
rp_article_state_read_uses (RpStore *store,
                            RpLicence *licence,
                            gint64 now,
                            gint64 *out_recent,
                            gint64 *out_total,
                            GError **error)
{
  const char *id = rp_licence_get_id (licence);
  gint64 start = 0, end;

  rp_quota_get_period (rp_licence_get_terms (licence), now, &start, &end);

  return rp_store_count_uses (store, id, now - 30 * RP_TIME_DAY, out_recent, error) &&
         rp_store_count_uses (store, id, start, out_total, error);
}

/* Counting takes longer the more was published, and few licences ask for it. */
gboolean
rp_article_state_count_uses (RpStore *store,
                             RpRightsCase *rights_case,
                             RpLicence *licence,
                             GError **error)
{
  return licence == NULL || !rp_rights_case_asks_for_uses (rights_case) ||
         rp_article_state_read_uses (store, licence, rights_case->now,
                                     &rights_case->items_from_source_30d, &rights_case->uses_total,
                                     error);
}

RpRightsCase *
rp_article_state_new_case (RpStore *store, const RpJudgement *judgement, GError **error)
{
  const char *id = rp_article_get (judgement->article, RP_ARTICLE_ID);
  g_autoptr (RpArticle) original = NULL;
  g_auto (GStrv) approvals = NULL;
  g_autofree char *html = NULL;
  g_autoptr (RpRightsCase) rights_case = NULL;
  RpEdits edits;
  RpRightsInput input = {
    .article = judgement->article,
    .original = judgement->original,
    .licence = judgement->licence,
    .partner = judgement->partner,
    .others = judgement->others,
    .now = judgement->now,
    .publish_at = judgement->publish_at,
  };

  if (id != NULL) {
    if (input.original == NULL)
      input.original = original = rp_store_get_original (store, id, NULL);
    approvals = rp_store_list_approvals (store, id, error);
    if (approvals == NULL)
      return NULL;
  }
  edits = rp_edits_between (input.original, judgement->article);
  html = render_for_judging (judgement, &edits, error);
  if (html == NULL)
    return NULL;
  input.edits = &edits;
  input.rendition_html = html;
  input.approvals = (const char *const *) approvals;

  rights_case = rp_rights_case_new (&input);

  return rp_article_state_count_uses (store, rights_case, judgement->licence, error)
           ? g_steal_pointer (&rights_case)
           : NULL;
}

RpDecision *
rp_article_state_judge (RpStore *store, const RpJudgement *judgement, GError **error)
{
  g_autoptr (RpRightsCase) rights_case = rp_article_state_new_case (store, judgement, error);

  return rights_case != NULL ? rp_rights_judge (rights_case) : NULL;
}

/* A guess never unlocks publishing, nor does one of two statements that disagree. */
const RpFinding *
rp_article_state_get_obstacle (RpDecision *decision)
{
  GPtrArray *findings = rp_decision_get_findings (decision);

  if (!rp_decision_is_allowed (decision))
    return g_ptr_array_index (findings, 0);
  for (guint i = 0; i < findings->len; i++) {
    const RpFinding *finding = g_ptr_array_index (findings, i);

    if (g_str_equal (finding->rule, "R011") || g_str_equal (finding->rule, "R012"))
      return finding;
  }

  return NULL;
}

static gboolean
is_kept (const char *state)
{
  static const char *const kept[] = {RP_STATE_SCHEDULED, RP_STATE_PUBLISHED, RP_STATE_ATTENTION,
                                     RP_STATE_ARCHIVE,   RP_STATE_TRASH,     NULL};

  return state != NULL && g_strv_contains (kept, state);
}

GPtrArray *
rp_article_state_list_endpoints (GPtrArray *partners)
{
  GPtrArray *endpoints = g_ptr_array_new_with_free_func ((GDestroyNotify) rp_case_endpoint_free);

  for (guint i = 0; i < partners->len; i++)
    g_ptr_array_add (endpoints, rp_case_endpoint_new (g_ptr_array_index (partners, i)));

  return endpoints;
}

/* Ready when anybody may have it; without partners, when the licence itself has nothing against it.
 */
const char *
rp_article_state_work_out (RpRightsCase *rights_case, GPtrArray *endpoints, gint64 *out_allowed)
{
  *out_allowed = 0;
  for (guint i = 0; i < MAX (endpoints->len, 1); i++) {
    g_autoptr (RpDecision) decision = NULL;

    if (endpoints->len > 0)
      rp_rights_case_set_endpoint (rights_case, g_ptr_array_index (endpoints, i));
    decision = rp_rights_judge (rights_case);
    *out_allowed += rp_decision_is_allowed (decision);
  }
  if (rights_case->terms == NULL)
    return RP_STATE_NEEDS_LICENCE;

  return *out_allowed > 0 ? RP_STATE_READY : RP_STATE_BLOCKED;
}

static char *
join_ids (GPtrArray *licences)
{
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; licences != NULL && i < licences->len; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? " " : "",
                            rp_licence_get_id (g_ptr_array_index (licences, i)));

  return ids->len > 0 ? g_string_free (g_steal_pointer (&ids), FALSE) : NULL;
}

static RpFactsRow *
note_facts (RpRightsCase *rights_case, const RpJudgement *judgement, GPtrArray *endpoints)
{
  RpFactsRow *row = g_new0 (RpFactsRow, 1);
  RpLicence *licence = judgement->licence;

  row->article_id = g_strdup (rp_article_get (judgement->article, RP_ARTICLE_ID));
  row->judged_by = licence != NULL ? g_strdup (rp_licence_get_id (licence)) : NULL;
  row->judged_version = licence != NULL ? rp_licence_get_version (licence) : 0;
  row->others = join_ids (judgement->others);
  row->next_turn = rp_rights_get_next_turn (rights_case);
  row->review = rp_rights_needs_review (rights_case);
  row->state = g_strdup (rp_article_state_work_out (rights_case, endpoints, &row->allowed));
  row->facts = rp_rights_case_to_facts (rights_case);

  return row;
}

RpFactsRow *
rp_article_state_new_facts (RpStore *store,
                            const RpJudgement *judgement,
                            GPtrArray *endpoints,
                            GError **error)
{
  g_autoptr (RpRightsCase) rights_case = rp_article_state_new_case (store, judgement, error);

  return rights_case != NULL ? note_facts (rights_case, judgement, endpoints) : NULL;
}

gboolean
rp_article_state_refresh (RpStore *store,
                          RpArticle *article,
                          RpLicence *licence,
                          GPtrArray *others,
                          GPtrArray *partners,
                          gint64 now,
                          GError **error)
{
  const RpJudgement judgement = {
    .article = article, .licence = licence, .others = others, .now = now};
  g_autoptr (GPtrArray) endpoints = NULL;
  g_autoptr (RpFactsRow) row = NULL;

  if (is_kept (rp_article_get (article, RP_ARTICLE_STATE)))
    return TRUE;
  if (licence == NULL) {
    rp_article_set (article, RP_ARTICLE_STATE, RP_STATE_NEEDS_LICENCE);
    return rp_store_set_article_state (store, rp_article_get (article, RP_ARTICLE_ID),
                                       RP_STATE_NEEDS_LICENCE, error);
  }
  endpoints = rp_article_state_list_endpoints (partners);
  row = rp_article_state_new_facts (store, &judgement, endpoints, error);
  if (row == NULL)
    return FALSE;
  rp_article_set (article, RP_ARTICLE_STATE, row->state);

  return rp_store_save_facts (store, row, error) &&
         rp_store_set_article_state (store, row->article_id, row->state, error);
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

/* Here, or at the partner. */
static gboolean
is_scheduled (GPtrArray *deliveries, GPtrArray *receipts, gint64 now)
{
  for (guint i = 0; i < receipts->len; i++)
    if (g_strcmp0 (((RpReceipt *) receipts->pdata[i])->state, "scheduled") == 0)
      return TRUE;
  for (guint i = 0; i < deliveries->len; i++) {
    RpDelivery *delivery = g_ptr_array_index (deliveries, i);

    if (!rp_delivery_state_is_settled (delivery->state) && delivery->publish_at > now &&
        !rp_delivery_is_planned_removal (delivery))
      return TRUE;
  }

  return FALSE;
}

/* Of an article that is nowhere and on its way to nobody: as it was judged last, which may have
 * been a while ago, so it is judged again soon. */
static const char *
get_idle_state (RpStore *store, const char *article_id, GError **error)
{
  g_autoptr (RpArticle) article = rp_store_get_article (store, article_id, error);
  gboolean barred = FALSE;

  if (article == NULL || !rp_store_is_barred (store, article_id, &barred, error) ||
      !rp_store_make_due (store, article_id, error))
    return NULL;
  if (rp_article_get (article, RP_ARTICLE_LICENCE_ID) == NULL)
    return RP_STATE_NEEDS_LICENCE;
  if (barred || g_strcmp0 (rp_article_get (article, RP_ARTICLE_PUBSTATUS), "canceled") == 0)
    return RP_STATE_BLOCKED;

  return RP_STATE_READY;
}

gboolean
rp_article_state_settle (RpStore *store, const char *article_id, gint64 now, GError **error)
{
  g_autoptr (GPtrArray) deliveries = NULL;
  g_autoptr (GPtrArray) receipts = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *before = rp_store_hold_article_state (store, article_id, &local);
  const char *state;
  gboolean parted = FALSE, bad = FALSE, lapsed = FALSE;

  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  if (before == NULL || g_str_equal (before, RP_STATE_ARCHIVE) ||
      g_str_equal (before, RP_STATE_TRASH))
    return TRUE;
  deliveries = rp_store_list_standings (store, article_id, 200, error);
  receipts = deliveries != NULL ? rp_store_list_receipts (store, article_id, error) : NULL;
  if (receipts == NULL || !rp_parted_find (store, article_id, receipts, &parted, error) ||
      !rp_store_has_bad_verdict (store, article_id, &bad, error) ||
      !rp_store_has_lapse (store, article_id, &lapsed, error))
    return FALSE;

  if (parted || bad || lapsed || rp_delivery_find_failure (deliveries) != NULL)
    state = RP_STATE_ATTENTION;
  else if (is_scheduled (deliveries, receipts, now))
    state = RP_STATE_SCHEDULED;
  else if (has_live_receipt (receipts))
    state = RP_STATE_PUBLISHED;
  else
    state = get_idle_state (store, article_id, error);

  return state != NULL && rp_store_set_article_state (store, article_id, state, error);
}
