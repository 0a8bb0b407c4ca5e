#include "rp-intake-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rp-intake-source.h"
#include "rp-text.h"

#define MAX_FOLDER_FILES 20000

enum {
  PROP_DONE = 1,
  PROP_TOTAL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RpIntake, rp_intake, G_TYPE_OBJECT)

void
rp_intake_result_free (RpIntakeResult *result)
{
  g_free (result->name);
  g_free (result->article_id);
  g_free (result->headline);
  g_free (result->licence);
  g_free (result->status);
  g_free (result->message);
  g_free (result->format);
  g_free (result);
}

static void
rp_intake_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  RpIntake *self = RP_INTAKE (object);

  g_value_set_uint (value, id == PROP_DONE ? self->done : self->items->len);
}

static void
rp_intake_finalize (GObject *object)
{
  RpIntake *self = RP_INTAKE (object);

  g_clear_object (&self->workspace);
  g_ptr_array_unref (self->items);
  g_clear_pointer (&self->results, g_ptr_array_unref);
  g_free (self->licence_id);
  G_OBJECT_CLASS (rp_intake_parent_class)->finalize (object);
}

static void
rp_intake_class_init (RpIntakeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rp_intake_get_property;
  object_class->finalize = rp_intake_finalize;
  properties[PROP_DONE] = g_param_spec_uint ("done", NULL, NULL, 0, G_MAXUINT, 0,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_TOTAL] = g_param_spec_uint ("total", NULL, NULL, 0, G_MAXUINT, 0,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rp_intake_init (RpIntake *self)
{
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) rp_intake_item_free);
  self->results = g_ptr_array_new_with_free_func ((GDestroyNotify) rp_intake_result_free);
}

RpIntake *
rp_intake_new (RpWorkspace *workspace)
{
  RpIntake *self = g_object_new (RP_TYPE_INTAKE, NULL);

  self->workspace = g_object_ref (workspace);

  return self;
}

/* ---- adding ---- */

static RpIntakeItem *
add_item (RpIntake *self, GFile *file, const char *url, RpSource *source)
{
  RpIntakeItem *item = rp_intake_item_new (file, url, source);

  g_ptr_array_add (self->items, item);

  return item;
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (g_file_info_get_name (*(GFileInfo *const *) a),
                    g_file_info_get_name (*(GFileInfo *const *) b));
}

/* What is visible in a folder, by name; as much as was found before an error. Gives, of GFileInfo.
 */
static GPtrArray *
list_folder (GFile *folder, GError **error)
{
  GPtrArray *children = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GFileEnumerator) files = g_file_enumerate_children (
    folder,
    G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE
                                   "," G_FILE_ATTRIBUTE_STANDARD_IS_HIDDEN,
    G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, error);
  GFileInfo *info;

  while (files != NULL && children->len <= MAX_FOLDER_FILES &&
         g_file_enumerator_iterate (files, &info, NULL, NULL, error) && info != NULL)
    if (!g_file_info_get_is_hidden (info))
      g_ptr_array_add (children, g_object_ref (info));
  g_ptr_array_sort (children, compare_names);

  return children;
}

static void
add_problem (RpIntake *self, GFile *folder, char *problem)
{
  add_item (self, folder, NULL, NULL)->problem = problem;
}

/* FALSE when there are more files than are read at once. */
static gboolean
add_folder (RpIntake *self, GFile *folder, GFile *root)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) children = list_folder (folder, &error);

  if (error != NULL)
    add_problem (self, folder, g_strdup (error->message));
  for (guint i = 0; i < children->len; i++) {
    GFileInfo *info = g_ptr_array_index (children, i);
    g_autoptr (GFile) child = g_file_get_child (folder, g_file_info_get_name (info));
    GFileType type = g_file_info_get_file_type (info);

    if (type == G_FILE_TYPE_DIRECTORY && add_folder (self, child, root))
      continue;
    if (type == G_FILE_TYPE_DIRECTORY || self->items->len >= MAX_FOLDER_FILES)
      return FALSE;
    if (type == G_FILE_TYPE_REGULAR || type == G_FILE_TYPE_UNKNOWN) /* reading it says why */
      add_item (self, child, NULL, NULL)->path = g_file_get_relative_path (root, child);
  }

  return TRUE;
}

