#include "rp-merge.h"

#include "rp-json.h"

/* Members that belong to each other: taken together or not at all. The first one names them. */
static const char *const licence[] = {"licence_id", "licence_name", "licence_confidence", NULL};

/* As a person reads an article; what is not named here follows by name. */
static const char *const reading_order[] = {"headline",  "subheadline", "authors", "dateline",
                                            "body_html", "images",      NULL};

typedef struct {
  JsonObject *base;   /* owned */
  JsonObject *mine;   /* owned */
  JsonObject *theirs; /* owned: becomes the result */
  GHashTable *both;   /* owned: set of names */
} Merge;

/* What is computed, and what a merge leaves alone. */
static JsonObject *
describe (RpArticle *article)
{
  JsonObject *object = rp_article_to_json (article);

  json_object_remove_member (object, "body_text");

  return object;
}

static gboolean
is_ours (const char *name)
{
  return g_str_equal (name, "id") || g_str_equal (name, "state");
}

/* NULL, null and an empty list are all "nothing". */
static JsonNode *
get_value (JsonObject *object, const char *name)
{
  JsonNode *node = rp_json_get (object, name);

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node) &&
      json_array_get_length (json_node_get_array (node)) == 0)
    return NULL;

  return node;
}

static gboolean
is_same_value (JsonNode *one, JsonNode *other)
{
  return one == other || (one != NULL && other != NULL && json_node_equal (one, other));
}

static gboolean
is_same (JsonObject *one, JsonObject *other, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (!is_same_value (get_value (one, names[i]), get_value (other, names[i])))
      return FALSE;

  return TRUE;
}

static void
take (JsonObject *to, JsonObject *from, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++) {
    JsonNode *node = rp_json_get (from, names[i]);

    if (node != NULL)
      json_object_set_member (to, names[i], json_node_copy (node));
    else if (json_object_has_member (to, names[i]))
      json_object_remove_member (to, names[i]);
  }
}

/* ---- one field ---- */

static void
merge_plain (Merge *merge, const char *const *names)
{
  if (is_same (merge->mine, merge->base, names) || is_same (merge->mine, merge->theirs, names))
    return;
  if (is_same (merge->theirs, merge->base, names))
    take (merge->theirs, merge->mine, names);
  else
    g_hash_table_add (merge->both, g_strdup (names[0]));
}

static gboolean
holds (JsonObject *object, const char *name, JsonNode *value)
{
  JsonArray *list = rp_json_get_array (object, name);

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    if (json_node_equal (json_array_get_element (list, i), value))
      return TRUE;

  return FALSE;
}

/* Theirs less what I took away, and what I added. */
static void
merge_tags (Merge *merge)
{
  JsonArray *tags = json_array_new ();
  JsonArray *theirs = rp_json_get_array (merge->theirs, "tags");
  JsonArray *mine = rp_json_get_array (merge->mine, "tags");

  for (guint i = 0; theirs != NULL && i < json_array_get_length (theirs); i++) {
    JsonNode *tag = json_array_get_element (theirs, i);

    if (holds (merge->mine, "tags", tag) || !holds (merge->base, "tags", tag))
      json_array_add_element (tags, json_node_copy (tag));
  }
  for (guint i = 0; mine != NULL && i < json_array_get_length (mine); i++) {
    JsonNode *tag = json_array_get_element (mine, i);

    if (!holds (merge->theirs, "tags", tag) && !holds (merge->base, "tags", tag))
      json_array_add_element (tags, json_node_copy (tag));
  }
  json_object_set_array_member (merge->theirs, "tags", tags);
}

/* ---- pictures ---- */

static const char *
get_address (JsonNode *picture)
{
  return JSON_NODE_HOLDS_OBJECT (picture)
           ? rp_json_get_string (json_node_get_object (picture), "url")
           : NULL;
}

static JsonNode *
find_picture (JsonObject *object, const char *address)
{
  JsonArray *list = rp_json_get_array (object, "images");

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    if (g_strcmp0 (get_address (json_array_get_element (list, i)), address) == 0)
      return json_array_get_element (list, i);

  return NULL;
}

