#include "rp-policy-names.h"

#include "rp-json.h"
#include "rp-policy-words.h"

#include <string.h>

#define RDF_NS "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#define MAX_TERM_STEPS 8

struct _RpPolicyNames {
  int references;
  RpPolicyNames *parent; /* owned, may be NULL */
  GHashTable *terms;     /* owned: name -> what the context says it stands for */
  GHashTable *links;     /* owned: names whose strings are references */
  char *vocab;           /* owned, may be NULL */
  char *base;            /* owned, may be NULL */
};

/* What the published context of ODRL declares, and what policies use without declaring it. */
static const struct {
  const char *prefix;
  const char *iri;
} common_prefixes[] = {
  {"odrl", RP_ODRL_NS},
  {"o", RP_ODRL_NS},
  {"rdf", RDF_NS},
  {"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
  {"owl", "http://www.w3.org/2002/07/owl#"},
  {"skos", "http://www.w3.org/2004/02/skos/core#"},
  {"dct", "http://purl.org/dc/terms/"},
  {"dcterms", "http://purl.org/dc/terms/"},
  {"xsd", "http://www.w3.org/2001/XMLSchema#"},
  {"xs", "http://www.w3.org/2001/XMLSchema#"},
  {"vcard", "http://www.w3.org/2006/vcard/ns#"},
  {"foaf", "http://xmlns.com/foaf/0.1/"},
  {"schema", "http://schema.org/"},
  {"cc", RP_CC_NS},
  {"tdm", RP_TDM_NS},
};

/* Other spellings of the namespace that are found in the wild. */
static const char *const odrl_spellings[] = {
  "http://www.w3.org/ns/odrl.jsonld#", "http://www.w3.org/ns/odrl.jsonld/",
  "http://www.w3.org/ns/odrl.jsonld",  "https://www.w3.org/ns/odrl/2/",
  "http://w3.org/ns/odrl/2/",          "https://w3.org/ns/odrl/2/",
  "http://www.w3.org/ns/odrl/2#",      NULL,
};

/* Members whose strings are words of the vocabulary. */
static const char *const word_members[] = {
  "action", "leftOperand", "operator", "conflict", "function", "includedIn", "implies", NULL,
};

static JsonNode *expand_node (RpPolicyNames *names, const char *key, JsonNode *node);

RpPolicyNames *
rp_policy_names_new (RpPolicyNames *parent)
{
  RpPolicyNames *names = g_new0 (RpPolicyNames, 1);

  names->references = 1;
  names->parent = parent != NULL ? rp_policy_names_ref (parent) : NULL;
  names->terms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  names->links = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return names;
}

RpPolicyNames *
rp_policy_names_ref (RpPolicyNames *names)
{
  g_atomic_int_inc (&names->references);

  return names;
}

void
rp_policy_names_unref (RpPolicyNames *names)
{
  if (!g_atomic_int_dec_and_test (&names->references))
    return;
  g_clear_pointer (&names->parent, rp_policy_names_unref);
  g_hash_table_unref (names->terms);
  g_hash_table_unref (names->links);
  g_free (names->vocab);
  g_free (names->base);
  g_free (names);
}

static const char *
find_term (RpPolicyNames *names, const char *term)
{
  for (; names != NULL; names = names->parent) {
    const char *iri = g_hash_table_lookup (names->terms, term);

    if (iri != NULL)
      return iri;
  }

  return NULL;
}

static const char *
find_prefix (RpPolicyNames *names, const char *prefix)
{
  const char *iri = find_term (names, prefix);

  for (guint i = 0; iri == NULL && i < G_N_ELEMENTS (common_prefixes); i++)
    if (g_str_equal (prefix, common_prefixes[i].prefix))
      iri = common_prefixes[i].iri;

  return iri;
}

static const char *
get_vocab (RpPolicyNames *names)
{
  for (; names != NULL; names = names->parent)
    if (names->vocab != NULL)
      return names->vocab;

  return NULL;
}

static const char *
get_base (RpPolicyNames *names)
{
  for (; names != NULL; names = names->parent)
    if (names->base != NULL)
      return names->base;

  return NULL;
}

/* "ex:thing" with a known prefix in full; NULL for anything else. A prefix may itself be written
 * with a prefix. */
static char *
expand_prefix (RpPolicyNames *names, const char *name, guint steps)
{
  const char *colon = strchr (name, ':');
  g_autofree char *prefix = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *further = NULL;
  const char *iri;

  if (colon == NULL || g_str_has_prefix (colon, "://") || steps == 0)
    return NULL;
  prefix = g_strndup (name, colon - name);
  iri = find_prefix (names, prefix);
  if (iri == NULL)
    return NULL;
  further = expand_prefix (names, iri, steps - 1);
  whole = g_strconcat (further != NULL ? further : iri, colon + 1, NULL);

  return g_steal_pointer (&whole);
}

static char *
settle_spelling (char *iri)
{
  for (guint i = 0; odrl_spellings[i] != NULL; i++) {
    gsize length = strlen (odrl_spellings[i]);

    if (strncmp (iri, odrl_spellings[i], length) == 0 && iri[length] != '\0') {
      char *settled = g_strconcat (RP_ODRL_NS, iri + length, NULL);

      g_free (iri);
      return settled;
    }
  }

  return iri;
}

static char *
expand_word (RpPolicyNames *names, const char *word)
{
  const char *iri = find_term (names, word);
  const char *vocab = get_vocab (names);

  if (iri != NULL) {
    char *further = expand_prefix (names, iri, MAX_TERM_STEPS);

    if (further == NULL && strchr (iri, ':') == NULL && *iri != '@')
      further = g_strconcat (vocab != NULL ? vocab : RP_ODRL_NS, iri, NULL);
    return further != NULL ? further : g_strdup (iri);
  }
  if (vocab == NULL || rp_policy_word_is_known (word))
    vocab = RP_ODRL_NS;

  return g_strconcat (vocab, word, NULL);
}

char *
rp_policy_names_expand (RpPolicyNames *names, const char *name, gboolean is_word)
{
  const char *base = get_base (names);
  char *iri;

  g_return_val_if_fail (name != NULL, NULL);

  if (*name == '@' || *name == '\0' || g_str_has_prefix (name, "_:"))
    return g_strdup (name);
  iri = expand_prefix (names, name, MAX_TERM_STEPS);
  if (iri == NULL && is_word && strchr (name, ':') == NULL)
    iri = expand_word (names, name);
  if (iri == NULL && base != NULL && strchr (name, ':') == NULL)
    iri = g_uri_resolve_relative (base, name, G_URI_FLAGS_NONE, NULL);

  return settle_spelling (iri != NULL ? iri : g_strdup (name));
}

static void
add_term (RpPolicyNames *names, const char *term, JsonNode *definition)
{
  JsonObject *object =
    JSON_NODE_HOLDS_OBJECT (definition) ? json_node_get_object (definition) : NULL;
  const char *iri =
    object != NULL ? rp_json_get_string (object, "@id") : json_node_get_string (definition);
  const char *type = rp_json_get_string (object, "@type");

  if (iri != NULL && !g_str_equal (iri, term))
    g_hash_table_replace (names->terms, g_strdup (term), g_strdup (iri));
  if (g_strcmp0 (type, "@id") == 0 || g_strcmp0 (type, "@vocab") == 0)
    g_hash_table_add (names->links, g_strdup (term));
}

static void
add_context (RpPolicyNames *names, JsonNode *context)
{
  JsonObjectIter iter;
  const char *term;
  JsonNode *definition;

  if (JSON_NODE_HOLDS_ARRAY (context)) {
    JsonArray *array = json_node_get_array (context);

    for (guint i = 0; i < json_array_get_length (array); i++)
      add_context (names, json_array_get_element (array, i));
    return;
  }
  if (!JSON_NODE_HOLDS_OBJECT (context))
    return;

  json_object_iter_init (&iter, json_node_get_object (context));
  while (json_object_iter_next (&iter, &term, &definition)) {
    gboolean is_text =
      JSON_NODE_HOLDS_VALUE (definition) && json_node_get_value_type (definition) == G_TYPE_STRING;

    if (is_text && g_str_equal (term, "@vocab")) {
      g_free (names->vocab);
      names->vocab = rp_policy_names_expand (names, json_node_get_string (definition), FALSE);
    } else if (is_text && g_str_equal (term, "@base")) {
      g_free (names->base);
      names->base = json_node_dup_string (definition);
    } else if (*term != '@' && (is_text || JSON_NODE_HOLDS_OBJECT (definition))) {
      add_term (names, term, definition);
    }
  }
}

static gboolean
is_link (RpPolicyNames *names, const char *member)
{
  for (; names != NULL; names = names->parent)
    if (g_hash_table_contains (names->links, member))
      return TRUE;

  return FALSE;
}

/* The name under which a member is kept. */
static char *
expand_member (RpPolicyNames *names, const char *member)
{
  g_autofree char *iri = NULL;

  if (find_term (names, member) == NULL) {
    if (g_str_equal (member, "id"))
      return g_strdup ("@id");
    if (g_str_equal (member, "type"))
      return g_strdup ("@type");
  }
  iri = rp_policy_names_expand (names, member, TRUE);
  if (g_str_has_prefix (iri, RP_ODRL_NS))
    return g_strdup (iri + strlen (RP_ODRL_NS));
  if (g_str_equal (iri, RDF_NS "value"))
    return g_strdup ("value");
  if (g_str_equal (iri, RDF_NS "type"))
    return g_strdup ("@type");
  if (g_str_equal (iri, "http://purl.org/dc/terms/isPartOf"))
    return g_strdup ("partOf");

  return g_steal_pointer (&iri);
}

static JsonNode *
make_reference (char *iri)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *owned = iri;

  json_object_set_string_member (object, "@id", owned);

  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
make_text (char *text)
{
  g_autofree char *owned = text;

  return json_node_init_string (json_node_alloc (), owned);
}

static JsonNode *
expand_text (RpPolicyNames *names, const char *key, const char *text)
{
  g_autofree char *iri = NULL;

  if (g_str_equal (key, "@id"))
    return make_text (rp_policy_names_expand (names, text, FALSE));
  if (g_str_equal (key, "@type"))
    return make_text (*text != '@' ? rp_policy_names_expand (names, text, TRUE) : g_strdup (text));
  if (*key == '@')
    return make_text (g_strdup (text));
  if (g_strv_contains (word_members, key))
    return make_reference (rp_policy_names_expand (names, text, TRUE));
  if (rp_policy_member_is_link (key) || is_link (names, key))
    return make_reference (rp_policy_names_expand (names, text, FALSE));

  /* Many write a short name where the standard asks for a reference. */
  if (strchr (text, ' ') == NULL)
    iri = expand_prefix (names, text, MAX_TERM_STEPS);

  return iri != NULL ? make_reference (settle_spelling (g_steal_pointer (&iri)))
                     : make_text (g_strdup (text));
}

static JsonNode *
expand_array (RpPolicyNames *names, const char *key, JsonArray *array)
{
  g_autoptr (JsonArray) out = json_array_new ();

  for (guint i = 0; i < json_array_get_length (array); i++)
    json_array_add_element (out, expand_node (names, key, json_array_get_element (array, i)));

  return json_node_init_array (json_node_alloc (), out);
}

static void
append_elements (JsonArray *array, JsonNode *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *more = json_node_get_array (node);

    for (guint i = 0; i < json_array_get_length (more); i++)
      json_array_add_element (array, json_node_copy (json_array_get_element (more, i)));
  } else {
    json_array_add_element (array, json_node_copy (node));
  }
}

