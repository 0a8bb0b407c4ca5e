/* The terms of a policy as members of a licence profile. */
#include "rp-json.h"
#include "rp-licence-odrl.h"

#include <string.h>

typedef struct {
  GHashTable *terms; /* lent: member -> JsonNode */
  guint changes;     /* RpChange that are prohibited */
  gboolean complete;
} Reading;

static const char *const publishing[] = {
  RP_ODRL_NS "distribute",
  RP_ODRL_NS "use",
  RP_ODRL_NS "present",
  RP_ODRL_NS "display",
  RP_CC_NS "Distribution",
  RP_CC_NS "Sharing",
  NULL,
};

/* What stands for a term when it is prohibited outright. */
static const struct {
  const char *action;
  const char *member;
  const char *value;
} prohibited_terms[] = {
  {RP_CC_NS "CommercialUse", "commercial", "deny"},
  {RP_ODRL_NS "sell", "commercial", "no-direct-sale"},
  {RP_ODRL_NS "index", "noindex", "required"},
  {RP_REPRINT_NS "paywall", "paywall", "forbidden"},
  {RP_REPRINT_NS "ai-train", "ai.train", "deny"},
  {RP_REPRINT_NS "ai-input", "ai.input", "deny"},
  {RP_REPRINT_NS "ai-index", "ai.index", "deny"},
  {RP_REPRINT_NS "ai-search", "ai.search", "deny"},
};

static const struct {
  const char *action;
  guint changes;
} prohibited_changes[] = {
  {RP_ODRL_NS "modify", RP_CHANGE_HEADLINE | RP_CHANGE_STYLE | RP_CHANGE_REWRITE},
  {RP_ODRL_NS "translate", RP_CHANGE_TRANSLATE},
  {RP_ODRL_NS "extract", RP_CHANGE_SHORTEN},
  {RP_ODRL_NS "derive", RP_CHANGE_ALL},
  {RP_CC_NS "DerivativeWorks", RP_CHANGE_ALL},
  {RP_REPRINT_NS "change-headline", RP_CHANGE_HEADLINE},
  {RP_REPRINT_NS "change-style", RP_CHANGE_STYLE},
  {RP_REPRINT_NS "rewrite", RP_CHANGE_REWRITE},
};

static void
set_node (Reading *reading, const char *member, JsonNode *take_node)
{
  g_hash_table_replace (reading->terms, g_strdup (member), take_node);
}

static void
set_text (Reading *reading, const char *member, const char *text)
{
  set_node (reading, member, json_node_init_string (json_node_alloc (), text));
}

static void
set_number (Reading *reading, const char *member, gint64 number)
{
  set_node (reading, member, json_node_init_int (json_node_alloc (), number));
}

static void
set_true (Reading *reading, const char *member)
{
  set_node (reading, member, json_node_init_boolean (json_node_alloc (), TRUE));
}

static char *
dup_place (const RpPolicyValue *value)
{
  char *country = rp_policy_country (value->text);

  return country != NULL ? country : g_strdup (value->text);
}

static char *
dup_channel (const RpPolicyValue *value)
{
  return g_ascii_strdown (rp_policy_word_tail (value->text), -1);
}

static char *
dup_text (const RpPolicyValue *value)
{
  return g_strdup (value->text);
}

static void
set_list (Reading *reading,
          const char *member,
          GPtrArray *values,
          char *(*dup_word) (const RpPolicyValue *value))
{
  g_autoptr (JsonArray) array = json_array_new ();

  for (guint i = 0; i < values->len; i++) {
    g_autofree char *word = dup_word (values->pdata[i]);

    json_array_add_string_element (array, word);
  }
  set_node (reading, member, json_node_init_array (json_node_alloc (), array));
}

static gboolean
is_word (const char *iri, const char *word)
{
  return iri != NULL && g_str_has_prefix (iri, RP_ODRL_NS) &&
         g_str_equal (iri + strlen (RP_ODRL_NS), word);
}

