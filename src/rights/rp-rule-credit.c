/* Who has to be named, and where. */
#include "rp-rule.h"

#include <glib/gi18n-lib.h>

/* Creative Commons and agreements owe a credit; the public domain does not, nor who is let off it.
 */
static gboolean
owes_credit (const RpTerms *terms)
{
  if (terms->is_public_domain)
    return FALSE;

  return terms->is_creative_commons_by || !terms->attribution_waived;
}

static RpVerdict
judge_author (const RpRightsCase *rights_case, RpFinding *finding)
{
  const RpTerms *terms = rights_case->terms;
  GStrv authors = rights_case->article.authors;
  g_autofree char *names = NULL;

  if (!owes_credit (terms) || (terms->spdx != NULL && !terms->is_creative_commons_by) ||
      authors == NULL || authors[0] == NULL || rights_case->output.credit_author != RP_FLAG_NO)
    return RP_VERDICT_ALLOW;

  names = g_strjoinv (", ", authors);
  rp_finding_set_fix (finding, RP_FIX_INSERT_BYLINE, _ ("Insert the Byline"), NULL);

  return rp_rule_deny (finding, "attribution", _ ("The credit does not name the author, %s."),
                       names);
}

static RpVerdict
judge_source (const RpRightsCase *rights_case, RpFinding *finding)
{
  const RpTerms *terms = rights_case->terms;
  const char *source = terms->licensor != NULL ? terms->licensor : rights_case->article.site_name;

  if (!owes_credit (terms) || rights_case->output.credit_source != RP_FLAG_NO)
    return RP_VERDICT_ALLOW;

  rp_finding_set_fix (finding, RP_FIX_INSERT_CREDIT, _ ("Insert the Credit Line"), NULL);
  if (source == NULL)
    return rp_rule_deny (finding, "attribution", _ ("The credit does not name the source."));

  return rp_rule_deny (finding, "attribution", _ ("The credit does not name the source, %s."),
                       source);
}

static RpVerdict
judge_position (const RpRightsCase *rights_case, RpFinding *finding)
{
  const RpTerms *terms = rights_case->terms;
  const char *position = rights_case->output.credit_position;

  if (terms->is_public_domain || g_strcmp0 (terms->credit_position, "top") != 0 ||
      position == NULL || g_str_equal (position, "top"))
    return RP_VERDICT_ALLOW;

  rp_finding_set_fix (finding, RP_FIX_MOVE_CREDIT, _ ("Move to the Top"), "top");

  return rp_rule_ask (
    finding, "credit_position",
    _ ("The credit line stands at the end, and the licence wants it at the top."));
}

static RpVerdict
judge_title (const RpRightsCase *rights_case, RpFinding *finding)
{
  const RpTerms *terms = rights_case->terms;
  int version = terms->creative_commons.version;

  if (!terms->is_creative_commons_by || version == 0 || version > 30 ||
      rights_case->output.title_present != RP_FLAG_NO)
    return RP_VERDICT_ALLOW;

  rp_finding_set_fix (finding, RP_FIX_INSERT_TITLE, _ ("Insert the Title"), NULL);

  return rp_rule_deny (finding, "attribution",
                       _ ("The title is missing, and Creative Commons %d.%d demands it."),
                       version / 10, version % 10);
}

static RpVerdict
judge_line (const RpRightsCase *rights_case, RpFinding *finding)
{
  const RpTerms *terms = rights_case->terms;
  GStrv lines = terms->mandatory_lines;
  g_autofree char *all = NULL;

  if (terms->is_public_domain || lines == NULL || lines[0] == NULL ||
      rights_case->output.mandatory_line != RP_FLAG_NO)
    return RP_VERDICT_ALLOW;

  all = g_strjoinv (" ", lines);
  rp_finding_set_fix (finding, RP_FIX_INSERT_MANDATORY_LINE, _ ("Insert the Line"), NULL);

  return rp_rule_deny (finding, "mandatory_line",
                       _ ("A line that the licence prescribes is missing: %s"), all);
}

const RpRule rp_rule_A401 = {
  .id = "A401",
  .title = N_ ("Author named"),
  .judge = judge_author,
};

const RpRule rp_rule_A402 = {
  .id = "A402",
  .title = N_ ("Source named"),
  .judge = judge_source,
};

const RpRule rp_rule_A405 = {
  .id = "A405",
  .title = N_ ("Prescribed line"),
  .judge = judge_line,
};

const RpRule rp_rule_A406 = {
  .id = "A406",
  .title = N_ ("Place of the credit"),
  .judge = judge_position,
};

const RpRule rp_rule_A411 = {
  .id = "A411",
  .title = N_ ("Title named"),
  .judge = judge_title,
};
