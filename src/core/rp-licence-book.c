#include "rp-licence-book.h"

#include "rp-error.h"
#include "rp-json.h"
#include "rp-text.h"

#include <glib/gi18n-lib.h>

#include <string.h>

typedef struct {
  char *pattern;
  char *licence_id;
} Rule;

struct _RpLicenceBook {
  GObject parent_instance;

  GPtrArray *licences; /* owned, of RpLicence: agreements first */
  GHashTable *ports;   /* owned: id -> RpLicence, national editions made when asked for */
  GPtrArray *rules;    /* owned, of Rule */
};

static GType
get_item_type (GListModel *model)
{
  return RP_TYPE_LICENCE;
}

static guint
get_n_items (GListModel *model)
{
  return RP_LICENCE_BOOK (model)->licences->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  GPtrArray *licences = RP_LICENCE_BOOK (model)->licences;

  return position < licences->len ? g_object_ref (licences->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RpLicenceBook,
                               rp_licence_book,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
rule_free (gpointer data)
{
  Rule *rule = data;

  g_free (rule->pattern);
  g_free (rule->licence_id);
  g_free (rule);
}

static void
rp_licence_book_finalize (GObject *object)
{
  RpLicenceBook *self = RP_LICENCE_BOOK (object);

  g_ptr_array_unref (self->licences);
  g_hash_table_unref (self->ports);
  g_ptr_array_unref (self->rules);
  G_OBJECT_CLASS (rp_licence_book_parent_class)->finalize (object);
}

static void
rp_licence_book_class_init (RpLicenceBookClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rp_licence_book_finalize;
}

static void
rp_licence_book_init (RpLicenceBook *self)
{
  self->licences = g_ptr_array_new_with_free_func (g_object_unref);
  self->ports = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->rules = g_ptr_array_new_with_free_func (rule_free);
}

RpLicenceBook *
rp_licence_book_new (void)
{
  return g_object_new (RP_TYPE_LICENCE_BOOK, NULL);
}

RpLicenceBook *
rp_licence_book_copy (RpLicenceBook *self)
{
  RpLicenceBook *copy = rp_licence_book_new ();

  g_return_val_if_fail (RP_IS_LICENCE_BOOK (self), copy);

  for (guint i = 0; i < self->licences->len; i++)
    g_ptr_array_add (copy->licences, g_object_ref (self->licences->pdata[i]));
  for (guint i = 0; i < self->rules->len; i++) {
    const Rule *rule = self->rules->pdata[i];

    rp_licence_book_add_rule (copy, rule->pattern, rule->licence_id);
  }

  return copy;
}

static gboolean
find_position (RpLicenceBook *self, const char *id, guint *out_position)
{
  for (guint i = 0; i < self->licences->len; i++)
    if (g_ascii_strcasecmp (rp_licence_get_id (self->licences->pdata[i]), id) == 0) {
      *out_position = i;
      return TRUE;
    }

  return FALSE;
}

static guint
count_agreements (RpLicenceBook *self)
{
  guint count = 0;

  while (count < self->licences->len && !rp_licence_is_builtin (self->licences->pdata[count]))
    count++;

  return count;
}

void
rp_licence_book_add (RpLicenceBook *self, RpLicence *licence)
{
  guint position;

  g_return_if_fail (RP_IS_LICENCE_BOOK (self) && RP_IS_LICENCE (licence));

  g_object_ref (licence);
  rp_licence_book_remove (self, rp_licence_get_id (licence));
  position = rp_licence_is_builtin (licence) ? self->licences->len : count_agreements (self);
  g_ptr_array_insert (self->licences, (int) position, licence);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

gboolean
rp_licence_book_remove (RpLicenceBook *self, const char *id)
{
  guint position;

  g_return_val_if_fail (RP_IS_LICENCE_BOOK (self) && id != NULL, FALSE);

  if (!find_position (self, id, &position))
    return FALSE;

  g_ptr_array_remove_index (self->licences, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);

  return TRUE;
}

static JsonObject *
read_file (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize length;
  g_autoptr (GBytes) bytes = NULL;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;

  bytes = g_bytes_new_take (g_steal_pointer (&text), length);

  return rp_json_parse_object (bytes, path, error);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_files (const char *folder, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (dir == NULL)
    return NULL;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".json"))
      g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (names, compare_names);

  return g_steal_pointer (&names);
}

static void
take_over_cb (JsonObject *base, const char *name, JsonNode *node, gpointer user_data)
{
  JsonObject *profile = user_data;

  if (!json_object_has_member (profile, name) && !g_str_equal (name, "abstract") &&
      !g_str_equal (name, "notes"))
    json_object_set_member (profile, name, json_node_copy (node));
}

static gboolean
inherit (JsonObject *profile, GHashTable *files, GError **error)
{
  const char *name = rp_json_get_string (profile, "based_on");
  JsonObject *base = name != NULL ? g_hash_table_lookup (files, name) : NULL;

  if (name != NULL && base == NULL) {
    g_set_error (error, RP_ERROR, RP_ERROR_NOT_FOUND,
                 _ ("The licence “%s” is based on “%s”, which is not there"),
                 rp_json_get_string (profile, "id"), name);
    return FALSE;
  }
  if (base != NULL)
    json_object_foreach_member (base, take_over_cb, profile);

  return TRUE;
}

static gboolean
add_builtin (RpLicenceBook *self, JsonObject *profile, GHashTable *files, GError **error)
{
  g_autoptr (RpLicence) licence = NULL;

  if (rp_json_get_boolean (profile, "abstract", FALSE))
    return TRUE;
  if (!inherit (profile, files, error))
    return FALSE;

  json_object_set_boolean_member (profile, "builtin", TRUE);
  licence = rp_licence_new_from_json (profile, error);
  if (licence == NULL)
    return FALSE;
  rp_licence_book_add (self, licence);

  return TRUE;
}

gboolean
rp_licence_book_load_folder (RpLicenceBook *self, const char *folder, GError **error)
{
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GPtrArray) profiles = g_ptr_array_new ();
  g_autoptr (GHashTable) files =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) json_object_unref);

  g_return_val_if_fail (RP_IS_LICENCE_BOOK (self) && folder != NULL, FALSE);

  names = list_files (folder, error);
  if (names == NULL)
    return FALSE;
  for (guint i = 0; i < names->len; i++) {
    g_autoptr (JsonObject) profile = read_file (names->pdata[i], error);

    if (profile == NULL)
      return FALSE;
    if (rp_json_get_string (profile, "id") == NULL) {
      g_set_error (error, RP_ERROR, RP_ERROR_UNREADABLE, _ ("The licence file %s has no id"),
                   (const char *) names->pdata[i]);
      return FALSE;
    }
    g_ptr_array_add (profiles, profile);
    g_hash_table_insert (files, (char *) rp_json_get_string (profile, "id"),
                         json_object_ref (profile));
  }
  for (guint i = 0; i < profiles->len; i++)
    if (!add_builtin (self, profiles->pdata[i], files, error))
      return FALSE;

  return TRUE;
}

