#include "rp-json.h"

#include <glib/gi18n-lib.h>

#include "rp-error.h"

#define MAX_DEPTH 200

/* json-glib recurses per level: refuse what would exhaust the stack before it parses. */
static gboolean
is_too_deep (const char *text, gsize size)
{
  guint depth = 0;
  gboolean quoted = FALSE;

  for (gsize i = 0; i < size; i++) {
    char c = text[i];

    if (quoted) {
      if (c == '\\')
        i++;
      else if (c == '"')
        quoted = FALSE;
    } else if (c == '"') {
      quoted = TRUE;
    } else if (c == '{' || c == '[') {
      if (++depth > MAX_DEPTH)
        return TRUE;
    } else if ((c == '}' || c == ']') && depth > 0) {
      depth--;
    }
  }

  return FALSE;
}

static JsonNode *
parse (const char *text, gsize size, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) local = NULL;
  JsonNode *root;

  if (size >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0) {
    text += 3;
    size -= 3;
  }
  if (is_too_deep (text, size)) {
    g_set_error (error, RP_ERROR, RP_ERROR_UNREADABLE,
                 _ ("The JSON is nested more than %d levels deep"), MAX_DEPTH);
    return NULL;
  }
  if (!g_utf8_validate_len (text, size, NULL)) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_UNREADABLE,
                         _ ("The JSON is not valid UTF-8 text"));
    return NULL;
  }
  if (!json_parser_load_from_data (parser, text, size, &local)) {
    g_set_error (error, RP_ERROR, RP_ERROR_UNREADABLE, _ ("This is not valid JSON: %s"),
                 local->message);
    return NULL;
  }

  root = json_parser_steal_root (parser);
  if (root == NULL)
    g_set_error_literal (error, RP_ERROR, RP_ERROR_UNREADABLE, _ ("The JSON is empty"));

  return root;
}

JsonNode *
rp_json_parse (GBytes *bytes, GError **error)
{
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);

  return parse (text != NULL ? text : "", size, error);
}

JsonNode *
rp_json_parse_text (const char *text, GError **error)
{
  return parse (text, strlen (text), error);
}

JsonObject *
rp_json_parse_object (GBytes *bytes, const char *what, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (JsonNode) root = rp_json_parse (bytes, &local);

  if (root == NULL) {
    g_set_error (error, RP_ERROR, RP_ERROR_UNREADABLE, _ ("%s could not be read: %s"), what,
                 local->message);
    return NULL;
  }
  if (!JSON_NODE_HOLDS_OBJECT (root)) {
    g_set_error (error, RP_ERROR, RP_ERROR_UNREADABLE, _ ("%s is not a JSON object"), what);
    return NULL;
  }

  return json_object_ref (json_node_get_object (root));
}

