/* The terms of a licence profile in the words of ODRL. */
#include "rp-json.h"
#include "rp-licence-odrl.h"
#include "rp-text.h"

#include <string.h>

static void
set_typed (JsonObject *object, const char *member, const char *text, const char *type)
{
  JsonObject *value = json_object_new ();

  json_object_set_string_member (value, "@value", text);
  json_object_set_string_member (value, "@type", type);
  json_object_set_object_member (object, member, value);
}

static JsonObject *
add_constraint (JsonObject *rule, const char *member, const char *left, const char *op)
{
  JsonArray *constraints = rp_json_get_array (rule, member);
  JsonObject *constraint = json_object_new ();

  if (constraints == NULL) {
    constraints = json_array_new ();
    json_object_set_array_member (rule, member, constraints);
  }
  json_object_set_string_member (constraint, "leftOperand", left);
  json_object_set_string_member (constraint, "operator", op);
  json_array_add_object_element (constraints, constraint);

  return constraint;
}

static void
add_time (JsonObject *rule, const char *op, const char *time)
{
  if (time != NULL)
    set_typed (add_constraint (rule, "constraint", "dateTime", op), "rightOperand", time,
               strchr (time, ':') != NULL ? "xsd:dateTime" : "xsd:date");
}

static void
add_days (JsonObject *rule, const char *left, const char *op, gint64 days)
{
  g_autofree char *period = g_strdup_printf ("P%" G_GINT64_FORMAT "D", days);

  if (days >= 0)
    set_typed (add_constraint (rule, "constraint", left, op), "rightOperand", period,
               "xsd:duration");
}

static void
add_words (JsonObject *rule, const char *left, const char *op, GStrv words, const char *prefix)
{
  JsonArray *array;

  if (words == NULL || words[0] == NULL || g_strv_contains ((const char *const *) words, "*"))
    return;
  array = json_array_new ();
  for (guint i = 0; words[i] != NULL; i++) {
    g_autofree char *country = prefix != NULL ? rp_policy_country (words[i]) : NULL;
    g_autofree char *word = country != NULL && !g_str_equal (country, "EU")
                              ? g_strconcat (prefix, country, NULL)
                              : g_strdup (words[i]);

    json_array_add_string_element (array, word);
  }
  json_object_set_array_member (add_constraint (rule, "constraint", left, op), "rightOperand",
                                array);
}

static JsonObject *
add_rule (JsonObject *owner, const char *member, const char *action)
{
  JsonArray *rules = rp_json_get_array (owner, member);
  JsonObject *rule = json_object_new ();

  if (rules == NULL) {
    rules = json_array_new ();
    json_object_set_array_member (owner, member, rules);
  }
  json_object_set_string_member (rule, "action", action);
  json_array_add_object_element (rules, rule);

  return rule;
}

static void
add_payment (JsonObject *permission, JsonObject *profile, const RpTerms *terms)
{
  JsonObject *payment = rp_json_get_object (profile, "payment");
  g_autofree char *amount = payment != NULL ? rp_json_dup_text (payment, "amount") : NULL;
  const char *currency = rp_json_get_string (payment, "currency");
  g_autoptr (JsonArray) actions = json_array_new ();
  JsonObject *duty;
  JsonObject *action;
  JsonObject *refinement;

  if (payment == NULL || g_strcmp0 (terms->payment_model, "free") == 0)
    return;
  duty = add_rule (permission, "duty", "compensate");
  if (amount == NULL)
    return;
  action = json_object_new ();
  json_object_set_string_member (action, "rdf:value", "odrl:compensate");
  refinement = add_constraint (action, "refinement", "payAmount", "eq");
  set_typed (refinement, "rightOperand", amount, "xsd:decimal");
  rp_json_set_string (refinement, "unit", currency);
  json_array_add_object_element (actions, action);
  json_object_set_array_member (duty, "action", g_steal_pointer (&actions));
}

