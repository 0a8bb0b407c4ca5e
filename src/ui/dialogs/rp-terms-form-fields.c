#include "rp-terms-form-fields.h"

#include "rp-error.h"
#include "rp-json.h"
#include "rp-licence.h"
#include "rp-text.h"
#include "rp-time.h"

#include <glib/gi18n-lib.h>

#include <string.h>

#define CREDITED "only-credited-to"

/* ---- reading ---- */

/* Older profiles name the one line in the singular. */
static const char *
get_member (const RpTermsField *field, JsonObject *profile)
{
  return field->kind == RP_TERMS_LINES && rp_json_has (profile, "mandatory_line") ? "mandatory_line"
                                                                                  : field->member;
}

static char *
read_list (JsonObject *holder, const char *member, const char *separator)
{
  g_auto (GStrv) words = rp_json_dup_strv (holder, member);

  return words != NULL ? g_strjoinv (separator, words) : g_strdup ("");
}

/* A demand may be simply true. */
static char *
read_choice (JsonObject *holder, const char *member)
{
  JsonNode *node = rp_json_get (holder, member);
  const char *word = rp_json_get_string (holder, member);

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
      json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    word = json_node_get_boolean (node) ? "required" : "none";

  return g_strdup (word != NULL ? word : "");
}

static char *
read_truth (JsonObject *holder, const char *member)
{
  if (!rp_json_has (holder, member))
    return g_strdup ("");

  return g_strdup (rp_json_get_boolean (holder, member, FALSE) ? "true" : "false");
}

static char *
read_time (JsonObject *holder, const char *member)
{
  gint64 instant = rp_time_instant (rp_json_get_string (holder, member));
  g_autoptr (GDateTime) time =
    instant != RP_TIME_NONE ? g_date_time_new_from_unix_local (instant / G_USEC_PER_SEC) : NULL;

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M") : g_strdup ("");
}

static char *
dup_credited (JsonObject *profile)
{
  JsonObject *object = rp_json_get_object (profile, "images");
  const char *text = rp_json_get_string (profile, "images");

  if (object != NULL)
    return read_list (object, CREDITED, ", ");
  if (text == NULL)
    return read_list (profile, "images", ", ");
  if (g_str_has_prefix (text, CREDITED ":"))
    return g_strstrip (g_strdelimit (g_strdup (text + strlen (CREDITED ":")), "[]", ' '));

  return g_strdup ("");
}

static char *
read_images (JsonObject *profile)
{
  const char *text = rp_json_get_string (profile, "images");

  if (!rp_json_has (profile, "images"))
    return g_strdup ("");

  return g_strdup (text == NULL || g_str_has_prefix (text, CREDITED) ? CREDITED : text);
}

/* A template for each language, a line each. */
static char *
read_template (JsonObject *profile, const char *member)
{
  JsonObject *templates = rp_json_get_object (profile, member);
  g_autoptr (GList) languages = templates != NULL ? json_object_get_members (templates) : NULL;
  g_autoptr (GString) text = g_string_new (rp_json_get_string (profile, member));

  for (GList *language = languages; language != NULL; language = language->next)
    g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "", (char *) language->data,
                            rp_json_get_string (templates, language->data));

  return g_strdup (text->str);
}

static char *
dup_text (JsonObject *holder, const char *member)
{
  char *text = rp_json_dup_text (holder, member);

  return text != NULL ? text : g_strdup ("");
}

static char *
read_from (const RpTermsField *field, JsonObject *holder, const char *member)
{
  switch (field->kind) {
  case RP_TERMS_LINES:
    return read_list (holder, member, "\n");
  case RP_TERMS_LIST:
  case RP_TERMS_CODES:
  case RP_TERMS_SET:
    return read_list (holder, member, ", ");
  case RP_TERMS_CHOICE:
    return read_choice (holder, member);
  case RP_TERMS_TRUTH:
    return read_truth (holder, member);
  case RP_TERMS_TIME:
  case RP_TERMS_LAST_DAY:
    return read_time (holder, member);
  case RP_TERMS_TEMPLATE:
    return read_template (holder, member);
  case RP_TERMS_TEXT:
  case RP_TERMS_NUMBER:
  case RP_TERMS_AMOUNT:
  case RP_TERMS_IMAGES:
  case RP_TERMS_CREDITED:
  default:
    return dup_text (holder, member);
  }
}

char *
rp_terms_field_read (const RpTermsField *field, JsonObject *profile)
{
  const char *member = get_member (field, profile);
  JsonObject *holder = field->inner != NULL ? rp_json_get_object (profile, member) : profile;

  if (field->kind == RP_TERMS_IMAGES)
    return read_images (profile);
  if (field->kind == RP_TERMS_CREDITED)
    return dup_credited (profile);
  if (holder == NULL)
    return g_strdup ("");

  return read_from (field, holder, field->inner != NULL ? field->inner : member);
}

