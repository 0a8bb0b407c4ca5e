#include "rp-rule.h"

#include <glib/gi18n-lib.h>

static const char *
get_name (const RpTerms *terms)
{
  if (terms->name != NULL)
    return terms->name;
  if (terms->spdx != NULL)
    return terms->spdx;

  return terms->id != NULL ? terms->id : _ ("The licence");
}

static RpVerdict
judge_guessed (const RpRightsCase *rights_case, RpFinding *finding)
{
  const RpTerms *terms = rights_case->terms;
  g_autofree char *words = terms != NULL ? rp_terms_dup_template_words (terms) : NULL;

  if (terms == NULL || g_strcmp0 (terms->confidence, "guessed") != 0 ||
      rp_rights_case_has_approval (rights_case, "licence"))
    return RP_VERDICT_ALLOW;

  rp_finding_set_fix (finding, RP_FIX_CONFIRM_LICENCE, _ ("Confirm the Licence"), NULL);

  if (words != NULL)
    return rp_rule_ask (finding, "confidence", "%s", words);

  return rp_rule_ask (finding, "confidence",
                      _ ("%s is only a guess from the words of the article."), get_name (terms));
}

static RpVerdict
judge_disputed (const RpRightsCase *rights_case, RpFinding *finding)
{
  const RpTerms *terms = rights_case->terms;
  g_autofree char *others = NULL;

  if (terms == NULL || !terms->disputed || rp_rights_case_has_approval (rights_case, "licence") ||
      g_strcmp0 (terms->confidence, "confirmed") == 0)
    return RP_VERDICT_ALLOW;

  rp_finding_set_fix (finding, RP_FIX_SET_LICENCE, _ ("Choose a Licence…"), NULL);
  if (terms->conflicts == NULL || terms->conflicts[0] == NULL)
    return rp_rule_ask (finding, "conflicts", _ ("The source does not agree with itself about %s."),
                        get_name (terms));

  others = g_strjoinv (", ", terms->conflicts);

  return rp_rule_ask (finding, "conflicts",
                      _ ("The source names %s, and at another place it points at: %s."),
                      get_name (terms), others);
}

const RpRule rp_rule_R011 = {
  .id = "R011",
  .title = N_ ("Licence confirmed"),
  .judge = judge_guessed,
  .flags = RP_RULE_ALWAYS,
};

const RpRule rp_rule_R012 = {
  .id = "R012",
  .title = N_ ("Statements agree"),
  .judge = judge_disputed,
  .flags = RP_RULE_ALWAYS,
};