/* What becomes of one picture, NULL = it goes; lends. */
static JsonNode *
choose_picture (Merge *merge, const char *address)
{
  JsonNode *base = find_picture (merge->base, address);
  JsonNode *mine = find_picture (merge->mine, address);
  JsonNode *theirs = find_picture (merge->theirs, address);

  if (is_same_value (mine, base) || is_same_value (mine, theirs))
    return theirs;
  if (is_same_value (theirs, base))
    return mine;
  g_hash_table_add (merge->both, g_strdup ("images"));

  return theirs;
}

static void
append_pictures (Merge *merge, JsonObject *from, JsonArray *to, JsonObject *not_in)
{
  JsonArray *list = rp_json_get_array (from, "images");

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++) {
    const char *address = get_address (json_array_get_element (list, i));
    JsonNode *chosen;

    if (not_in != NULL && find_picture (not_in, address) != NULL)
      continue;
    chosen = choose_picture (merge, address);
    if (chosen != NULL)
      json_array_add_element (to, json_node_copy (chosen));
  }
}

/* In my order when only I have changed it: the first one is the featured one. */
static void
merge_pictures (Merge *merge)
{
  static const char *const names[] = {"images", NULL};
  JsonArray *pictures;

  if (is_same (merge->theirs, merge->base, names)) {
    take (merge->theirs, merge->mine, names);
    return;
  }
  pictures = json_array_new ();
  append_pictures (merge, merge->theirs, pictures, NULL);
  append_pictures (merge, merge->mine, pictures, merge->theirs);
  json_object_set_array_member (merge->theirs, "images", pictures);
}

/* ---- the whole article ---- */

static gboolean
is_in_licence (const char *name)
{
  return g_strv_contains (licence, name);
}

static void
merge_field (Merge *merge, const char *name)
{
  const char *const names[] = {name, NULL};

  if (g_str_equal (name, "tags"))
    merge_tags (merge);
  else if (g_str_equal (name, "images"))
    merge_pictures (merge);
  else if (g_str_equal (name, licence[0]))
    merge_plain (merge, licence);
  else if (!is_ours (name) && !is_in_licence (name))
    merge_plain (merge, names);
}

/* The names of all members that any of them has. */
static GHashTable *
list_names (JsonObject *const *objects, guint count)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_hash_table_add (names, g_strdup (licence[0]));
  for (guint i = 0; i < count; i++) {
    g_autoptr (GList) members = json_object_get_members (objects[i]);

    for (GList *member = members; member != NULL; member = member->next)
      g_hash_table_add (names, g_strdup (member->data));
  }

  return names;
}

static guint
get_rank (const char *name)
{
  guint rank = 0;

  while (reading_order[rank] != NULL && !g_str_equal (reading_order[rank], name))
    rank++;

  return rank;
}

static int
compare_names (gconstpointer one, gconstpointer other)
{
  guint first = get_rank (one), second = get_rank (other);

  return first != second ? (first < second ? -1 : 1) : g_strcmp0 (one, other);
}

static GStrv
sort_both (GHashTable *both)
{
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (both), compare_names);
  g_autoptr (GStrvBuilder) sorted = g_strv_builder_new ();

  for (GList *name = names; name != NULL; name = name->next)
    g_strv_builder_add (sorted, name->data);

  return names != NULL ? g_strv_builder_end (sorted) : NULL;
}

RpArticle *
rp_merge (RpArticle *base, RpArticle *mine, RpArticle *theirs, GStrv *out_both)
{
  Merge merge = {describe (base), describe (mine), describe (theirs),
                 g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL)};
  JsonObject *const all[] = {merge.base, merge.mine, merge.theirs};
  g_autoptr (GHashTable) names = list_names (all, G_N_ELEMENTS (all));
  GHashTableIter iter;
  gpointer name;
  RpArticle *result;

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    merge_field (&merge, name);
  result = rp_article_from_json (merge.theirs);
  *out_both = sort_both (merge.both);
  json_object_unref (merge.base);
  json_object_unref (merge.mine);
  json_object_unref (merge.theirs);
  g_hash_table_unref (merge.both);

  return result;
}

gboolean
rp_merge_is_same (RpArticle *one, RpArticle *other)
{
  g_autoptr (JsonObject) first = describe (one);
  g_autoptr (JsonObject) second = describe (other);
  JsonObject *const all[] = {first, second};
  g_autoptr (GHashTable) names = list_names (all, G_N_ELEMENTS (all));
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, NULL)) {
    const char *const field[] = {name, NULL};

    if (!is_ours (name) && !is_same (first, second, field))
      return FALSE;
  }

  return TRUE;
}