/* "any of these"; a single one may be said in other ways. */
static gboolean
is_choice (const RpPolicyConstraint *constraint)
{
  return constraint->op == RP_POLICY_OP_IS_ANY_OF ||
         (constraint->right->len == 1 &&
          (constraint->op == RP_POLICY_OP_EQ || constraint->op == RP_POLICY_OP_IS_PART_OF));
}

static gboolean
is_exclusion (const RpPolicyConstraint *constraint)
{
  return constraint->op == RP_POLICY_OP_IS_NONE_OF ||
         (constraint->right->len == 1 && constraint->op == RP_POLICY_OP_NEQ);
}

static gboolean
read_time (Reading *reading, const RpPolicyConstraint *constraint)
{
  const RpPolicyValue *value = constraint->right->len == 1 ? constraint->right->pdata[0] : NULL;
  const char *member = NULL;

  if (constraint->op == RP_POLICY_OP_LT)
    member = "expires";
  else if (constraint->op == RP_POLICY_OP_GTEQ)
    member = "valid_from";
  if (value == NULL || member == NULL || g_hash_table_contains (reading->terms, member))
    return FALSE;
  set_text (reading, member, value->text);

  return TRUE;
}

static gboolean
read_count (Reading *reading, const RpPolicyConstraint *constraint)
{
  const RpPolicyValue *value = constraint->right->len == 1 ? constraint->right->pdata[0] : NULL;
  gint64 count = value != NULL ? g_ascii_strtoll (value->text, NULL, 10) : 0;

  if (value == NULL || constraint->unit != NULL)
    return FALSE;
  if (constraint->op == RP_POLICY_OP_LT)
    count--;
  else if (constraint->op != RP_POLICY_OP_LTEQ)
    return FALSE;
  set_number (reading, "quota.max_uses", count);

  return TRUE;
}

static gboolean
read_constraint (Reading *reading, const RpPolicyConstraint *constraint)
{
  if (constraint->logic != RP_POLICY_PLAIN || constraint->right->len == 0)
    return FALSE;
  if (is_word (constraint->left, "dateTime"))
    return read_time (reading, constraint);
  if (is_word (constraint->left, "count"))
    return read_count (reading, constraint);
  if (is_word (constraint->left, "spatial") && is_choice (constraint))
    set_list (reading, "territory.allow", constraint->right, dup_place);
  else if (is_word (constraint->left, "spatial") && is_exclusion (constraint))
    set_list (reading, "territory.deny", constraint->right, dup_place);
  else if (is_word (constraint->left, "deliveryChannel") && is_choice (constraint))
    set_list (reading, "channels", constraint->right, dup_channel);
  else if (is_word (constraint->left, "recipient") && is_choice (constraint))
    set_list (reading, "outlets", constraint->right, dup_text);
  else
    return FALSE;

  return TRUE;
}

/* "P30D": whole days only; -1 for anything else. */
static gint64
read_days (GPtrArray *values)
{
  const char *text = values->len == 1 ? ((RpPolicyValue *) values->pdata[0])->text : "";
  char *end = NULL;
  gint64 days;

  if (*text != 'P')
    return -1;
  days = g_ascii_strtoll (text + 1, &end, 10);

  return end != text + 1 && g_str_equal (end, "D") ? days : -1;
}

static const char *
get_action (const RpPolicyRule *rule)
{
  return rule->actions->len == 1 ? ((RpPolicyThing *) rule->actions->pdata[0])->iri : NULL;
}

static GPtrArray *
get_refinements (const RpPolicyRule *rule)
{
  return ((RpPolicyThing *) rule->actions->pdata[0])->refinements;
}