JsonNode *
rp_json_get (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

static JsonNode *
get_value (JsonObject *object, const char *name)
{
  JsonNode *node = rp_json_get (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? node : NULL;
}

const char *
rp_json_get_string (JsonObject *object, const char *name)
{
  JsonNode *node = get_value (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

char *
rp_json_dup_text (JsonObject *object, const char *name)
{
  JsonNode *node = get_value (object, name);

  if (node == NULL || json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  if (json_node_get_value_type (node) == G_TYPE_DOUBLE)
    return g_strdup_printf ("%.15g", json_node_get_double (node));

  return g_strdup (json_node_get_string (node));
}

static gboolean
is_number (JsonNode *node)
{
  return node != NULL && (json_node_get_value_type (node) == G_TYPE_INT64 ||
                          json_node_get_value_type (node) == G_TYPE_DOUBLE);
}

gint64
rp_json_get_int (JsonObject *object, const char *name, gint64 fallback)
{
  JsonNode *node = get_value (object, name);

  return is_number (node) ? json_node_get_int (node) : fallback;
}

double
rp_json_get_double (JsonObject *object, const char *name, double fallback)
{
  JsonNode *node = get_value (object, name);

  return is_number (node) ? json_node_get_double (node) : fallback;
}

gboolean
rp_json_get_boolean (JsonObject *object, const char *name, gboolean fallback)
{
  JsonNode *node = get_value (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN
           ? json_node_get_boolean (node)
           : fallback;
}

JsonObject *
rp_json_get_object (JsonObject *object, const char *name)
{
  JsonNode *node = rp_json_get (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
rp_json_get_array (JsonObject *object, const char *name)
{
  JsonNode *node = rp_json_get (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

gboolean
rp_json_has (JsonObject *object, const char *name)
{
  return rp_json_get (object, name) != NULL;
}

GStrv
rp_json_dup_strv (JsonObject *object, const char *name)
{
  const char *single = rp_json_get_string (object, name);
  JsonArray *array = rp_json_get_array (object, name);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (single == NULL && array == NULL)
    return NULL;
  if (single != NULL)
    g_strv_builder_add (builder, single);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);

    if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
      g_strv_builder_add (builder, json_node_get_string (node));
  }

  return g_strv_builder_end (builder);
}

void
rp_json_set_string (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL && *value != '\0')
    json_object_set_string_member (object, name, value);
}

void
rp_json_set_strv (JsonObject *object, const char *name, const char *const *values)
{
  JsonArray *array;

  if (values == NULL || values[0] == NULL)
    return;

  array = json_array_new ();
  for (; *values != NULL; values++)
    json_array_add_string_element (array, *values);
  json_object_set_array_member (object, name, array);
}

/* Bytes that cannot stand in a string as they are (RFC 8259, and DEL). */
static const guchar escapes[256] = {
  [0] = 1,  [1] = 1,  [2] = 1,  [3] = 1,  [4] = 1,  [5] = 1,   [6] = 1,    [7] = 1,    [8] = 1,
  [9] = 1,  [10] = 1, [11] = 1, [12] = 1, [13] = 1, [14] = 1,  [15] = 1,   [16] = 1,   [17] = 1,
  [18] = 1, [19] = 1, [20] = 1, [21] = 1, [22] = 1, [23] = 1,  [24] = 1,   [25] = 1,   [26] = 1,
  [27] = 1, [28] = 1, [29] = 1, [30] = 1, [31] = 1, ['"'] = 1, ['\\'] = 1, [0x7F] = 1,
};

static void
append_string (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  while (*text != '\0') {
    const char *from = text;

    while (escapes[(guchar) *text] == 0)
      text++;
    g_string_append_len (out, from, text - from);
    if (*text == '\n')
      g_string_append (out, "\\n");
    else if (*text == '"' || *text == '\\')
      g_string_append_printf (out, "\\%c", *text);
    else if (*text != '\0')
      g_string_append_printf (out, "\\u%04x", (guchar) *text);
    text += *text != '\0';
  }
  g_string_append_c (out, '"');
}

static void append_node (GString *out, JsonNode *node);

static void
append_object (GString *out, JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  gboolean first = TRUE;

  g_string_append_c (out, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node)) {
    if (!first)
      g_string_append_c (out, ',');
    first = FALSE;
    append_string (out, name);
    g_string_append_c (out, ':');
    append_node (out, node);
  }
  g_string_append_c (out, '}');
}

static void
append_array (GString *out, JsonArray *array)
{
  g_string_append_c (out, '[');
  for (guint i = 0; i < json_array_get_length (array); i++) {
    if (i > 0)
      g_string_append_c (out, ',');
    append_node (out, json_array_get_element (array, i));
  }
  g_string_append_c (out, ']');
}

static void
append_node (GString *out, JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node)) {
    append_object (out, json_node_get_object (node));
  } else if (JSON_NODE_HOLDS_ARRAY (node)) {
    append_array (out, json_node_get_array (node));
  } else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING) {
    append_string (out, json_node_get_string (node));
  } else {
    g_autofree char *text = json_to_string (node, FALSE);

    g_string_append (out, text);
  }
}

char *
rp_json_object_to_text (JsonObject *object, gboolean pretty)
{
  g_autoptr (JsonNode) node = NULL;

  if (!pretty) {
    GString *out = g_string_new (NULL);

    append_object (out, object);
    return g_string_free (out, FALSE);
  }
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (node, object);

  return json_to_string (node, TRUE);
}

GBytes *
rp_json_object_to_bytes (JsonObject *object)
{
  char *text = rp_json_object_to_text (object, FALSE);

  return g_bytes_new_take (text, strlen (text));
}

static JsonNode *
copy_node (JsonNode *node)
{
  JsonNode *copy;

  if (JSON_NODE_HOLDS_OBJECT (node)) {
    copy = json_node_new (JSON_NODE_OBJECT);
    json_node_take_object (copy, rp_json_object_copy (json_node_get_object (node)));
  } else if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);
    guint length = json_array_get_length (array);
    JsonArray *items = json_array_sized_new (length);

    for (guint i = 0; i < length; i++)
      json_array_add_element (items, copy_node (json_array_get_element (array, i)));
    copy = json_node_new (JSON_NODE_ARRAY);
    json_node_take_array (copy, items);
  } else {
    copy = json_node_copy (node);
  }

  return copy;
}

JsonObject *
rp_json_object_copy (JsonObject *object)
{
  JsonObject *copy = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    json_object_set_member (copy, name, copy_node (node));

  return copy;
}