/* ---- writing: a text becomes a node ---- */

static JsonNode *
make_text (const char *text)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);

  json_node_set_string (node, text);

  return node;
}

static JsonNode *
make_number (const char *text, GError **error)
{
  guint64 number;

  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT32, &number, NULL)) {
    g_set_error (error, RP_ERROR, RP_ERROR_INVALID, _ ("“%s” is not a whole number."), text);
    return NULL;
  }

  return json_node_init_int (json_node_alloc (), (gint64) number);
}

static JsonNode *
make_amount (const char *text, GError **error)
{
  g_autofree char *plain = g_strdelimit (g_strdup (text), ",", '.');
  char *end;
  double amount = g_ascii_strtod (plain, &end);

  if (*end != '\0' || !g_ascii_isdigit (*plain)) {
    g_set_error (error, RP_ERROR, RP_ERROR_INVALID,
                 _ ("“%s” is not an amount such as 80 or 12.50."), text);
    return NULL;
  }
  if (amount == (double) (gint64) amount)
    return json_node_init_int (json_node_alloc (), (gint64) amount);

  return json_node_init_double (json_node_alloc (), amount);
}

static gboolean
is_code (const char *code)
{
  return g_str_equal (code, "*") ||
         (strlen (code) == 2 && g_ascii_isalpha (code[0]) && g_ascii_isalpha (code[1]));
}

static JsonNode *
make_list (const RpTermsField *field, const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, field->kind == RP_TERMS_LINES ? "\n" : ",", -1);
  g_autoptr (JsonArray) list = json_array_new ();

  for (guint i = 0; parts[i] != NULL; i++) {
    g_autofree char *part = rp_text_clean (parts[i]);
    g_autofree char *code = part != NULL ? g_ascii_strup (part, -1) : NULL;

    if (part == NULL)
      continue;
    if (field->kind == RP_TERMS_CODES && !is_code (part)) {
      g_set_error (error, RP_ERROR, RP_ERROR_INVALID,
                   _ ("“%s” is not a country's code of two letters, EU, or * for all."), part);
      return NULL;
    }
    json_array_add_string_element (list, field->kind == RP_TERMS_CODES ? code : part);
  }

  return json_node_init_array (json_node_alloc (), list);
}

/* A time without a zone is meant as the clock on the wall says it. */
static char *
place_time (const char *wall, gboolean last_day)
{
  int year = 0, month = 0, day = 0, hour = last_day ? 23 : 0, minute = last_day ? 59 : 0;
  int second = last_day ? 59 : 0;
  g_auto (GStrv) parts = g_strsplit_set (wall, "-T:", 6);
  guint n = g_strv_length (parts);
  int *const numbers[] = {&year, &month, &day, &hour, &minute, &second};
  g_autoptr (GDateTime) time = NULL;

  if (n > 3)
    second = 0;
  for (guint i = 0; i < n; i++)
    *numbers[i] = (int) g_ascii_strtoll (parts[i], NULL, 10);
  time = g_date_time_new_local (year, month, day, hour, minute, second);

  return time != NULL ? g_date_time_format_iso8601 (time) : NULL;
}

static JsonNode *
make_time (const RpTermsField *field, const char *text, GError **error)
{
  gint64 instant;
  gboolean zoned;
  g_autofree char *read = NULL;
  g_autofree char *placed = NULL;

  if (rp_time_parse (text, &instant, &read, &zoned))
    placed = zoned ? g_strdup (read) : place_time (read, field->kind == RP_TERMS_LAST_DAY);
  if (placed != NULL)
    return make_text (placed);
  g_set_error (error, RP_ERROR, RP_ERROR_INVALID,
               _ ("“%s” is not a day or a time such as 2027-03-31 or 2027-03-31 18:00."), text);

  return NULL;
}