static void
add_notice (JsonObject *permission, JsonObject *profile, const RpTerms *terms)
{
  JsonObject *notify = rp_json_get_object (profile, "notify");
  const char *email = rp_json_get_string (notify, "email");
  JsonObject *duty;

  if (!terms->notify_required)
    return;
  duty = add_rule (permission, "duty", "inform");
  if (email != NULL) {
    g_autofree char *address = g_strconcat ("mailto:", email, NULL);

    json_object_set_string_member (duty, "informedParty", address);
  } else {
    rp_json_set_string (duty, "informedParty", rp_json_get_string (notify, "url"));
  }
  add_days (duty, "delayPeriod", "lteq", terms->notify_within_days);
}

static void
add_permission (JsonObject *policy, JsonObject *profile, const RpTerms *terms)
{
  JsonObject *rule = add_rule (policy, "permission", "distribute");
  g_autofree char *count = g_strdup_printf ("%" G_GINT64_FORMAT, terms->quota_max_uses);

  add_time (rule, "gteq", terms->valid_from);
  add_time (rule, "lt", terms->expires);
  add_words (rule, "spatial", "isAnyOf", terms->territory_allow, "urn:iso:3166:");
  add_words (rule, "spatial", "isNoneOf", terms->territory_deny, "urn:iso:3166:");
  add_words (rule, "deliveryChannel", "isAnyOf", terms->channels, NULL);
  add_words (rule, "recipient", "isAnyOf", terms->outlets, NULL);
  if (terms->quota_max_uses >= 0)
    set_typed (add_constraint (rule, "constraint", "count", "lteq"), "rightOperand", count,
               "xsd:integer");
  if (terms->permission != RP_PERMISSION_YES)
    add_rule (rule, "duty", "obtainConsent");
  if (!terms->attribution_waived && !terms->is_public_domain)
    add_rule (rule, "duty", "attribute");
  if (terms->share_alike)
    add_rule (rule, "duty", "cc:ShareAlike");
  if (terms->tracking_required)
    add_rule (rule, "duty", "acceptTracking");
  add_notice (rule, profile, terms);
  add_payment (rule, profile, terms);
}

static void
add_changes (JsonObject *policy, const RpTerms *terms)
{
  static const struct {
    guint changes;
    const char *action;
  } words[] = {
    {RP_CHANGE_HEADLINE | RP_CHANGE_STYLE | RP_CHANGE_REWRITE, "modify"},
    {RP_CHANGE_TRANSLATE, "translate"},
    {RP_CHANGE_SHORTEN, "extract"},
    {RP_CHANGE_HEADLINE, "reprint:change-headline"},
    {RP_CHANGE_STYLE, "reprint:change-style"},
    {RP_CHANGE_REWRITE, "reprint:rewrite"},
  };
  guint denied = RP_CHANGE_ALL & ~(guint) terms->changes;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if ((denied & words[i].changes) == words[i].changes) {
      add_rule (policy, "prohibition", words[i].action);
      denied &= ~words[i].changes;
    }
}

static void
add_machine_terms (JsonObject *policy, JsonObject *profile, const RpTerms *terms)
{
  static const char *const uses[] = {"train", "input", "index", "search"};
  JsonObject *ai = rp_json_get_object (profile, "ai");

  for (guint i = 0; i < G_N_ELEMENTS (uses); i++) {
    g_autofree char *action = g_strconcat ("reprint:ai-", uses[i], NULL);

    if (g_strcmp0 (rp_json_get_string (ai, uses[i]), "deny") == 0)
      add_rule (policy, "prohibition", action);
  }
  if (terms->tdm_reserved)
    add_rule (policy, "prohibition", "tdm:mine");
}