static void
add_all_of (RpIntake *self, GFile *folder)
{
  if (!add_folder (self, folder, folder))
    add_problem (self, folder,
                 g_strdup_printf (
                   _ ("Only the first %'u files were read. Put the others into a folder of their "
                      "own and import that."),
                   MAX_FOLDER_FILES));
}

void
rp_intake_add_file (RpIntake *self, GFile *file)
{
  g_return_if_fail (RP_IS_INTAKE (self));

  if (g_file_has_uri_scheme (file, "http") || g_file_has_uri_scheme (file, "https")) {
    g_autofree char *uri = g_file_get_uri (file);

    rp_intake_add_url (self, uri);
  } else if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_DIRECTORY) {
    add_all_of (self, file);
  } else {
    add_item (self, file, NULL, NULL)->path = g_file_get_basename (file);
  }
}

void
rp_intake_add_url (RpIntake *self, const char *url)
{
  g_return_if_fail (RP_IS_INTAKE (self));

  if (g_str_has_prefix (url, "file:")) {
    g_autoptr (GFile) file = g_file_new_for_uri (url);

    rp_intake_add_file (self, file);
  } else {
    add_item (self, NULL, url, NULL);
  }
}

void
rp_intake_add_text (RpIntake *self, const char *text, const char *media_type, const char *base_url)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  RpSource *source = rp_source_new (bytes, base_url != NULL ? base_url : _ ("Pasted text"));

  source->declared_type = g_strdup (media_type);
  source->declared_charset = g_strdup ("UTF-8");
  source->base_url = g_strdup (base_url);
  add_item (self, NULL, NULL, source);
}

void
rp_intake_add_bytes (RpIntake *self, GBytes *bytes, const char *name)
{
  add_item (self, NULL, NULL, rp_source_new (bytes, name));
}

void
rp_intake_add_source (RpIntake *self, RpSource *source)
{
  g_return_if_fail (RP_IS_INTAKE (self));

  self->polled = TRUE;
  add_item (self, NULL, NULL, source);
}

static gboolean
is_address (const char *line)
{
  return rp_text_is_web_url (line) || g_str_has_prefix (line, "file:///");
}

static gboolean
is_only_addresses (char **lines)
{
  gboolean any = FALSE;

  for (; *lines != NULL; lines++) {
    if (**lines == '\0')
      continue;
    if (!is_address (*lines) || strpbrk (*lines, " \t") != NULL)
      return FALSE;
    any = TRUE;
  }

  return any;
}

void
rp_intake_add_drop (RpIntake *self, const char *data, const char *media_type)
{
  g_auto (GStrv) lines = g_strsplit (data, "\n", -1);
  gboolean moz = g_str_equal (media_type, "text/x-moz-url");
  gboolean list = moz || g_str_equal (media_type, "text/uri-list");

  for (char **line = lines; *line != NULL; line++)
    g_strstrip (*line);
  if (!list && (!g_str_has_prefix (media_type, "text/plain") || !is_only_addresses (lines))) {
    rp_intake_add_text (self, data, media_type, NULL);
    return;
  }
  for (guint i = 0; lines[i] != NULL;
       i += moz ? 2 : 1) { /* text/x-moz-url: address, title, address … */
    if (*lines[i] != '\0' && *lines[i] != '#')
      rp_intake_add_url (self, lines[i]);
    if (moz && lines[i + 1] == NULL)
      break;
  }
}

void
rp_intake_set_licence (RpIntake *self, const char *licence_id)
{
  g_free (self->licence_id);
  self->licence_id = g_strdup (licence_id);
}
