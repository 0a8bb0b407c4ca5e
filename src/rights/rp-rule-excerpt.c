/* Limits on how much may be shown. */
#include "rp-rule.h"

#include <glib/gi18n-lib.h>

static gboolean
is_over (const RpRightsCase *rights_case, gint64 limit, gint64 count)
{
  return limit >= 0 && count > limit && !rp_rights_case_has_approval (rights_case, "length");
}

static RpVerdict
judge_words (const RpRightsCase *rights_case, RpFinding *finding)
{
  gint64 limit = rights_case->terms->max_words;
  g_autofree char *argument = NULL;

  if (!is_over (rights_case, limit, rights_case->edits.words))
    return RP_VERDICT_ALLOW;

  argument = g_strdup_printf ("%" G_GINT64_FORMAT, limit);
  rp_finding_set_fix (finding, RP_FIX_TRIM_BODY, _ ("Shorten to an Excerpt"), argument);

  return rp_rule_deny (finding, "max_words",
                       _ ("The text has %d words, and the licence allows %d."),
                       (int) rights_case->edits.words, (int) limit);
}

static RpVerdict
judge_paragraphs (const RpRightsCase *rights_case, RpFinding *finding)
{
  gint64 limit = rights_case->terms->max_paragraphs;

  if (!is_over (rights_case, limit, rights_case->edits.paragraphs))
    return RP_VERDICT_ALLOW;

  rp_rule_offer_asking (finding, "length");

  return rp_rule_deny (finding, "max_paragraphs",
                       _ ("The text has %d paragraphs, and the licence allows %d."),
                       (int) rights_case->edits.paragraphs, (int) limit);
}

const RpRule rp_rule_C304 = {
  .id = "C304",
  .title = N_ ("Length in words"),
  .judge = judge_words,
};

const RpRule rp_rule_C310 = {
  .id = "C310",
  .title = N_ ("Length in paragraphs"),
  .judge = judge_paragraphs,
};
