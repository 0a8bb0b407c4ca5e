/* Which partners and channels the licence names. */
#include "rp-rule.h"
#include "rp-time.h"

#include <glib/gi18n-lib.h>

static RpVerdict
judge_channels (const RpRightsCase *rights_case, RpFinding *finding)
{
  GStrv allowed = rights_case->terms->channels;
  GStrv channels = rights_case->endpoint.channels;
  g_autofree char *list = NULL;

  if (allowed == NULL || channels == NULL || rp_rights_case_has_approval (rights_case, "channel"))
    return RP_VERDICT_ALLOW;

  for (guint i = 0; channels[i] != NULL; i++)
    if (!rp_rule_lists (allowed, channels[i])) {
      list = g_strjoinv (", ", allowed);
      rp_finding_set_fix (finding, RP_FIX_EDIT_PARTNER, _ ("Set Channels…"), "channels");

      return rp_rule_deny (finding, "channels",
                           _ ("%s also uses the channel “%s”, but the licence covers only: %s."),
                           rp_rights_case_get_endpoint_name (rights_case), channels[i], list);
    }

  return RP_VERDICT_ALLOW;
}

static gboolean
is_endpoint (const RpRightsCase *rights_case, const char *name)
{
  const RpCaseEndpoint *endpoint = &rights_case->endpoint;

  return (endpoint->id != NULL && g_ascii_strcasecmp (endpoint->id, name) == 0) ||
         (endpoint->name != NULL && g_ascii_strcasecmp (endpoint->name, name) == 0);
}

static RpVerdict
judge_outlets (const RpRightsCase *rights_case, RpFinding *finding)
{
  GStrv outlets = rights_case->terms->outlets;
  g_autofree char *list = NULL;

  if (outlets == NULL || rights_case->endpoint.id == NULL ||
      rp_rights_case_has_approval (rights_case, "outlet"))
    return RP_VERDICT_ALLOW;

  for (guint i = 0; outlets[i] != NULL; i++)
    if (is_endpoint (rights_case, outlets[i]))
      return RP_VERDICT_ALLOW;

  list = g_strjoinv (", ", outlets);
  rp_rule_offer_other_partner (finding);

  return rp_rule_deny (finding, "outlets", _ ("%s is not among the outlets of the licence: %s."),
                       rp_rights_case_get_endpoint_name (rights_case), list);
}

static RpVerdict
judge_exclusive (const RpRightsCase *rights_case, RpFinding *finding)
{
  const char *owner = rights_case->terms->exclusive_to;
  const char *until = rights_case->terms->exclusive_until;
  g_autofree char *time = NULL;

  if (owner == NULL || rp_time_instant (until) <= rights_case->at ||
      rights_case->endpoint.id == NULL || is_endpoint (rights_case, owner) ||
      rp_rights_case_has_approval (rights_case, "exclusive"))
    return RP_VERDICT_ALLOW;

  time = rp_rule_format_time (until);
  rp_rule_offer_schedule (finding, until);

  return rp_rule_deny (finding, "exclusive_until", _ ("%s has this article to itself until %s."),
                       owner, time);
}

static RpVerdict
judge_accreditation (const RpRightsCase *rights_case, RpFinding *finding)
{
  if (!rights_case->terms->requires_accreditation ||
      rights_case->endpoint.accredited != RP_FLAG_NO ||
      rp_rights_case_has_approval (rights_case, "accreditation"))
    return RP_VERDICT_ALLOW;

  rp_rule_offer_asking (finding, "accreditation");

  return rp_rule_deny (
    finding, "requires_accreditation",
    _ ("Only accredited news organisations may publish this, and %s is not one."),
    rp_rights_case_get_endpoint_name (rights_case));
}

const RpRule rp_rule_P203 = {
  .id = "P203",
  .title = N_ ("Channels covered"),
  .judge = judge_channels,
};

const RpRule rp_rule_P204 = {
  .id = "P204",
  .title = N_ ("Partner covered"),
  .judge = judge_outlets,
};

const RpRule rp_rule_P205 = {
  .id = "P205",
  .title = N_ ("Not exclusive to somebody else"),
  .judge = judge_exclusive,
};

const RpRule rp_rule_P209 = {
  .id = "P209",
  .title = N_ ("Accreditation"),
  .judge = judge_accreditation,
};
