/* What was changed, against what the licence lets be changed. */
#include "rp-rule.h"

#include <glib/gi18n-lib.h>

static gboolean
is_forbidden (const RpRightsCase *rights_case, RpChange change, const char *kind)
{
  return !rp_terms_allow_change (rights_case->terms, change) &&
         !rp_rights_case_has_approval (rights_case, kind);
}

static gboolean
has_forbidden_body (const RpRightsCase *rights_case,
                    RpBodyEdit body,
                    RpChange change,
                    const char *kind)
{
  return rights_case->edits.body == body && is_forbidden (rights_case, change, kind);
}

static void
offer_restore (RpFinding *finding)
{
  rp_finding_set_fix (finding, RP_FIX_RESTORE_BODY, _ ("Restore the Text"), NULL);
}

static RpVerdict
judge_rewritten (const RpRightsCase *rights_case, RpFinding *finding)
{
  if (!has_forbidden_body (rights_case, RP_BODY_REWRITTEN, RP_CHANGE_REWRITE, "rewrite"))
    return RP_VERDICT_ALLOW;

  offer_restore (finding);

  return rp_rule_deny (finding, "derivatives",
                       _ ("The text was rewritten, which this licence does not allow."));
}

static RpVerdict
judge_style (const RpRightsCase *rights_case, RpFinding *finding)
{
  if (!has_forbidden_body (rights_case, RP_BODY_STYLE, RP_CHANGE_STYLE, "style"))
    return RP_VERDICT_ALLOW;

  offer_restore (finding);

  return rp_rule_ask (
    finding, "derivatives",
    _ ("Words were edited for style, and this licence does not mention that it may be."));
}

static RpVerdict
judge_headline (const RpRightsCase *rights_case, RpFinding *finding)
{
  if (!rights_case->edits.headline_known || !rights_case->edits.headline_changed ||
      !is_forbidden (rights_case, RP_CHANGE_HEADLINE, "headline"))
    return RP_VERDICT_ALLOW;

  rp_finding_set_fix (finding, RP_FIX_RESTORE_HEADLINE, _ ("Restore Headline"), NULL);
  if (rights_case->article.headline == NULL)
    return rp_rule_deny (finding, "derivatives",
                         _ ("The headline was changed, which this licence does not allow."));

  return rp_rule_deny (finding, "derivatives",
                       _ ("The headline was changed to “%s”, which this licence does not allow."),
                       rights_case->article.headline);
}

static RpVerdict
judge_shortened (const RpRightsCase *rights_case, RpFinding *finding)
{
  if (!has_forbidden_body (rights_case, RP_BODY_SHORTENED, RP_CHANGE_SHORTEN, "shorten"))
    return RP_VERDICT_ALLOW;

  offer_restore (finding);
  if (rights_case->edits.words < 0)
    return rp_rule_deny (finding, "derivatives",
                         _ ("The text was shortened, which this licence does not allow."));

  return rp_rule_deny (finding, "derivatives",
                       _ ("The text was shortened to %d words, which this licence does not allow."),
                       (int) rights_case->edits.words);
}

static RpVerdict
judge_translated (const RpRightsCase *rights_case, RpFinding *finding)
{
  if (!has_forbidden_body (rights_case, RP_BODY_TRANSLATED, RP_CHANGE_TRANSLATE, "translate"))
    return RP_VERDICT_ALLOW;

  rp_rule_offer_asking (finding, "translate");

  return rp_rule_deny (finding, "derivatives",
                       _ ("The text was translated, which this licence does not allow."));
}

const RpRule rp_rule_C301 = {
  .id = "C301",
  .title = N_ ("Not rewritten"),
  .judge = judge_rewritten,
};

const RpRule rp_rule_C302 = {
  .id = "C302",
  .title = N_ ("Edits for style"),
  .judge = judge_style,
};

const RpRule rp_rule_C303 = {
  .id = "C303",
  .title = N_ ("Headline"),
  .judge = judge_headline,
};

const RpRule rp_rule_C305 = {
  .id = "C305",
  .title = N_ ("Not shortened"),
  .judge = judge_shortened,
};

const RpRule rp_rule_C306 = {
  .id = "C306",
  .title = N_ ("Not translated"),
  .judge = judge_translated,
};