static gboolean
read_payment (Reading *reading, const RpPolicyRule *duty)
{
  GPtrArray *refinements = get_refinements (duty);
  const RpPolicyConstraint *amount = refinements->len == 1 ? refinements->pdata[0] : NULL;
  const RpPolicyValue *value;

  set_text (reading, "payment.model", "per-use");
  if (refinements->len == 0)
    return duty->constraints->len == 0;
  if (amount == NULL || amount->logic != RP_POLICY_PLAIN || amount->right->len != 1 ||
      !is_word (amount->left, "payAmount") || amount->op != RP_POLICY_OP_EQ)
    return FALSE;
  value = amount->right->pdata[0];
  set_text (reading, "payment.amount", value->text);
  if (amount->unit != NULL || value->unit != NULL)
    set_text (reading, "payment.currency",
              rp_policy_word_tail (amount->unit != NULL ? amount->unit : value->unit));

  return duty->constraints->len == 0;
}

static gboolean
read_notice (Reading *reading, const RpPolicyRule *duty)
{
  const RpPolicyThing *party = duty->others->len == 1 ? duty->others->pdata[0] : NULL;
  const RpPolicyConstraint *delay;

  set_true (reading, "notify.required");
  if (party != NULL && party->iri != NULL && g_str_has_prefix (party->iri, "mailto:"))
    set_text (reading, "notify.email", party->iri + strlen ("mailto:"));
  else if (party != NULL && party->iri != NULL)
    set_text (reading, "notify.url", party->iri);
  if (duty->constraints->len == 0)
    return duty->others->len <= 1;
  delay = duty->constraints->pdata[0];
  if (duty->constraints->len > 1 || delay->logic != RP_POLICY_PLAIN ||
      !is_word (delay->left, "delayPeriod") || delay->op != RP_POLICY_OP_LTEQ ||
      read_days (delay->right) < 0)
    return FALSE;
  set_number (reading, "notify.within_days", read_days (delay->right));

  return TRUE;
}

static gboolean
read_duty (Reading *reading, const RpPolicyRule *duty)
{
  const char *action = get_action (duty);

  if (action == NULL || duty->consequences->len > 0 || duty->duties->len > 0)
    return FALSE;
  if (is_word (action, "compensate"))
    return read_payment (reading, duty);
  if (get_refinements (duty)->len > 0)
    return FALSE;
  if (is_word (action, "inform"))
    return read_notice (reading, duty);
  if (is_word (action, "attribute") || g_str_equal (action, RP_CC_NS "Attribution"))
    set_true (reading, "attribution.required");
  else if (is_word (action, "obtainConsent"))
    set_text (reading, "permission", "ask");
  else if (is_word (action, "acceptTracking"))
    set_text (reading, "tracking_required", "required");
  else if (g_str_equal (action, RP_CC_NS "ShareAlike"))
    set_true (reading, "share_alike");
  else
    return FALSE;

  return duty->constraints->len == 0;
}

static gboolean
is_plain (GPtrArray *things)
{
  for (guint i = 0; i < things->len; i++)
    if (((RpPolicyThing *) things->pdata[i])->refinements->len > 0)
      return FALSE;

  return TRUE;
}

static gboolean
is_publishing (const RpPolicyRule *rule)
{
  for (guint i = 0; i < rule->actions->len; i++) {
    const char *iri = ((RpPolicyThing *) rule->actions->pdata[i])->iri;

    if (iri != NULL && g_strv_contains (publishing, iri))
      return TRUE;
  }

  return rule->actions->len == 0;
}

static void
read_duties (Reading *reading, GPtrArray *duties)
{
  for (guint i = 0; i < duties->len; i++)
    reading->complete &= read_duty (reading, duties->pdata[i]);
}

static void
read_permission (Reading *reading, const RpPolicyRule *rule)
{
  set_text (reading, "permission", "yes");
  reading->complete &= is_plain (rule->actions) && is_plain (rule->targets);
  for (guint i = 0; i < rule->constraints->len; i++)
    reading->complete &= read_constraint (reading, rule->constraints->pdata[i]);
  read_duties (reading, rule->duties);
}

