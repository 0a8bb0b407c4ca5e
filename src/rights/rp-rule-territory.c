#include "rp-rule.h"

#include <glib/gi18n-lib.h>

static const char *const members_of_eu[] = {
  "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE",
  "IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE", NULL,
};

static gboolean
is_worldwide (GStrv territories)
{
  return rp_rule_lists (territories, "*");
}

static gboolean
covers (GStrv territories, const char *country)
{
  if (is_worldwide (territories) || rp_rule_lists (territories, country))
    return TRUE;

  return rp_rule_lists (territories, "EU") && rp_rule_lists ((GStrv) members_of_eu, country);
}

/* "EU" as an endpoint's territory stands for its members. */
static GPtrArray *
list_countries (GStrv territories)
{
  GPtrArray *countries = g_ptr_array_new ();

  for (guint i = 0; territories[i] != NULL; i++) {
    if (g_ascii_strcasecmp (territories[i], "EU") != 0)
      g_ptr_array_add (countries, territories[i]);
    else
      for (guint k = 0; members_of_eu[k] != NULL; k++)
        g_ptr_array_add (countries, (gpointer) members_of_eu[k]);
  }

  return countries;
}

/* The endpoint's countries that are covered, or that are not. Gives; NULL when there are none. */
static char *
join_countries (GStrv territories, GStrv list, gboolean covered)
{
  g_autoptr (GPtrArray) countries = list_countries (territories);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  for (guint i = 0; i < countries->len; i++)
    if (covers (list, countries->pdata[i]) == covered)
      g_ptr_array_add (found, countries->pdata[i]);
  if (found->len == 0)
    return NULL;
  g_ptr_array_add (found, NULL);

  return g_strjoinv (", ", (char **) found->pdata);
}

static gboolean
is_empty (GStrv list)
{
  return list == NULL || list[0] == NULL;
}

static void
offer_territories (RpFinding *finding)
{
  rp_finding_set_fix (finding, RP_FIX_EDIT_PARTNER, _ ("Set Territories…"), "territories");
}

static RpVerdict
judge_deny (const RpRightsCase *rights_case, RpFinding *finding)
{
  GStrv deny = rights_case->terms->territory_deny;
  GStrv territories = rights_case->endpoint.territories;
  const char *name = rp_rights_case_get_endpoint_name (rights_case);
  g_autofree char *denied = NULL;

  if (is_empty (deny) || is_empty (territories) ||
      rp_rights_case_has_approval (rights_case, "territory"))
    return RP_VERDICT_ALLOW;

  if (is_worldwide (territories)) {
    denied = g_strjoinv (", ", deny);
    offer_territories (finding);

    return rp_rule_deny (finding, "territory",
                         _ ("%s can be read everywhere, but the licence leaves out: %s."), name,
                         denied);
  }
  denied = join_countries (territories, deny, TRUE);
  if (denied == NULL)
    return RP_VERDICT_ALLOW;

  offer_territories (finding);

  return rp_rule_deny (finding, "territory", _ ("%s publishes where the licence forbids it: %s."),
                       name, denied);
}

static RpVerdict
judge_allow (const RpRightsCase *rights_case, RpFinding *finding)
{
  GStrv allow = rights_case->terms->territory_allow;
  GStrv territories = rights_case->endpoint.territories;
  const char *name = rp_rights_case_get_endpoint_name (rights_case);
  g_autofree char *missing = NULL;
  g_autofree char *allowed = NULL;

  if (is_empty (allow) || is_empty (territories) || is_worldwide (allow) ||
      rp_rights_case_has_approval (rights_case, "territory"))
    return RP_VERDICT_ALLOW;

  missing = join_countries (territories, allow, FALSE);
  if (missing == NULL)
    return RP_VERDICT_ALLOW;

  allowed = g_strjoinv (", ", allow);
  offer_territories (finding);
  if (is_worldwide (territories))
    return rp_rule_deny (finding, "territory",
                         _ ("%s can be read everywhere, but the licence covers only: %s."), name,
                         allowed);

  return rp_rule_deny (finding, "territory",
                       _ ("%s publishes in %s, but the licence covers only: %s."), name, missing,
                       allowed);
}

const RpRule rp_rule_P201 = {
  .id = "P201",
  .title = N_ ("No forbidden country"),
  .judge = judge_deny,
};

const RpRule rp_rule_P202 = {
  .id = "P202",
  .title = N_ ("Every country covered"),
  .judge = judge_allow,
};