/* Two spellings of one member are one member. Takes the node. */
static void
put_member (JsonObject *object, const char *member, JsonNode *node)
{
  JsonNode *before = json_object_get_member (object, member);

  if (before != NULL && g_str_equal (member, "@id")) {
    json_node_unref (node);
  } else if (before != NULL) {
    g_autoptr (JsonArray) array = json_array_new ();
    g_autoptr (JsonNode) owned = node;

    append_elements (array, before);
    append_elements (array, owned);
    json_object_set_array_member (object, member, g_steal_pointer (&array));
  } else {
    json_object_set_member (object, member, node);
  }
}

static void
expand_members (RpPolicyNames *names, JsonObject *object, JsonObject *out)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &value)) {
    g_autofree char *member = NULL;

    if (g_str_equal (name, "@context"))
      continue;
    member = expand_member (names, name);
    if (g_str_equal (member, "@value"))
      put_member (out, member, json_node_copy (value));
    else
      put_member (out, member, expand_node (names, is_link (names, name) ? name : member, value));
  }
}

/* The standard's own identifier, where JSON-LD's is missing. */
static void
settle_id (JsonObject *out)
{
  const char *id = rp_json_get_string (out, "@id");
  JsonNode *uid = rp_json_get (out, "uid");

  if (uid != NULL && JSON_NODE_HOLDS_ARRAY (uid) &&
      json_array_get_length (json_node_get_array (uid)) > 0)
    uid = json_array_get_element (json_node_get_array (uid), 0);
  if (uid == NULL || !JSON_NODE_HOLDS_OBJECT (uid) || (id != NULL && !g_str_has_prefix (id, "_:")))
    return;
  id = rp_json_get_string (json_node_get_object (uid), "@id");
  if (id == NULL)
    id = rp_json_get_string (json_node_get_object (uid), "@value");
  if (id != NULL) {
    g_autofree char *kept = g_strdup (id);

    json_object_set_string_member (out, "@id", kept);
  }
}