static gboolean
read_archive (Reading *reading, const RpPolicyRule *rule)
{
  const RpPolicyConstraint *time = rule->constraints->len == 1 ? rule->constraints->pdata[0] : NULL;

  if (time == NULL || time->logic != RP_POLICY_PLAIN || time->op != RP_POLICY_OP_GT ||
      !is_word (time->left, "elapsedTime") || read_days (time->right) < 0)
    return FALSE;
  set_number (reading, "archive_days", read_days (time->right));

  return TRUE;
}

static gboolean
read_outright (Reading *reading, const char *action)
{
  for (guint i = 0; i < G_N_ELEMENTS (prohibited_changes); i++)
    if (g_str_equal (action, prohibited_changes[i].action)) {
      reading->changes |= prohibited_changes[i].changes;
      return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (prohibited_terms); i++)
    if (g_str_equal (action, prohibited_terms[i].action)) {
      const JsonNode *before = g_hash_table_lookup (reading->terms, prohibited_terms[i].member);

      /* Two prohibitions of commerce: the wider one stays. */
      if (before == NULL || g_strcmp0 (json_node_get_string ((JsonNode *) before), "deny") != 0)
        set_text (reading, prohibited_terms[i].member, prohibited_terms[i].value);
      return TRUE;
    }
  if (g_str_equal (action, RP_TDM_NS "mine")) {
    set_true (reading, "tdm_reserved");
    return TRUE;
  }

  return FALSE;
}

static void
read_prohibition (Reading *reading, const RpPolicyRule *rule)
{
  const char *action = get_action (rule);
  gboolean plain = action != NULL && rule->duties->len == 0 && is_plain (rule->actions) &&
                   is_plain (rule->targets);

  if (plain && is_word (action, "archive")) {
    reading->complete &= read_archive (reading, rule);
  } else if (!plain || rule->constraints->len > 0) {
    reading->complete = FALSE;
  } else if (g_strv_contains (publishing, action)) {
    set_text (reading, "permission", "no");
  } else {
    reading->complete &= read_outright (reading, action);
  }
}

static void
set_changes (Reading *reading)
{
  static const char *const names[] = {"headline", "style", "shorten", "translate", "rewrite"};
  g_autoptr (JsonArray) allowed = json_array_new ();

  if (reading->changes == 0)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if ((reading->changes & (1u << i)) == 0)
      json_array_add_string_element (allowed, names[i]);
  set_node (reading, "derivatives", json_node_init_array (json_node_alloc (), allowed));
}

/* Several permissions are alternatives; a profile has no words for that. */
static const RpPolicyRule *
find_permission (Reading *reading, const RpPolicy *policy)
{
  const RpPolicyRule *found = NULL;
  guint count = 0;

  for (guint i = 0; i < policy->rules->len; i++) {
    const RpPolicyRule *rule = policy->rules->pdata[i];

    if (rule->assignees->len > 0)
      reading->complete = FALSE;
    if (rule->kind != RP_POLICY_PERMISSION)
      continue;
    count++;
    if (is_publishing (rule))
      found = rule;
  }
  if (count > 1) {
    reading->complete = FALSE;
    if (found != NULL)
      set_text (reading, "permission", "yes");
    return NULL;
  }
  reading->complete &= count == 0 || found != NULL;

  return found;
}

GHashTable *
rp_licence_odrl_read_terms (const RpPolicy *policy, gboolean *out_complete)
{
  Reading reading = {
    .terms =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_node_unref),
    .complete = policy->missing == NULL,
  };
  const RpPolicyRule *permission;

  set_text (&reading, "permission", "ask");
  permission = find_permission (&reading, policy);
  if (permission != NULL)
    read_permission (&reading, permission);
  for (guint i = 0; i < policy->rules->len; i++) {
    const RpPolicyRule *rule = policy->rules->pdata[i];

    if (rule->kind == RP_POLICY_PROHIBITION)
      read_prohibition (&reading, rule);
    else if (rule->kind == RP_POLICY_OBLIGATION)
      reading.complete &= read_duty (&reading, rule);
  }
  set_changes (&reading);
  *out_complete = reading.complete;

  return reading.terms;
}
