/* The XML encoding of ODRL 2 (namespace http://www.w3.org/ns/odrl/2/), which RightsML and NewsML-G2
 * carry, as the JSON-LD of the same policy. */
#include "rp-error.h"
#include "rp-json.h"
#include "rp-policy.h"
#include "rp-xml.h"

#include <glib/gi18n-lib.h>

/* How much more may be read: an idref can lead to what holds it. */
typedef struct {
  guint depth;
  guint elements;
} Budget;

static void add_children (xmlNode *element, JsonObject *out, Budget *budget);

/* Prefixes that the document declares, as a JSON-LD context. */
static void
add_prefixes (xmlNode *element, JsonObject *context)
{
  for (xmlNs *ns = element->nsDef; ns != NULL; ns = ns->next)
    if (ns->prefix != NULL && ns->href != NULL)
      json_object_set_string_member (context, (const char *) ns->prefix, (const char *) ns->href);
}

static void
append (JsonObject *out, const char *member, JsonNode *node)
{
  JsonArray *array = rp_json_get_array (out, member);

  if (array == NULL) {
    array = json_array_new ();
    json_object_set_array_member (out, member, array);
  }
  json_array_add_element (array, node);
}

static void
append_object (JsonObject *out, const char *member, JsonObject *object)
{
  append (out, member, json_node_init_object (json_node_alloc (), object));
  json_object_unref (object);
}

/* A list of values or names with spaces between them. */
static void
append_words (JsonObject *out, const char *member, const char *text, const char *type)
{
  g_auto (GStrv) words = text != NULL ? g_strsplit_set (text, " \t\n\r", -1) : NULL;

  for (guint i = 0; words != NULL && words[i] != NULL; i++) {
    JsonObject *object;

    if (*words[i] == '\0')
      continue;
    if (type == NULL) {
      append (out, member, json_node_init_string (json_node_alloc (), words[i]));
      continue;
    }
    object = json_object_new ();
    json_object_set_string_member (object, "@value", words[i]);
    json_object_set_string_member (object, "@type", type);
    append_object (out, member, object);
  }
}

static void
copy_attribute (xmlNode *element, const char *attribute, JsonObject *out, const char *member)
{
  g_autofree char *value = rp_xml_dup_attribute (element, attribute);

  rp_json_set_string (out, member, value);
}

/* An element may only point at another one of the same document. */
static xmlNode *
follow_idref (xmlNode *element)
{
  const char *idref = rp_xml_peek_attribute (element, "idref");
  xmlNode *root = element->doc != NULL ? xmlDocGetRootElement (element->doc) : NULL;

  for (xmlNode *node = idref != NULL ? root : NULL; node != NULL;
       node = rp_xml_follow (node, root, TRUE))
    if (node->type == XML_ELEMENT_NODE &&
        g_strcmp0 (rp_xml_peek_attribute (node, "id"), idref) == 0)
      return node;

  return element;
}

static JsonObject *
read_constraint (xmlNode *element, Budget *budget)
{
  JsonObject *out = json_object_new ();
  const char *type = rp_xml_peek_attribute (element, "dataType");

  add_children (element, out, budget);
  copy_attribute (element, "uid", out, "uid");
  copy_attribute (element, "name", out, "leftOperand");
  copy_attribute (element, "leftOperand", out, "leftOperand");
  copy_attribute (element, "operator", out, "operator");
  copy_attribute (element, "unit", out, "unit");
  copy_attribute (element, "status", out, "status");
  append_words (out, "rightOperand", rp_xml_peek_attribute (element, "rightOperand"), type);
  append_words (out, "rightOperandReference",
                rp_xml_peek_attribute (element, "rightOperandReference"), NULL);

  return out;
}

static JsonObject *
read_thing (xmlNode *element, Budget *budget)
{
  JsonObject *out = json_object_new ();

  add_children (element, out, budget);
  copy_attribute (element, "uid", out, "uid");
  copy_attribute (element, "source", out, "source");
  copy_attribute (element, "partOf", out, "partOf");

  return out;
}