static JsonNode *
expand_object (RpPolicyNames *names, const char *key, JsonObject *object)
{
  g_autoptr (JsonObject) out = json_object_new ();
  g_autoptr (RpPolicyNames) inner = NULL;
  JsonNode *context = rp_json_get (object, "@context");
  JsonNode *list = rp_json_get (object, "@list");

  if (list == NULL)
    list = rp_json_get (object, "@set");
  if (list != NULL)
    return expand_node (names, key, list);
  if (context != NULL) {
    inner = rp_policy_names_new (names);
    add_context (inner, context);
    names = inner;
  }
  expand_members (names, object, out);
  settle_id (out);

  return json_node_init_object (json_node_alloc (), out);
}

static JsonNode *
expand_node (RpPolicyNames *names, const char *key, JsonNode *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    return expand_array (names, key, json_node_get_array (node));
  if (JSON_NODE_HOLDS_OBJECT (node))
    return expand_object (names, key, json_node_get_object (node));
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return expand_text (names, key, json_node_get_string (node));

  return json_node_copy (node);
}

static void
add_top_contexts (RpPolicyNames *names, JsonNode *document)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (document) ? json_node_get_array (document) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    add_top_contexts (names, json_array_get_element (array, i));
  if (JSON_NODE_HOLDS_OBJECT (document)) {
    JsonNode *context = rp_json_get (json_node_get_object (document), "@context");

    if (context != NULL)
      add_context (names, context);
  }
}

JsonNode *
rp_policy_names_expand_document (RpPolicyNames *names, JsonNode *document)
{
  g_return_val_if_fail (names != NULL && document != NULL, NULL);

  add_top_contexts (names, document);

  return expand_node (names, "", document);
}
