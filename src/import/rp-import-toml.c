#include "rp-import-toml.h"

#include <string.h>

#define DEPTH_LIMIT 32
#define TABLE_LIMIT 2000 /* tables and keys of one text */

typedef struct {
  const char *at;
  JsonObject *root;    /* lent */
  JsonObject *current; /* lent: the table that keys go to */
  guint depth;
  guint budget;
} Toml;

static JsonNode *read_value (Toml *self);

static void
skip_spaces (Toml *self)
{
  self->at += strspn (self->at, " \t\r");
}

/* Spaces, line ends and comments: within arrays they mean nothing. */
static void
skip_blank (Toml *self)
{
  for (;;) {
    self->at += strspn (self->at, " \t\r\n");
    if (*self->at != '#')
      return;
    self->at += strcspn (self->at, "\n");
  }
}

static JsonNode *
new_string (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

/* One escape after its backslash. */
static void
append_escape (Toml *self, GString *out)
{
  static const char letters[] = "btnfre\"\\";
  static const char meanings[] = "\b\t\n\f\r\033\"\\";
  char letter = *self->at;
  const char *known = letter != '\0' ? strchr (letters, letter) : NULL;
  gunichar code = 0;

  if (known != NULL) {
    g_string_append_c (out, meanings[known - letters]);
    self->at++;
    return;
  }
  if (letter != 'u' && letter != 'U') {
    self->at += strspn (self->at, " \t\r\n");
    return;
  }
  self->at++;
  for (guint i = 0; i < (letter == 'u' ? 4 : 8) && g_ascii_isxdigit (*self->at); i++)
    code = code * 16 + (gunichar) g_ascii_xdigit_value (*self->at++);
  if (code != 0 && g_unichar_validate (code))
    g_string_append_unichar (out, code);
}

/* A string in any of the four quotes. NULL when it does not end. Gives. */
static char *
read_string (Toml *self)
{
  g_autoptr (GString) out = g_string_new (NULL);
  char quote = *self->at;
  char close[4] = {quote, quote, quote, '\0'};
  gboolean is_long = g_str_has_prefix (self->at, close);

  close[is_long ? 3 : 1] = '\0';
  self->at += strlen (close);
  if (is_long && *self->at == '\r')
    self->at++;
  if (is_long && *self->at == '\n')
    self->at++;
  while (*self->at != '\0' && (is_long || *self->at != '\n')) {
    if (g_str_has_prefix (self->at, close)) {
      self->at += strlen (close);
      return g_string_free (g_steal_pointer (&out), FALSE);
    }
    if (*self->at == '\\' && quote == '"') {
      self->at++;
      append_escape (self, out);
    } else {
      g_string_append_c (out, *self->at++);
    }
  }
  return NULL;
}

/* A bare word of a key, or a quoted one. Gives. */
static char *
read_key_part (Toml *self)
{
  gsize length;
  char *part;

  skip_spaces (self);
  if (*self->at == '"' || *self->at == '\'') {
    part = read_string (self);
  } else {
    length = strcspn (self->at, ".=]\"'#\r\n \t{},");
    part = length > 0 ? g_strndup (self->at, length) : NULL;
    self->at += length;
  }
  skip_spaces (self);
  return part;
}

/* a.b.c as a list of names; NULL when it is none. Gives. */
static GStrv
read_key (Toml *self)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  char *part;

  for (;;) {
    part = read_key_part (self);
    if (part == NULL || parts->len >= DEPTH_LIMIT) {
      g_free (part);
      return NULL;
    }
    g_ptr_array_add (parts, part);
    if (*self->at != '.')
      break;
    self->at++;
  }
  g_ptr_array_add (parts, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&parts), FALSE);
}

/* The table below `parent` by that name, made if need be; of an array of tables the last. Lends. */
static JsonObject *
enter_table (JsonObject *parent, const char *name)
{
  JsonNode *node = json_object_get_member (parent, name);
  JsonObject *made;

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);
    guint length = json_array_get_length (array);

    node = length > 0 ? json_array_get_element (array, length - 1) : NULL;
  }
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  made = json_object_new ();
  json_object_set_object_member (parent, name, made);
  return made;
}

static void
set_value (JsonObject *table, GStrv key, JsonNode *value)
{
  guint last = g_strv_length (key) - 1;

  for (guint i = 0; i < last; i++)
    table = enter_table (table, key[i]);
  json_object_set_member (table, key[last], value);
}

