/* How long a copy may stay, and whether the partner can take it down. */
#include "rp-rule.h"
#include "rp-time.h"

#include <glib/gi18n-lib.h>

static RpVerdict
judge_archive (const RpRightsCase *rights_case, RpFinding *finding)
{
  gint64 days = rights_case->terms->archive_days;

  if (days < 0 || rights_case->endpoint.can_unpublish != RP_FLAG_NO)
    return RP_VERDICT_ALLOW;

  rp_rule_offer_other_partner (finding);

  return rp_rule_deny (finding, "archive_days",
                       _ ("The copy may stay for %d days, but %s cannot take articles down."),
                       (int) days, rp_rights_case_get_endpoint_name (rights_case));
}

static RpVerdict
judge_removal (const RpRightsCase *rights_case, RpFinding *finding)
{
  gint64 days = rights_case->terms->archive_days;
  g_autofree char *time = NULL;

  if (days < 0 || rights_case->endpoint.can_unpublish != RP_FLAG_YES)
    return RP_VERDICT_ALLOW;

  time = rp_rule_format_instant (rights_case->at + days * RP_TIME_DAY);

  return rp_rule_oblige (finding, "archive_days", _ ("The copy has to be taken down on %s."), time);
}

static RpVerdict
judge_recall (const RpRightsCase *rights_case, RpFinding *finding)
{
  const RpTerms *terms = rights_case->terms;
  const char *name = rp_rights_case_get_endpoint_name (rights_case);

  if (!terms->must_honour_kill || rights_case->endpoint.can_unpublish != RP_FLAG_NO ||
      rp_rights_case_has_approval (rights_case, "kill"))
    return RP_VERDICT_ALLOW;

  rp_rule_offer_other_partner (finding);
  if (terms->takedown_hours >= 0)
    return rp_rule_ask (
      finding, "takedown",
      _ ("Recalls must be honoured within %d hours, but %s cannot take articles back."),
      (int) terms->takedown_hours, name);

  return rp_rule_ask (finding, "takedown",
                      _ ("Recalls must be honoured, but %s cannot take articles back."), name);
}

const RpRule rp_rule_T105 = {
  .id = "T105",
  .title = N_ ("Copy can be taken down in time"),
  .judge = judge_archive,
};

const RpRule rp_rule_O702 = {
  .id = "O702",
  .title = N_ ("Removal is due"),
  .judge = judge_removal,
};

const RpRule rp_rule_O703 = {
  .id = "O703",
  .title = N_ ("Recalls can be honoured"),
  .judge = judge_recall,
};
