#include "rp-policy-judge.h"
#include "rp-quota.h"
#include "rp-rights.h"
#include "rp-time.h"

static void
add (GPtrArray *turns, gint64 at, RpTurnKind kind)
{
  if (at != RP_TIME_NONE)
    g_ptr_array_add (turns, rp_turn_new (at, kind));
}

static void
add_after (GPtrArray *turns, gint64 start, gint64 days, RpTurnKind kind)
{
  if (days >= 0 && start != RP_TIME_NONE)
    add (turns, start + days * RP_TIME_DAY, kind);
}

static void
add_terms (GPtrArray *turns, const RpRightsCase *rights_case)
{
  const RpTerms *terms = rights_case->terms;
  gint64 start, end;

  add (turns, rp_time_instant (terms->valid_from), RP_TURN_LICENCE_BEGINS);
  add (turns, rp_time_instant (terms->expires), RP_TURN_LICENCE_ENDS);
  add (turns, rp_time_instant (terms->exclusive_until), RP_TURN_EXCLUSIVE_ENDS);
  add_after (turns, rp_time_instant (rights_case->article.published), terms->max_age_days,
             RP_TURN_FIRST_USE_ENDS);
  if (rp_quota_get_period (terms, rights_case->now, &start, &end))
    add (turns, end, RP_TURN_QUOTA_REFILLS);
}

GPtrArray *
rp_rights_list_turns (const RpRightsCase *rights_case)
{
  GPtrArray *turns = g_ptr_array_new_with_free_func ((GDestroyNotify) rp_turn_free);

  add (turns, rp_time_latest_instant (rights_case->article.embargoed_until), RP_TURN_EMBARGO_ENDS);
  add (turns, rp_time_instant (rights_case->article.expires), RP_TURN_ARTICLE_ENDS);
  if (rights_case->terms != NULL)
    add_terms (turns, rights_case);
  if (rights_case->article.parsed_policy != NULL)
    rp_policy_add_turns (rights_case->article.parsed_policy, turns);
  if (rights_case->licence_policy != NULL)
    rp_policy_add_turns (rights_case->licence_policy, turns);
  g_ptr_array_sort (turns, rp_turn_compare);

  return turns;
}

gint64
rp_rights_get_next_turn (const RpRightsCase *rights_case)
{
  g_autoptr (GPtrArray) turns = rp_rights_list_turns (rights_case);

  for (guint i = 0; i < turns->len; i++) {
    const RpTurn *turn = turns->pdata[i];

    if (turn->at > rights_case->now)
      return turn->at;
  }

  return RP_TIME_NONE;
}