static gboolean
has_port (JsonObject *profile, const char *jurisdiction)
{
  g_auto (GStrv) ports = rp_json_dup_strv (profile, "ports");

  return ports != NULL && g_strv_contains ((const char *const *) ports, jurisdiction);
}

static RpLicence *
make_port (RpLicence *base, const char *id, const char *jurisdiction)
{
  g_autoptr (JsonObject) profile = rp_json_object_copy (rp_licence_get_profile (base));
  g_autofree char *name = g_strconcat (rp_licence_get_name (base), " ", jurisdiction, NULL);
  g_autofree char *lower = g_ascii_strdown (jurisdiction, -1);
  g_autofree char *url = g_strconcat (rp_licence_get_url (base), lower, "/", NULL);

  if (has_port (profile, jurisdiction)) {
    g_autofree char *spdx = g_strconcat (rp_licence_get_spdx (base), "-", jurisdiction, NULL);

    json_object_set_string_member (profile, "spdx", spdx);
  }
  json_object_set_string_member (profile, "id", id);
  json_object_set_string_member (profile, "name", name);
  json_object_set_string_member (profile, "url", url);
  json_object_set_string_member (profile, "jurisdiction", jurisdiction);

  return rp_licence_new_from_json (profile, NULL);
}

static char *
make_creative_commons_id (const RpCreativeCommons *kind)
{
  return g_strdup_printf ("cc-by%s%s%s-%d.%d", kind->non_commercial ? "-nc" : "",
                          kind->share_alike ? "-sa" : "", kind->no_derivatives ? "-nd" : "",
                          kind->version / 10, kind->version % 10);
}

/* National editions differ from the international one only in name and address. */
static RpLicence *
lookup_port (RpLicenceBook *self, const char *spdx_or_url)
{
  RpCreativeCommons kind;
  g_autofree char *base_id = NULL;
  g_autofree char *id = NULL;
  g_autofree char *lower = NULL;
  RpLicence *found;
  guint position;

  if (!rp_creative_commons_read (spdx_or_url, &kind) || !kind.attribution || kind.version == 0)
    return NULL;

  base_id = make_creative_commons_id (&kind);
  lower = g_ascii_strdown (kind.jurisdiction, -1);
  id = *lower != '\0' ? g_strconcat (base_id, "-", lower, NULL) : g_strdup (base_id);
  if (find_position (self, id, &position))
    return self->licences->pdata[position];
  if (*lower == '\0' || !find_position (self, base_id, &position))
    return NULL;

  found = g_hash_table_lookup (self->ports, id);
  if (found == NULL) {
    found = make_port (self->licences->pdata[position], id, kind.jurisdiction);
    g_hash_table_insert (self->ports, g_strdup (id), found);
  }

  return found;
}

