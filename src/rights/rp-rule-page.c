/* What the page on the web owes: links and marks for machines. Print is exempt. */
#include "rp-rule.h"

#include <glib/gi18n-lib.h>

#include <string.h>

static gboolean
is_exempt (const RpRightsCase *rights_case)
{
  return rights_case->terms->is_public_domain || rp_rights_case_is_print_only (rights_case);
}

static RpVerdict
judge_link (const RpRightsCase *rights_case, RpFinding *finding)
{
  const RpTerms *terms = rights_case->terms;
  const char *url = rights_case->article.canonical_url;

  if (is_exempt (rights_case) || !(terms->is_creative_commons_by || terms->link_required) ||
      rights_case->output.link_original != RP_FLAG_NO)
    return RP_VERDICT_ALLOW;

  rp_finding_set_fix (finding, RP_FIX_INSERT_LINK, _ ("Insert the Link"), "original");
  if (url == NULL)
    return rp_rule_deny (finding, "link_original", _ ("The link to the original is missing."));

  return rp_rule_deny (finding, "link_original", _ ("The link to the original is missing: %s"),
                       url);
}

static RpVerdict
judge_licence_link (const RpRightsCase *rights_case, RpFinding *finding)
{
  const RpTerms *terms = rights_case->terms;

  if (is_exempt (rights_case) || !terms->is_creative_commons_by ||
      rights_case->output.link_licence != RP_FLAG_NO)
    return RP_VERDICT_ALLOW;

  rp_finding_set_fix (finding, RP_FIX_INSERT_LINK, _ ("Insert the Link"), "licence");
  if (terms->url == NULL)
    return rp_rule_deny (finding, "url", _ ("The link to the licence is missing."));

  return rp_rule_deny (finding, "url", _ ("The link to the licence is missing: %s"), terms->url);
}

static gboolean
is_same_page (const char *a, const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

static RpVerdict
judge_canonical (const RpRightsCase *rights_case, RpFinding *finding)
{
  const char *wanted = rights_case->article.canonical_url;
  const char *found = rp_rights_case_get_canonical (rights_case);

  if (is_exempt (rights_case) || !rights_case->terms->canonical_required ||
      !rights_case->output.known ||
      (found != NULL && (wanted == NULL || is_same_page (found, wanted))))
    return RP_VERDICT_ALLOW;

  rp_finding_set_fix (finding, RP_FIX_SET_CANONICAL, _ ("Set Canonical Address"), wanted);
  if (found == NULL)
    return rp_rule_deny (finding, "canonical",
                         _ ("The page does not name the original as its canonical address."));

  return rp_rule_deny (finding, "canonical",
                       _ ("The page names %s as its canonical address instead of %s."), found,
                       wanted);
}

static RpVerdict
judge_noindex (const RpRightsCase *rights_case, RpFinding *finding)
{
  if (is_exempt (rights_case) || !rights_case->terms->noindex_required ||
      rights_case->output.noindex != RP_FLAG_NO || rights_case->endpoint.unlisted)
    return RP_VERDICT_ALLOW;

  rp_finding_set_fix (finding, RP_FIX_SET_NOINDEX, _ ("The Site Hides It"), NULL);

  return rp_rule_deny (
    finding, "noindex",
    _ ("The licence wants search engines to leave the copy at %s out, and they are not told."),
    rp_rights_case_get_endpoint_name (rights_case));
}

static RpVerdict
judge_counter (const RpRightsCase *rights_case, RpFinding *finding)
{
  if (is_exempt (rights_case) || !rights_case->terms->tracking_required ||
      rights_case->output.tracking != RP_FLAG_NO)
    return RP_VERDICT_ALLOW;

  rp_finding_set_fix (finding, RP_FIX_INSERT_COUNTER, _ ("Insert the Page Counter"), NULL);

  return rp_rule_deny (finding, "tracking_required",
                       _ ("The licence demands the licensor's page counter, and it is missing."));
}

const RpRule rp_rule_A403 = {
  .id = "A403",
  .title = N_ ("Link to the original"),
  .judge = judge_link,
};

const RpRule rp_rule_A404 = {
  .id = "A404",
  .title = N_ ("Link to the licence"),
  .judge = judge_licence_link,
};

const RpRule rp_rule_A407 = {
  .id = "A407",
  .title = N_ ("Canonical address"),
  .judge = judge_canonical,
};

const RpRule rp_rule_A409 = {
  .id = "A409",
  .title = N_ ("Search engines"),
  .judge = judge_noindex,
};

const RpRule rp_rule_A410 = {
  .id = "A410",
  .title = N_ ("Page counter"),
  .judge = judge_counter,
};
