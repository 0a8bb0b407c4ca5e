#include "rp-policy-facts.h"

#include "rp-time.h"

static void
duty_fact_free (gpointer fact)
{
  RpDutyFact *self = fact;

  g_free (self->rule);
  g_free (self->performance);
  g_free (self);
}

static GHashTable *
list_table_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                (GDestroyNotify) g_ptr_array_unref);
}

RpPolicyFacts *
rp_policy_facts_new (gint64 now)
{
  RpPolicyFacts *facts = g_new0 (RpPolicyFacts, 1);
  g_autofree char *text = rp_time_format (now);

  facts->actions = g_ptr_array_new_with_free_func (g_free);
  facts->targets = g_ptr_array_new_with_free_func (g_free);
  facts->parties = g_ptr_array_new_with_free_func (g_free);
  facts->values = list_table_new ();
  facts->within = list_table_new ();
  facts->action_within = list_table_new ();
  facts->duties = g_ptr_array_new_with_free_func (duty_fact_free);
  if (text != NULL)
    rp_policy_facts_add_text (facts, RP_ODRL_NS "dateTime", text);

  return facts;
}

void
rp_policy_facts_free (RpPolicyFacts *facts)
{
  g_ptr_array_unref (facts->actions);
  g_ptr_array_unref (facts->targets);
  g_ptr_array_unref (facts->parties);
  g_hash_table_unref (facts->values);
  g_hash_table_unref (facts->within);
  g_hash_table_unref (facts->action_within);
  g_ptr_array_unref (facts->duties);
  g_free (facts);
}

void
rp_policy_facts_add_text (RpPolicyFacts *facts, const char *operand, const char *text)
{
  GPtrArray *values = g_hash_table_lookup (facts->values, operand);
  RpPolicyValue *value = g_new0 (RpPolicyValue, 1);

  value->text = g_strdup (text);
  if (values == NULL) {
    values = g_ptr_array_new_with_free_func (rp_policy_value_free);
    g_hash_table_insert (facts->values, g_strdup (operand), values);
  }
  g_ptr_array_add (values, value);
}

void
rp_policy_facts_set (RpPolicyFacts *facts, const char *operand, GPtrArray *take_values)
{
  g_hash_table_replace (facts->values, g_strdup (operand), take_values);
}

void
rp_policy_facts_add_part (GHashTable *within, const char *member, const char *collection)
{
  GPtrArray *wholes = g_hash_table_lookup (within, member);

  if (wholes == NULL) {
    wholes = g_ptr_array_new_with_free_func (g_free);
    g_hash_table_insert (within, g_strdup (member), wholes);
  }
  g_ptr_array_add (wholes, g_strdup (collection));
}

static void
add_parts (GHashTable *within, GPtrArray *parts)
{
  for (guint i = 0; i < parts->len; i++) {
    const RpPolicyPart *part = parts->pdata[i];

    rp_policy_facts_add_part (within, part->member, part->collection);
  }
}

void
rp_policy_facts_add_policy (RpPolicyFacts *facts, const RpPolicy *policy)
{
  add_parts (facts->within, policy->parts);
  add_parts (facts->action_within, policy->within);
}

/* What one step leads to: the stated wholes, and for actions those of the vocabulary. */
static void
add_wholes (GHashTable *within, const char *part, GPtrArray *queue, GHashTable *seen)
{
  GPtrArray *wholes = g_hash_table_lookup (within, part);
  const char *parent = rp_policy_action_parent (part);

  for (guint i = 0; wholes != NULL && i < wholes->len; i++)
    if (g_hash_table_add (seen, wholes->pdata[i]))
      g_ptr_array_add (queue, wholes->pdata[i]);
  if (parent != NULL && g_hash_table_add (seen, (gpointer) parent))
    g_ptr_array_add (queue, (gpointer) parent);
}

gboolean
rp_policy_facts_reach (GHashTable *within, const char *part, const char *whole)
{
  g_autoptr (GPtrArray) queue = g_ptr_array_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_add (seen, (gpointer) part);
  g_ptr_array_add (queue, (gpointer) part);
  for (guint i = 0; i < queue->len; i++) {
    if (g_str_equal (queue->pdata[i], whole))
      return TRUE;
    add_wholes (within, queue->pdata[i], queue, seen);
  }

  return FALSE;
}
