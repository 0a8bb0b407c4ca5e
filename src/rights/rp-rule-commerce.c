/* Money: commercial partners, paywalls, advertising, fees and how much may be taken. */
#include "rp-quota.h"
#include "rp-rule.h"

#include <glib/gi18n-lib.h>

static RpVerdict
judge_commercial (const RpRightsCase *rights_case, RpFinding *finding)
{
  if (!rights_case->terms->commercial_denied || rights_case->endpoint.commercial != RP_FLAG_YES ||
      rp_rights_case_has_approval (rights_case, "commercial"))
    return RP_VERDICT_ALLOW;

  rp_rule_offer_asking (finding, "commercial");

  return rp_rule_deny (finding, "commercial",
                       _ ("%s is a commercial site, and the licence forbids commercial use."),
                       rp_rights_case_get_endpoint_name (rights_case));
}

static RpVerdict
judge_paywall (const RpRightsCase *rights_case, RpFinding *finding)
{
  if (!rights_case->terms->paywall_forbidden || rights_case->endpoint.paywalled != RP_FLAG_YES ||
      rp_rights_case_has_approval (rights_case, "paywall"))
    return RP_VERDICT_ALLOW;

  rp_rule_offer_asking (finding, "paywall");

  return rp_rule_deny (finding, "paywall",
                       _ ("%s has a paywall, and the licence allows free pages only."),
                       rp_rights_case_get_endpoint_name (rights_case));
}

static RpVerdict
judge_advertising (const RpRightsCase *rights_case, RpFinding *finding)
{
  if (!rights_case->terms->direct_sale_denied ||
      g_strcmp0 (rights_case->endpoint.ads, "targeted") != 0 ||
      rp_rights_case_has_approval (rights_case, "advertising"))
    return RP_VERDICT_ALLOW;

  rp_finding_set_fix (finding, RP_FIX_EDIT_PARTNER, _ ("Switch Advertising Off…"), "ads");

  return rp_rule_deny (
    finding, "commercial",
    _ ("%s sells advertising against single articles, which the licence forbids."),
    rp_rights_case_get_endpoint_name (rights_case));
}

static RpVerdict
judge_volume (const RpRightsCase *rights_case, RpFinding *finding)
{
  gint64 limit = rights_case->terms->max_items_30d;
  gint64 used = rights_case->items_from_source_30d;

  if (limit < 0 || used < limit || rp_rights_case_has_approval (rights_case, "volume"))
    return RP_VERDICT_ALLOW;

  rp_rule_offer_asking (finding, "volume");

  return rp_rule_deny (
    finding, "max_items_30d",
    _ ("%d articles of this source were used in the last 30 days, and the licence allows %d."),
    (int) used, (int) limit);
}

static RpVerdict
deny_used_up (const RpRightsCase *rights_case, RpFinding *finding)
{
  const RpTerms *terms = rights_case->terms;
  g_autofree char *time = NULL;
  gint64 start, end;

  rp_rule_offer_asking (finding, "quota");
  if (!rp_quota_get_period (terms, rights_case->at, &start, &end))
    return rp_rule_deny (finding, "quota", _ ("%d of the %d uses that were agreed are used up."),
                         (int) rights_case->uses_total, (int) terms->quota_max_uses);

  time = rp_rule_format_instant (end);
  return rp_rule_deny (finding, "quota",
                       _ ("%d of the %d uses that were agreed are used up; more come on %s."),
                       (int) rights_case->uses_total, (int) terms->quota_max_uses, time);
}

static RpVerdict
judge_quota (const RpRightsCase *rights_case, RpFinding *finding)
{
  const RpTerms *terms = rights_case->terms;

  if (terms->quota_max_uses >= 0 && rights_case->uses_total >= terms->quota_max_uses &&
      !rp_rights_case_has_approval (rights_case, "quota"))
    return deny_used_up (rights_case, finding);
  if (g_strcmp0 (terms->payment_model, "per-use") != 0 ||
      rp_rights_case_has_approval (rights_case, "fee"))
    return RP_VERDICT_ALLOW;

  rp_finding_set_fix (finding, RP_FIX_RECORD_APPROVAL, _ ("Approve the Fee…"), "fee");
  if (terms->payment_amount != NULL)
    return rp_rule_deny (finding, "payment",
                         _ ("Each use costs %s, and nobody has approved the fee."),
                         terms->payment_amount);

  return rp_rule_deny (finding, "payment", _ ("Each use costs a fee, and nobody has approved it."));
}

const RpRule rp_rule_P206 = {
  .id = "P206",
  .title = N_ ("Commercial use"),
  .judge = judge_commercial,
};

const RpRule rp_rule_P207 = {
  .id = "P207",
  .title = N_ ("Paywall"),
  .judge = judge_paywall,
};

const RpRule rp_rule_P208 = {
  .id = "P208",
  .title = N_ ("Advertising"),
  .judge = judge_advertising,
};

const RpRule rp_rule_P210 = {
  .id = "P210",
  .title = N_ ("Not too many from one source"),
  .judge = judge_volume,
};

const RpRule rp_rule_P211 = {
  .id = "P211",
  .title = N_ ("Quota and fee"),
  .judge = judge_quota,
};