static JsonNode *
make_credited (const RpTermsField *field, const char *text, GError **error)
{
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_member (object, CREDITED, make_list (field, text, error));

  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
make_images (const RpTermsField *field, JsonObject *profile, const char *text, GError **error)
{
  g_autofree char *names = dup_credited (profile);

  return g_str_equal (text, CREDITED) ? make_credited (field, names, error) : make_text (text);
}

static JsonNode *
make_node (const RpTermsField *field, JsonObject *profile, const char *text, GError **error)
{
  switch (field->kind) {
  case RP_TERMS_NUMBER:
    return make_number (text, error);
  case RP_TERMS_AMOUNT:
    return make_amount (text, error);
  case RP_TERMS_LINES:
  case RP_TERMS_LIST:
  case RP_TERMS_CODES:
    return make_list (field, text, error);
  case RP_TERMS_TRUTH:
    return json_node_init_boolean (json_node_alloc (), g_str_equal (text, "true"));
  case RP_TERMS_TIME:
  case RP_TERMS_LAST_DAY:
    return make_time (field, text, error);
  case RP_TERMS_IMAGES:
    return make_images (field, profile, text, error);
  case RP_TERMS_CREDITED:
    return make_credited (field, text, error);
  case RP_TERMS_TEXT:
  case RP_TERMS_CHOICE:
  case RP_TERMS_SET:
  case RP_TERMS_TEMPLATE:
  default:
    return make_text (text);
  }
}

static gboolean
has_inner (const RpTermsField *field)
{
  return field->inner != NULL && field->kind != RP_TERMS_CREDITED;
}

/* The rules of the licence itself, asked of this member alone. */
static gboolean
check_member (const char *member, JsonNode *node, GError **error)
{
  g_autoptr (JsonObject) alone = json_object_new ();
  g_autoptr (RpLicence) licence = NULL;

  json_object_set_string_member (alone, "id", "draft");
  json_object_set_member (alone, member, json_node_copy (node));
  licence = rp_licence_new_from_json (alone, error);

  return licence != NULL;
}

static void
remove_term (const RpTermsField *field, JsonObject *profile, const char *member)
{
  JsonObject *holder = has_inner (field) ? rp_json_get_object (profile, member) : NULL;

  if (has_inner (field) && holder == NULL)
    return;
  if (holder != NULL)
    json_object_remove_member (holder, field->inner);
  if (holder == NULL || json_object_get_size (holder) == 0)
    json_object_remove_member (profile, member);
}

static void
set_term (const RpTermsField *field, JsonObject *profile, const char *member, JsonNode *node)
{
  JsonObject *holder = has_inner (field) ? rp_json_get_object (profile, member) : profile;

  if (holder == NULL) {
    holder = json_object_new ();
    json_object_set_object_member (profile, member, holder);
  }
  json_object_set_member (holder, has_inner (field) ? field->inner : member, node);
}

gboolean
rp_terms_field_write (const RpTermsField *field,
                      JsonObject *profile,
                      const char *text,
                      GError **error)
{
  const char *member = get_member (field, profile);
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_autoptr (JsonNode) node = NULL;

  if (*trimmed == '\0') {
    remove_term (field, profile, member);
    return TRUE;
  }
  node = make_node (field, profile, trimmed, error);
  if (node == NULL || (!has_inner (field) && !check_member (member, node, error)))
    return FALSE;
  set_term (field, profile, member, g_steal_pointer (&node));

  return TRUE;
}

/* ---- in words ---- */

static const char *
get_label (const RpTermsField *field, const char *id)
{
  for (const RpTermsChoice *choice = field->choices; choice != NULL && choice->id != NULL; choice++)
    if (g_str_equal (choice->id, id))
      return _ (choice->label);

  return id;
}

static char *
describe_set (const RpTermsField *field, JsonObject *profile)
{
  g_auto (GStrv) ids = rp_json_dup_strv (profile, field->member);
  g_autoptr (GStrvBuilder) labels = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;

  if (ids == NULL)
    return NULL;
  if (ids[0] == NULL)
    return g_strdup (_ ("None"));
  for (guint i = 0; ids[i] != NULL; i++)
    g_strv_builder_add (labels, get_label (field, ids[i]));
  words = g_strv_builder_end (labels);

  return g_strjoinv (", ", words);
}

static char *
describe_time (const RpTermsField *field, JsonObject *profile)
{
  const char *text = rp_json_get_string (profile, field->member);
  gint64 instant = rp_time_instant (text);

  return instant != RP_TIME_NONE ? rp_time_format_long (instant) : g_strdup (text);
}

char *
rp_terms_field_describe (const RpTermsField *field, JsonObject *profile)
{
  g_autofree char *text = NULL;

  if (field->kind == RP_TERMS_SET)
    return describe_set (field, profile);
  if (field->kind == RP_TERMS_TIME || field->kind == RP_TERMS_LAST_DAY)
    return describe_time (field, profile);
  text = rp_terms_field_read (field, profile);
  if (*text == '\0')
    return NULL;
  if (field->kind == RP_TERMS_TRUTH)
    return g_strdup (g_str_equal (text, "true") ? _ ("Yes") : _ ("No"));
  if (field->kind == RP_TERMS_CHOICE || field->kind == RP_TERMS_IMAGES)
    return g_strdup (get_label (field, text));

  return g_steal_pointer (&text);
}