/* A template adds an outlet's own rules to a public licence, so it does not stand for it. */
static gboolean
is_template (RpLicenceBook *self, guint position)
{
  return rp_licence_get_terms (self->licences->pdata[position])->is_template;
}

static RpLicence *
lookup_member (RpLicenceBook *self, const char *member, const char *value)
{
  gboolean is_spdx = g_str_equal (member, "spdx");

  for (guint i = 0; i < self->licences->len; i++) {
    const char *found = rp_licence_get (self->licences->pdata[i], member);

    if (is_spdx && is_template (self, i))
      continue;
    if (found != NULL && g_ascii_strcasecmp (found, value) == 0)
      return self->licences->pdata[i];
  }

  return NULL;
}

RpLicence *
rp_licence_book_lookup (RpLicenceBook *self, const char *id)
{
  RpLicence *found;

  g_return_val_if_fail (RP_IS_LICENCE_BOOK (self), NULL);

  if (id == NULL)
    return NULL;

  found = lookup_member (self, "id", id);
  if (found == NULL)
    found = lookup_member (self, "spdx", id);
  if (found == NULL)
    found = lookup_member (self, "name", id);

  return found != NULL ? found : lookup_port (self, id);
}

/* "http://www.X/deed.de?ref=y" and "https://X/legalcode" become "X". Gives. */
static char *
normalise_address (const char *url)
{
  g_autofree char *text = g_ascii_strdown (url, strcspn (url, "?#"));
  const char *start = strstr (text, "://");
  char *tail;

  start = start != NULL ? start + 3 : g_str_has_prefix (text, "//") ? text + 2 : text;
  if (g_str_has_prefix (start, "www."))
    start += 4;
  tail = strrchr (start, '/');
  if (tail != NULL && (g_str_has_prefix (tail, "/deed") || g_str_has_prefix (tail, "/legalcode") ||
                       g_str_has_prefix (tail, "/index.")))
    *tail = '\0';
  while (g_str_has_suffix (start, "/"))
    ((char *) start)[strlen (start) - 1] = '\0';

  return g_strdup (start);
}

static gboolean
has_address (RpLicence *licence, const char *wanted)
{
  g_auto (GStrv) others = rp_json_dup_strv (rp_licence_get_profile (licence), "same_as");
  g_autofree char *own = NULL;

  if (rp_licence_get_url (licence) == NULL)
    return FALSE;

  own = normalise_address (rp_licence_get_url (licence));
  if (g_str_equal (own, wanted))
    return TRUE;
  for (guint i = 0; others != NULL && others[i] != NULL; i++) {
    g_autofree char *other = normalise_address (others[i]);

    if (g_str_equal (other, wanted))
      return TRUE;
  }

  return FALSE;
}

/* "spdx.org/licenses/CC-BY-4.0.html" and ".json" are the id. */
static RpLicence *
lookup_spdx_page (RpLicenceBook *self, const char *wanted)
{
  g_autofree char *id = NULL;
  char *ending;

  if (!g_str_has_prefix (wanted, "spdx.org/licenses/"))
    return NULL;

  id = g_strdup (wanted + strlen ("spdx.org/licenses/"));
  ending = strrchr (id, '.');
  if (ending != NULL && (g_str_equal (ending, ".html") || g_str_equal (ending, ".json")))
    *ending = '\0';

  return rp_licence_book_lookup (self, id);
}

RpLicence *
rp_licence_book_lookup_url (RpLicenceBook *self, const char *url)
{
  g_autofree char *wanted = NULL;

  g_return_val_if_fail (RP_IS_LICENCE_BOOK (self), NULL);

  if (rp_text_is_empty (url))
    return NULL;

  wanted = normalise_address (url);
  for (guint i = 0; i < self->licences->len; i++)
    if (!is_template (self, i) && has_address (self->licences->pdata[i], wanted))
      return self->licences->pdata[i];

  return strstr (wanted, "creativecommons.org/") != NULL ? lookup_port (self, wanted)
                                                         : lookup_spdx_page (self, wanted);
}

void
rp_licence_book_add_rule (RpLicenceBook *self, const char *pattern, const char *licence_id)
{
  Rule *rule;

  g_return_if_fail (RP_IS_LICENCE_BOOK (self) && pattern != NULL && licence_id != NULL);

  rule = g_new0 (Rule, 1);
  rule->pattern = g_strdup (pattern);
  rule->licence_id = g_strdup (licence_id);
  g_ptr_array_add (self->rules, rule);
}

void
rp_licence_book_clear_rules (RpLicenceBook *self)
{
  g_return_if_fail (RP_IS_LICENCE_BOOK (self));

  g_ptr_array_set_size (self->rules, 0);
}

guint
rp_licence_book_get_n_rules (RpLicenceBook *self)
{
  return self->rules->len;
}

const char *
rp_licence_book_get_rule (RpLicenceBook *self, guint position, const char **out_licence_id)
{
  Rule *rule = self->rules->pdata[position];

  *out_licence_id = rule->licence_id;

  return rule->pattern;
}
