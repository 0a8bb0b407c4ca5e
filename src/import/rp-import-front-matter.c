#include "rp-import-front-matter.h"

#include <string.h>
#include <yaml.h>

#include <glib/gi18n-lib.h>

#include "rp-import-regex.h"
#include "rp-import-toml.h"
#include "rp-json.h"
#include "rp-text.h"

#define NODE_LIMIT 5000 /* of one YAML document: aliases could multiply without end */
#define DEPTH_LIMIT 32

/* Fences */

static const char *
next_line (const char *line)
{
  const char *end = strchr (line, '\n');

  return end != NULL ? end + 1 : line + strlen (line);
}

static gboolean
is_fence (const char *line, const char *mark)
{
  if (!g_str_has_prefix (line, mark))
    return FALSE;
  line += strlen (mark);
  line += strspn (line, " \t\r");
  return *line == '\n' || *line == '\0';
}

static gboolean
has_key (const char *start, const char *end, char separator)
{
  for (const char *line = start; line < end; line = next_line (line)) {
    gsize length = strcspn (line, ":=\n");

    if (length > 0 && line[length] == separator && line + length < end)
      return TRUE;
  }
  return FALSE;
}

/* The fence that closes; NULL when there is none. */
static const char *
find_fence (const char *text, const char *mark, char separator)
{
  const char *start = next_line (text);

  for (const char *line = start; *line != '\0'; line = next_line (line)) {
    if (is_fence (line, mark) || (*mark == '-' && is_fence (line, "...")))
      return has_key (start, line, separator) ? line : NULL;
  }
  return NULL;
}

/* Past the brace that closes the first one. */
static const char *
find_brace (const char *text)
{
  guint depth = 0;
  gboolean quoted = FALSE;

  for (const char *at = text; *at != '\0'; at++) {
    if (quoted && *at == '\\' && at[1] != '\0')
      at++;
    else if (*at == '"')
      quoted = !quoted;
    else if (!quoted && *at == '{')
      depth++;
    else if (!quoted && *at == '}' && --depth == 0)
      return at + 1;
  }
  return NULL;
}

/* A JSON object that stands alone on its lines, with a text behind it that is no more JSON. */
static const char *
find_json_end (const char *text)
{
  const char *end = find_brace (text);
  const char *rest;

  if (end == NULL)
    return NULL;
  rest = end + strspn (end, " \t\r");
  if (*rest != '\n' || text[strspn (text, "{ \t\r\n")] != '"')
    return NULL;
  rest += strspn (rest, " \t\r\n");
  return *rest != '\0' && strchr ("{[,", *rest) == NULL ? end : NULL;
}

const char *
rp_front_matter_find_end (const char *text)
{
  const char *fence = NULL;

  if (*text == '{')
    return find_json_end (text);
  if (is_fence (text, "---"))
    fence = find_fence (text, "---", ':');
  else if (is_fence (text, "+++"))
    fence = find_fence (text, "+++", '=');
  return fence != NULL ? next_line (fence) : NULL;
}

/* YAML */

typedef struct {
  yaml_document_t document;
  guint budget;
  guint depth;
} Yaml;

static JsonNode *convert (Yaml *self, int index);

static JsonNode *
convert_scalar (const yaml_node_t *node)
{
  const char *text = (const char *) node->data.scalar.value;
  gboolean plain = node->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
  JsonNode *json = json_node_alloc ();

  if (plain && (*text == '\0' || strcmp (text, "~") == 0 || g_ascii_strcasecmp (text, "null") == 0))
    return json_node_init_null (json);
  return json_node_init_string (json, text);
}

static JsonNode *
convert_sequence (Yaml *self, const yaml_node_t *node)
{
  g_autoptr (JsonArray) array = json_array_new ();

  for (const yaml_node_item_t *item = node->data.sequence.items.start;
       item < node->data.sequence.items.top; item++) {
    JsonNode *value = convert (self, *item);

    if (value != NULL)
      json_array_add_element (array, value);
  }
  return json_node_init_array (json_node_alloc (), array);
}

static JsonNode *
convert_mapping (Yaml *self, const yaml_node_t *node)
{
  g_autoptr (JsonObject) object = json_object_new ();

  for (const yaml_node_pair_t *pair = node->data.mapping.pairs.start;
       pair < node->data.mapping.pairs.top; pair++) {
    const yaml_node_t *key = yaml_document_get_node (&self->document, pair->key);
    JsonNode *value = convert (self, pair->value);

    if (value != NULL && key != NULL && key->type == YAML_SCALAR_NODE)
      json_object_set_member (object, (const char *) key->data.scalar.value, value);
    else
      g_clear_pointer (&value, json_node_unref);
  }
  return json_node_init_object (json_node_alloc (), object);
}

