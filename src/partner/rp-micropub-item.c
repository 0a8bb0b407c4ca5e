#include "rp-micropub-item.h"

#include "rp-json.h"
#include "rp-text.h"

#include <gio/gio.h>

#include <string.h>

static JsonNode *
get_first_node (JsonObject *properties, const char *name)
{
  JsonArray *values = rp_json_get_array (properties, name);

  return values != NULL && json_array_get_length (values) > 0 ? json_array_get_element (values, 0)
                                                              : NULL;
}

/* A value is text, or an object that says the same in "value" (or, for people, in its properties'
 * name). */
static const char *
get_text (JsonNode *node)
{
  JsonObject *object;
  const char *value;

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_VALUE (node))
    return json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return NULL;

  object = json_node_get_object (node);
  value = rp_json_get_string (object, "value");

  return value != NULL ? value
                       : rp_micropub_get_first (rp_json_get_object (object, "properties"), "name");
}

const char *
rp_micropub_get_first (JsonObject *properties, const char *name)
{
  return get_text (get_first_node (properties, name));
}

static char *
dup_paragraphs (const char *text)
{
  g_auto (GStrv) blocks = g_strsplit (text, "\n\n", -1);
  GString *html = g_string_new (NULL);

  for (guint i = 0; blocks[i] != NULL; i++)
    if (!rp_text_is_empty (blocks[i])) {
      g_autofree char *escaped = rp_text_escape (g_strstrip (blocks[i]));

      g_string_append_printf (html, "<p>%s</p>", escaped);
    }

  return g_string_free (html, FALSE);
}

static char *
dup_body (JsonObject *properties)
{
  JsonNode *node = get_first_node (properties, "content");
  const char *html = node != NULL && JSON_NODE_HOLDS_OBJECT (node)
                       ? rp_json_get_string (json_node_get_object (node), "html")
                       : NULL;

  if (html != NULL)
    return g_strdup (html);

  return get_text (node) != NULL ? dup_paragraphs (get_text (node)) : g_strdup ("");
}

static JsonObject *
build_picture (JsonNode *node)
{
  JsonObject *picture = json_object_new ();
  JsonObject *renditions = json_object_new ();
  JsonObject *original = json_object_new ();

  rp_json_set_string (original, "href", get_text (node));
  json_object_set_object_member (renditions, "original", original);
  rp_json_set_string (picture, "uri", get_text (node));
  json_object_set_string_member (picture, "type", "picture");
  if (JSON_NODE_HOLDS_OBJECT (node))
    rp_json_set_string (picture, "body_text",
                        rp_json_get_string (json_node_get_object (node), "alt"));
  json_object_set_object_member (picture, "renditions", renditions);

  return picture;
}

static void
set_pictures (JsonObject *item, JsonObject *properties)
{
  JsonArray *photos = rp_json_get_array (properties, "photo");
  JsonObject *associations;

  if (photos == NULL || json_array_get_length (photos) == 0)
    return;

  associations = json_object_new ();
  for (guint i = 0; i < json_array_get_length (photos); i++) {
    JsonNode *node = json_array_get_element (photos, i);
    g_autofree char *name = i == 0 ? g_strdup ("featuremedia") : g_strdup_printf ("picture_%u", i);

    if (get_text (node) != NULL)
      json_object_set_object_member (associations, name, build_picture (node));
  }
  json_object_set_object_member (item, "associations", associations);
}