static JsonObject *
read_action (xmlNode *element, Budget *budget)
{
  JsonObject *out = json_object_new ();

  add_children (element, out, budget);
  copy_attribute (element, "name", out, "rdf:value");

  return out;
}

/* The member that a party or an asset is kept under: its function, its relation. */
static char *
dup_role (xmlNode *element, const char *attribute, const char *fallback)
{
  g_autofree char *role = rp_xml_dup_attribute (element, attribute);

  return g_strdup (role != NULL ? rp_policy_word_tail (role) : fallback);
}

static void
add_child (xmlNode *given, JsonObject *out, Budget *budget)
{
  xmlNode *child = follow_idref (given);
  const char *name = (const char *) child->name;

  budget->elements--;
  if (g_str_equal (name, "asset")) {
    g_autofree char *role = dup_role (given, "relation", "target");

    append_object (out, role, read_thing (child, budget));
  } else if (g_str_equal (name, "party")) {
    g_autofree char *role = dup_role (given, "function", "assignee");

    append_object (out, role, read_thing (child, budget));
  } else if (g_str_equal (name, "action")) {
    append_object (out, "action", read_action (child, budget));
  } else if (g_str_equal (name, "constraint") || g_str_equal (name, "refinement")) {
    append_object (out, name, read_constraint (child, budget));
  } else {
    JsonObject *rule = json_object_new ();

    add_children (child, rule, budget);
    copy_attribute (child, "uid", rule, "uid");
    append_object (out, name, rule);
  }
}

static void
add_children (xmlNode *element, JsonObject *out, Budget *budget)
{
  if (budget->depth == 0) {
    budget->elements = 0;
    return;
  }
  budget->depth--;
  for (xmlNode *child = element->children; child != NULL && budget->elements > 0;
       child = child->next)
    if (child->type == XML_ELEMENT_NODE &&
        rp_xml_is (child, RP_ODRL_NS, (const char *) child->name))
      add_child (child, out, budget);
  budget->depth++;
}

static xmlNode *
find_policy (xmlNode *root)
{
  for (xmlNode *node = root; node != NULL; node = rp_xml_follow (node, root, TRUE))
    if (rp_xml_is (node, RP_ODRL_NS, "Policy"))
      return node;

  return NULL;
}

static JsonObject *
read_policy (xmlNode *element, GError **error)
{
  g_autoptr (JsonObject) out = json_object_new ();
  JsonObject *context = json_object_new ();
  g_autofree char *type = rp_xml_dup_attribute (element, "type");
  Budget budget = {.depth = 32, .elements = 20000};

  add_prefixes (xmlDocGetRootElement (element->doc), context);
  add_prefixes (element, context);
  json_object_set_object_member (out, "@context", context);
  json_object_set_string_member (out, "@type", type != NULL ? type : "Policy");
  copy_attribute (element, "uid", out, "uid");
  copy_attribute (element, "conflict", out, "conflict");
  append_words (out, "profile", rp_xml_peek_attribute (element, "profile"), NULL);
  append_words (out, "inheritFrom", rp_xml_peek_attribute (element, "inheritFrom"), NULL);
  add_children (element, out, &budget);
  if (budget.elements == 0) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_TOO_LARGE,
                         _ ("The policy is too large, or its parts refer to each other over and "
                            "over; split it into smaller policies"));
    return NULL;
  }

  return g_steal_pointer (&out);
}

JsonNode *
rp_policy_xml_to_json (GBytes *bytes, GError **error)
{
  g_autoptr (xmlDoc) doc = rp_xml_parse (bytes, FALSE, NULL, error);
  g_autoptr (JsonObject) object = NULL;
  xmlNode *policy;

  if (doc == NULL)
    return NULL;
  policy = find_policy (xmlDocGetRootElement (doc));
  if (policy == NULL) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_UNSUPPORTED,
                         _ ("This XML holds no ODRL policy; an element Policy in the namespace of "
                            "ODRL 2 is needed"));
    return NULL;
  }
  object = read_policy (policy, error);
  if (object == NULL)
    return NULL;

  return json_node_init_object (json_node_alloc (), object);
}
