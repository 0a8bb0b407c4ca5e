#include "rp-policy.h"

#include "rp-error.h"
#include "rp-json.h"
#include "rp-policy-private.h"
#include "rp-text.h"

#include <glib/gi18n-lib.h>

#include <string.h>

void
rp_policy_value_free (gpointer value)
{
  RpPolicyValue *self = value;

  if (self == NULL)
    return;
  g_free (self->text);
  g_free (self->type);
  g_free (self->language);
  g_free (self->unit);
  g_free (self);
}

RpPolicyValue *
rp_policy_value_copy (const RpPolicyValue *value)
{
  RpPolicyValue *copy = g_memdup2 (value, sizeof *value);

  copy->text = g_strdup (value->text);
  copy->type = g_strdup (value->type);
  copy->language = g_strdup (value->language);
  copy->unit = g_strdup (value->unit);

  return copy;
}

void
rp_policy_constraint_free (gpointer constraint)
{
  RpPolicyConstraint *self = constraint;

  g_free (self->uid);
  g_ptr_array_unref (self->parts);
  g_free (self->left);
  g_ptr_array_unref (self->right);
  g_ptr_array_unref (self->reference);
  g_free (self->unit);
  rp_policy_value_free (self->status);
  g_free (self);
}

void
rp_policy_thing_free (gpointer thing)
{
  RpPolicyThing *self = thing;

  g_free (self->iri);
  g_free (self->source);
  g_ptr_array_unref (self->refinements);
  g_free (self);
}

void
rp_policy_part_free (gpointer part)
{
  RpPolicyPart *self = part;

  g_free (self->member);
  g_free (self->collection);
  g_free (self);
}

void
rp_policy_rule_free (gpointer rule)
{
  RpPolicyRule *self = rule;

  g_free (self->uid);
  g_ptr_array_unref (self->actions);
  g_ptr_array_unref (self->targets);
  g_ptr_array_unref (self->assignees);
  g_ptr_array_unref (self->assigners);
  g_ptr_array_unref (self->others);
  g_ptr_array_unref (self->constraints);
  g_ptr_array_unref (self->duties);
  g_ptr_array_unref (self->consequences);
  g_free (self);
}

RpPolicyRule *
rp_policy_rule_new (RpPolicyKind kind)
{
  RpPolicyRule *self = g_new0 (RpPolicyRule, 1);

  self->kind = kind;
  self->duties = g_ptr_array_new_with_free_func (rp_policy_rule_free);
  self->consequences = g_ptr_array_new_with_free_func (rp_policy_rule_free);

  return self;
}

RpPolicy *
rp_policy_ref (RpPolicy *policy)
{
  g_atomic_int_inc (&policy->references);

  return policy;
}

void
rp_policy_unref (RpPolicy *policy)
{
  if (!g_atomic_int_dec_and_test (&policy->references))
    return;
  g_free (policy->uid);
  g_free (policy->type);
  g_strfreev (policy->profiles);
  g_strfreev (policy->missing);
  g_ptr_array_unref (policy->rules);
  g_ptr_array_unref (policy->parts);
  g_ptr_array_unref (policy->within);
  g_clear_pointer (&policy->names, rp_policy_names_unref);
  g_clear_pointer (&policy->expanded, json_node_unref);
  g_free (policy);
}

const char *
rp_policy_kind_name (RpPolicyKind kind)
{
  static const char *const names[] = {"permission", "prohibition", "obligation", "duty"};

  return names[kind];
}

static gboolean
is_xml (const char *text)
{
  return *text == '<';
}

/* Wire formats carry the expression as a string, sometimes quoted once more. */
static RpPolicy *
read_json_text (const char *text, GError **error)
{
  g_autoptr (JsonNode) node = rp_json_parse_text (text, error);

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING &&
      *json_node_get_string (node) != '"')
    return rp_policy_new_from_text (json_node_get_string (node), error);

  return rp_policy_new_from_json (node, error);
}

RpPolicy *
rp_policy_new_from_text (const char *text, GError **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  while (g_ascii_isspace (*text))
    text++;
  if (is_xml (text)) {
    g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
    g_autoptr (JsonNode) node = rp_policy_xml_to_json (bytes, error);

    return node != NULL ? rp_policy_new_from_json (node, error) : NULL;
  }
  if (*text == '{' || *text == '[' || *text == '"')
    return read_json_text (text, error);

  g_set_error_literal (error, RP_ERROR, RP_ERROR_UNSUPPORTED,
                       _ ("This is not an ODRL policy; it has to be JSON-LD or XML"));

  return NULL;
}
