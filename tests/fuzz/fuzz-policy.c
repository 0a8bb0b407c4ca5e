/* The fuzz target of the policy reader on any bytes: what can be read can be judged, and said in
 * words. */
#include <string.h>

#include "fuzz.h"
#include "rp-policy-judge.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (RpPolicy) policy = rp_policy_new_from_text (text, &error);
  g_autoptr (RpPolicyFacts) facts = NULL;
  g_autoptr (RpPolicyReport) report = NULL;
  g_autoptr (JsonObject) printed = NULL;

  if (policy == NULL) {
    g_assert_nonnull (error);
    return 0;
  }
  facts = rp_policy_facts_new (0);
  g_ptr_array_add (facts->actions, g_strdup (RP_ODRL_NS "distribute"));
  rp_policy_facts_add_policy (facts, policy);
  report = rp_policy_judge (policy, facts);
  printed = rp_policy_report_to_json (report, policy, facts);
  g_assert_cmpuint (report->outcomes->len, ==, policy->rules->len);

  return 0;
}