/* The values up to the closing bracket. */
static JsonNode *
read_array (Toml *self)
{
  g_autoptr (JsonArray) array = json_array_new ();
  JsonNode *value;

  self->at++;
  for (;;) {
    skip_blank (self);
    if (*self->at == ']')
      break;
    value = read_value (self);
    if (value == NULL)
      return NULL;
    json_array_add_element (array, value);
    skip_blank (self);
    if (*self->at == ',')
      self->at++;
    else if (*self->at != ']')
      return NULL;
  }
  self->at++;
  return json_node_init_array (json_node_alloc (), array);
}

static JsonNode *
read_inline_table (Toml *self)
{
  g_autoptr (JsonObject) table = json_object_new ();

  self->at++;
  for (;;) {
    g_auto (GStrv) key = NULL;
    JsonNode *value;

    skip_blank (self);
    if (*self->at == '}')
      break;
    key = read_key (self);
    if (key == NULL || *self->at != '=')
      return NULL;
    self->at++;
    value = read_value (self);
    if (value == NULL)
      return NULL;
    set_value (table, key, value);
    skip_blank (self);
    if (*self->at == ',')
      self->at++;
    else if (*self->at != '}')
      return NULL;
  }
  self->at++;
  return json_node_init_object (json_node_alloc (), table);
}

/* A number, date or boolean, as it is written. */
static JsonNode *
read_bare (Toml *self)
{
  gsize length = strcspn (self->at, ",]}#\r\n");
  g_autofree char *text = g_strchomp (g_strndup (self->at, length));

  self->at += length;
  return *text != '\0' ? new_string (text) : NULL;
}

static JsonNode *
read_value (Toml *self)
{
  JsonNode *value = NULL;

  skip_spaces (self);
  if (self->depth >= DEPTH_LIMIT || self->budget == 0)
    return NULL;
  self->budget--;
  self->depth++;
  if (*self->at == '"' || *self->at == '\'') {
    g_autofree char *text = read_string (self);

    value = text != NULL ? new_string (text) : NULL;
  } else if (*self->at == '[') {
    value = read_array (self);
  } else if (*self->at == '{') {
    value = read_inline_table (self);
  } else {
    value = read_bare (self);
  }
  self->depth--;
  return value;
}

/* [table] and [[array of tables]]. */
static gboolean
read_header (Toml *self)
{
  gboolean is_array = self->at[1] == '[';
  g_auto (GStrv) key = NULL;
  JsonObject *table = self->root;
  guint last;

  self->at += is_array ? 2 : 1;
  key = read_key (self);
  if (key == NULL || *self->at != ']' || self->budget == 0)
    return FALSE;
  self->budget--;
  self->at += is_array && self->at[1] == ']' ? 2 : 1;
  last = g_strv_length (key) - 1;
  for (guint i = 0; i < last; i++)
    table = enter_table (table, key[i]);
  if (is_array) {
    JsonNode *node = json_object_get_member (table, key[last]);

    if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
      json_object_set_array_member (table, key[last], json_array_new ());
    json_array_add_object_element (json_object_get_array_member (table, key[last]),
                                   json_object_new ());
  }
  self->current = enter_table (table, key[last]);
  return TRUE;
}

static gboolean
read_pair (Toml *self)
{
  g_auto (GStrv) key = read_key (self);
  JsonNode *value;

  if (key == NULL || *self->at != '=')
    return FALSE;
  self->at++;
  value = read_value (self);
  if (value == NULL)
    return FALSE;
  set_value (self->current, key, value);
  return TRUE;
}

JsonObject *
rp_toml_read (const char *text, gboolean *out_broken)
{
  JsonObject *root = json_object_new ();
  Toml self = {.at = text, .root = root, .current = root, .budget = TABLE_LIMIT};
  gboolean broken = FALSE;

  skip_blank (&self);
  while (*self.at != '\0') {
    gboolean good = *self.at == '[' ? read_header (&self) : read_pair (&self);

    skip_spaces (&self);
    broken |= !good || (*self.at != '\n' && *self.at != '#' && *self.at != '\0');
    self.depth = 0;
    self.at += strcspn (self.at, "\n");
    skip_blank (&self);
  }
  if (out_broken != NULL)
    *out_broken = broken;
  return root;
}