JsonObject *
rp_micropub_build_item (JsonObject *properties)
{
  JsonObject *item = json_object_new ();
  g_autofree char *body = dup_body (properties);
  const char *name = rp_micropub_get_first (properties, "name");
  const char *licence = rp_micropub_get_first (properties, "license");
  g_autofree char *short_text = rp_text_shorten (rp_micropub_get_first (properties, "content"), 80);

  rp_json_set_string (item, "headline", name != NULL ? name : short_text);
  rp_json_set_string (item, "byline", rp_micropub_get_first (properties, "author"));
  rp_json_set_string (item, "description_text", rp_micropub_get_first (properties, "summary"));
  rp_json_set_string (item, "firstcreated", rp_micropub_get_first (properties, "published"));
  rp_json_set_string (item, "language", rp_micropub_get_first (properties, "lang"));
  json_object_set_string_member (item, "body_html", body);
  if (licence != NULL && rp_text_is_web_url (licence)) {
    JsonObject *rights = json_object_new ();

    json_object_set_string_member (rights, "linkedrights", licence);
    json_object_set_object_member (item, "rightsinfo", rights);
  }
  set_pictures (item, properties);

  return item;
}

static void
replace_cb (JsonObject *object, const char *name, JsonNode *node, gpointer user_data)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    json_object_set_member (user_data, name, json_node_copy (node));
}

static void
add_cb (JsonObject *object, const char *name, JsonNode *node, gpointer user_data)
{
  JsonArray *old = rp_json_get_array (user_data, name);
  g_autoptr (JsonArray) joined = json_array_new ();
  JsonArray *sources[2] = {old, JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL};

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    for (guint k = 0; sources[i] != NULL && k < json_array_get_length (sources[i]); k++)
      json_array_add_element (joined, json_node_copy (json_array_get_element (sources[i], k)));
  json_object_set_array_member (user_data, name, g_steal_pointer (&joined));
}

static gboolean
holds (JsonArray *array, JsonNode *wanted)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (json_node_equal (json_array_get_element (array, i), wanted))
      return TRUE;

  return FALSE;
}

static void
remove_cb (JsonObject *object, const char *name, JsonNode *node, gpointer user_data)
{
  JsonArray *old = rp_json_get_array (user_data, name);
  g_autoptr (JsonArray) left = json_array_new ();

  if (old == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return;
  for (guint i = 0; i < json_array_get_length (old); i++)
    if (!holds (json_node_get_array (node), json_array_get_element (old, i)))
      json_array_add_element (left, json_node_copy (json_array_get_element (old, i)));
  json_object_set_array_member (user_data, name, g_steal_pointer (&left));
}

void
rp_micropub_update (JsonObject *properties, JsonObject *request)
{
  JsonObject *replaced = rp_json_get_object (request, "replace");
  JsonObject *added = rp_json_get_object (request, "add");
  JsonObject *removed = rp_json_get_object (request, "delete");
  g_auto (GStrv) names = rp_json_dup_strv (request, "delete");

  if (replaced != NULL)
    json_object_foreach_member (replaced, replace_cb, properties);
  if (added != NULL)
    json_object_foreach_member (added, add_cb, properties);
  if (removed != NULL)
    json_object_foreach_member (removed, remove_cb, properties);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (json_object_has_member (properties, names[i]))
      json_object_remove_member (properties, names[i]);
}

static void
add_value (JsonObject *properties, const char *name, const char *value)
{
  g_autofree char *plain = g_strdup (name);
  JsonArray *values;

  if (g_str_has_suffix (plain, "[]"))
    plain[strlen (plain) - 2] = '\0';
  values = rp_json_get_array (properties, plain);
  if (values == NULL) {
    values = json_array_new ();
    json_object_set_array_member (properties, plain, values);
  }
  json_array_add_string_element (values, value);
}

JsonObject *
rp_micropub_properties_from_form (const char *form)
{
  JsonObject *properties = json_object_new ();
  GUriParamsIter iter;
  char *name;
  char *value;

  g_uri_params_iter_init (&iter, form, -1, "&", G_URI_PARAMS_WWW_FORM);
  while (g_uri_params_iter_next (&iter, &name, &value, NULL)) {
    if (!g_str_equal (name, "h") && !g_str_equal (name, "access_token") &&
        !g_str_equal (name, "action") && !g_str_equal (name, "url") && *name != '\0')
      add_value (properties, name, value);
    g_free (name);
    g_free (value);
  }

  return properties;
}