static void
add_prohibitions (JsonObject *policy, JsonObject *profile, const RpTerms *terms)
{
  add_changes (policy, terms);
  if (terms->commercial_denied)
    add_rule (policy, "prohibition", "cc:CommercialUse");
  if (terms->direct_sale_denied)
    add_rule (policy, "prohibition", "sell");
  if (terms->noindex_required)
    add_rule (policy, "prohibition", "index");
  if (terms->paywall_forbidden)
    add_rule (policy, "prohibition", "reprint:paywall");
  if (terms->archive_days >= 0)
    add_days (add_rule (policy, "prohibition", "archive"), "elapsedTime", "gt",
              terms->archive_days);
  add_machine_terms (policy, profile, terms);
}

static void
add_context (JsonObject *policy)
{
  JsonArray *contexts = json_array_new ();
  JsonObject *prefixes = json_object_new ();

  json_object_set_string_member (prefixes, "reprint", RP_REPRINT_NS);
  json_object_set_string_member (prefixes, "cc", RP_CC_NS);
  json_object_set_string_member (prefixes, "tdm", RP_TDM_NS);
  json_object_set_string_member (prefixes, "dct", "http://purl.org/dc/terms/");
  json_object_set_string_member (prefixes, "rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
  json_object_set_string_member (prefixes, "vcard", "http://www.w3.org/2006/vcard/ns#");
  json_object_set_string_member (prefixes, "xsd", "http://www.w3.org/2001/XMLSchema#");
  json_array_add_string_element (contexts, RP_ODRL_CONTEXT);
  json_array_add_object_element (contexts, prefixes);
  json_object_set_array_member (policy, "@context", contexts);
}

static void
set_each (JsonObject *policy, const char *kind, const char *member, const char *text)
{
  JsonArray *rules = rp_json_get_array (policy, kind);

  for (guint i = 0; rules != NULL && i < json_array_get_length (rules); i++)
    json_object_set_string_member (json_array_get_object_element (rules, i), member, text);
}

static void
add_head (JsonObject *policy, const RpTerms *terms)
{
  const char *grantor = terms->licensor != NULL ? terms->licensor : terms->rights_holder;
  g_autofree char *id = g_uri_escape_string (terms->id, NULL, FALSE);
  g_autofree char *uid = g_strconcat ("urn:reprint:licence:", id, NULL);

  add_context (policy);
  json_object_set_string_member (policy, "@type", grantor != NULL ? "Offer" : "Set");
  json_object_set_string_member (policy, "uid", uid);
  json_object_set_string_member (policy, "profile", RP_REPRINT_NS);
  rp_json_set_string (policy, "dct:title", terms->name);
  if (terms->url != NULL) {
    JsonObject *address = json_object_new ();

    json_object_set_string_member (address, "@id", terms->url);
    json_object_set_object_member (policy, "dct:license", address);
  }
  if (grantor != NULL) {
    JsonObject *party = json_object_new ();
    g_autofree char *slug = rp_text_slug (grantor, 60);
    g_autofree char *party_uid = g_strconcat ("urn:reprint:party:", slug, NULL);

    json_object_set_string_member (party, "@type", "Party");
    json_object_set_string_member (party, "uid", party_uid);
    json_object_set_string_member (party, "vcard:fn", grantor);
    json_object_set_object_member (policy, "assigner", party);
  }
}

static JsonObject *
write_rules (JsonObject *profile)
{
  g_autoptr (RpTerms) terms = rp_terms_new (profile);
  JsonObject *policy = json_object_new ();
  g_autofree char *target = NULL;

  add_head (policy, terms);
  target = g_strconcat (json_object_get_string_member (policy, "uid"), ":articles", NULL);
  if (terms->permission == RP_PERMISSION_NO)
    add_rule (policy, "prohibition", "distribute");
  else
    add_permission (policy, profile, terms);
  add_prohibitions (policy, profile, terms);
  set_each (policy, "permission", "target", target);
  set_each (policy, "prohibition", "target", target);

  return policy;
}

/* A policy that came from elsewhere goes out as it came. */
JsonObject *
rp_licence_odrl_write_policy (JsonObject *profile)
{
  JsonObject *kept = rp_json_get_object (profile, "policy");

  return kept != NULL ? rp_json_object_copy (kept) : write_rules (profile);
}