/* NULL beyond the limits. Gives. */
static JsonNode *
convert (Yaml *self, int index)
{
  const yaml_node_t *node = yaml_document_get_node (&self->document, index);
  JsonNode *json = NULL;

  if (node == NULL || self->budget == 0 || self->depth >= DEPTH_LIMIT)
    return NULL;
  self->budget--;
  self->depth++;
  if (node->type == YAML_SCALAR_NODE)
    json = convert_scalar (node);
  else if (node->type == YAML_SEQUENCE_NODE)
    json = convert_sequence (self, node);
  else if (node->type == YAML_MAPPING_NODE)
    json = convert_mapping (self, node);
  self->depth--;
  return json;
}

/* NULL when it is no YAML mapping. Gives. */
static JsonObject *
read_yaml (const char *text)
{
  Yaml self = {.budget = NODE_LIMIT};
  yaml_parser_t parser;
  g_autoptr (JsonNode) node = NULL;

  if (!yaml_parser_initialize (&parser))
    return NULL;
  yaml_parser_set_encoding (&parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string (&parser, (const guchar *) text, strlen (text));
  if (yaml_parser_load (&parser, &self.document)) {
    node = convert (&self, 1);
    yaml_document_delete (&self.document);
  }
  yaml_parser_delete (&parser);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_dup_object (node) : NULL;
}

/* A YAML head that people wrote by hand and no parser takes ("title: News: it rained"). */

static char *
unquote (const char *value)
{
  gsize length = strlen (value);

  if (length >= 2 && (*value == '"' || *value == '\'') && value[length - 1] == *value)
    return g_strndup (value + 1, length - 2);
  return g_strdup (value);
}

static JsonArray *
split_flow_list (const char *value)
{
  g_autofree char *inside = g_strndup (value + 1, strlen (value) - 2);
  g_auto (GStrv) parts = g_strsplit (inside, ",", -1);
  JsonArray *array = json_array_new ();

  for (guint i = 0; parts[i] != NULL; i++) {
    g_autofree char *part = unquote (g_strstrip (parts[i]));

    json_array_add_string_element (array, part);
  }
  return array;
}

static void
set_line (JsonObject *object, const char *key, const char *value)
{
  if (g_str_has_prefix (value, "[") && g_str_has_suffix (value, "]")) {
    json_object_set_array_member (object, key, split_flow_list (value));
  } else if (*value == '\0') {
    json_object_set_array_member (object, key, json_array_new ());
  } else {
    g_autofree char *plain = unquote (value);

    json_object_set_string_member (object, key, plain);
  }
}

/* "- item" below a key that had no value of its own. */
static gboolean
add_item (JsonObject *object, const char *key, const char *line)
{
  g_autofree char *item = NULL;
  JsonArray *array = key != NULL ? rp_json_get_array (object, key) : NULL;

  line += strspn (line, " \t");
  if (array == NULL || line[0] != '-' || line[1] != ' ')
    return FALSE;
  item = unquote (line + 1 + strspn (line + 1, " \t"));
  json_array_add_string_element (array, item);
  return TRUE;
}

static JsonObject *
read_lines (const char *text)
{
  static RpRegex pair = RP_REGEX ("^([\\p{L}_][\\p{L}\\d _-]{0,60}?)\\s*:(?:\\s+(.*))?$");
  g_auto (GStrv) lines = g_strsplit (text, "\n", 0);
  JsonObject *object = json_object_new ();
  g_autofree char *key = NULL;

  for (guint i = 0; lines[i] != NULL; i++) {
    g_autofree char *name = NULL;
    g_autofree char *value = NULL;

    g_strchomp (lines[i]);
    if (add_item (object, key, lines[i]))
      continue;
    name = rp_regex_dup_group (&pair, lines[i], 1);
    value = rp_regex_dup_group (&pair, lines[i], 2);
    if (name == NULL)
      continue;
    set_line (object, name, value != NULL ? value : "");
    g_free (key);
    key = g_steal_pointer (&name);
  }
  return object;
}

JsonObject *
rp_front_matter_read (const char *text, RpArticle *article)
{
  const char *end = rp_front_matter_find_end (text);
  const char *start = end != NULL && *text != '{' ? next_line (text) : text;
  g_autofree char *inside = NULL;
  g_autoptr (JsonObject) object = NULL;
  gboolean broken = FALSE;

  if (end == NULL)
    return NULL;
  inside = g_strndup (start, (gsize) (end - start));
  if (*text == '{') {
    g_autoptr (JsonNode) node = rp_json_parse_text (inside, NULL);

    if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
      object = json_node_dup_object (node);
  } else {
    char *fence = inside + strlen (inside);

    while (fence > inside && (fence[-1] == '\n' || fence[-1] == '\r'))
      fence--;
    while (fence > inside && fence[-1] != '\n')
      fence--;
    *fence = '\0';
    object = *text == '+' ? rp_toml_read (inside, &broken) : read_yaml (inside);
  }
  if (object == NULL)
    object = read_lines (inside);
  else if (!broken)
    return g_steal_pointer (&object);
  rp_article_add_warning (article, "front_matter.broken",
                          _ ("The data at the head of the text is not well-formed; what could be "
                             "read line by line was taken."));
  return g_steal_pointer (&object);
}
