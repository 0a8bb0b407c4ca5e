/* What an adaptation (a rewritten or translated text) owes. */
#include "rp-rule.h"

#include <glib/gi18n-lib.h>

static gboolean
is_adaptation (const RpRightsCase *rights_case)
{
  return rights_case->edits.body == RP_BODY_TRANSLATED ||
         rights_case->edits.body == RP_BODY_REWRITTEN;
}

static gboolean
is_allowed (const RpRightsCase *rights_case)
{
  gboolean translated = rights_case->edits.body == RP_BODY_TRANSLATED;

  return rp_terms_allow_change (rights_case->terms,
                                translated ? RP_CHANGE_TRANSLATE : RP_CHANGE_REWRITE) ||
         rp_rights_case_has_approval (rights_case, translated ? "translate" : "rewrite");
}

/* The same licence, or a later version of the same kind (BY-SA 3.0 may go on as BY-SA 4.0). */
static gboolean
is_compatible (const char *copy, const char *wanted)
{
  RpCreativeCommons one;
  RpCreativeCommons two;

  if (copy == NULL)
    return FALSE;
  if (g_ascii_strcasecmp (copy, wanted) == 0)
    return TRUE;

  return rp_creative_commons_read (copy, &one) && rp_creative_commons_read (wanted, &two) &&
         one.share_alike && one.non_commercial == two.non_commercial &&
         one.no_derivatives == two.no_derivatives && one.version > two.version && two.version >= 20;
}

static RpVerdict
judge_share_alike (const RpRightsCase *rights_case, RpFinding *finding)
{
  const RpTerms *terms = rights_case->terms;
  const char *copy = rights_case->output.licence_on_copy;
  const char *wanted = terms->licence_on_copy;

  if (!terms->share_alike || wanted == NULL || !is_adaptation (rights_case) ||
      !rights_case->output.known || is_compatible (copy, wanted))
    return RP_VERDICT_ALLOW;

  rp_finding_set_fix (finding, RP_FIX_SET_COPY_LICENCE, _ ("Set the Licence of the Copy"), wanted);
  if (copy == NULL)
    return rp_rule_deny (finding, "share_alike",
                         _ ("The changed version must be licensed under %s."), wanted);

  return rp_rule_deny (finding, "share_alike",
                       _ ("The changed version must be licensed under %s, not under %s."), wanted,
                       copy);
}

static RpVerdict
judge_changes_note (const RpRightsCase *rights_case, RpFinding *finding)
{
  if (!rights_case->terms->is_creative_commons_by || !is_adaptation (rights_case) ||
      !is_allowed (rights_case) || rights_case->output.changes_note != RP_FLAG_NO)
    return RP_VERDICT_ALLOW;

  rp_finding_set_fix (finding, RP_FIX_INSERT_CHANGES_NOTE, _ ("Say What Was Changed"), NULL);

  return rp_rule_deny (
    finding, "derivatives", _ ("The text was changed, and readers are not told so, as %s demands."),
    rights_case->terms->spdx != NULL ? rights_case->terms->spdx : "Creative Commons");
}

static RpVerdict
judge_links (const RpRightsCase *rights_case, RpFinding *finding)
{
  double kept = rights_case->output.links_kept;

  if (!rights_case->terms->preserve_links || kept < 0 || kept >= 1)
    return RP_VERDICT_ALLOW;

  rp_finding_set_fix (finding, RP_FIX_RESTORE_LINKS, _ ("Restore the Links"), NULL);

  return rp_rule_deny (
    finding, "preserve_links",
    _ ("Only %d %% of the links in the text were kept, and the licence asks for all."),
    (int) (kept * 100));
}

const RpRule rp_rule_C307 = {
  .id = "C307",
  .title = N_ ("Same licence on the changed version"),
  .judge = judge_share_alike,
};

const RpRule rp_rule_C308 = {
  .id = "C308",
  .title = N_ ("Links kept"),
  .judge = judge_links,
};

const RpRule rp_rule_C309 = {
  .id = "C309",
  .title = N_ ("Changes named"),
  .judge = judge_changes_note,
};
