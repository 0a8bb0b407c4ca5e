#include "rp-intake.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rp-error.h"
#include "rp-importer.h"
#include "rp-intake-fetch.h"
#include "rp-intake-save.h"
#include "rp-text.h"
#include "rp-work.h"

#define PICTURE_LIMIT (24 * 1024 * 1024)
#define MAX_PICTURES 40
#define MAX_FOLDER_FILES 20000

typedef struct {
  GFile *file;      /* owned, or NULL */
  char *url;        /* owned, or NULL */
  RpSource *source; /* owned, or NULL until it was read */
} Item;

struct _RpIntake {
  GObject parent_instance;

  RpWorkspace *workspace; /* owned */
  GPtrArray *items;       /* owned, of Item */
  GPtrArray *results;     /* owned, of RpIntakeResult */
  char *licence_id;       /* owned, NULL = propose */
  guint done;
};

enum {
  PROP_DONE = 1,
  PROP_TOTAL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RpIntake, rp_intake, G_TYPE_OBJECT)

static void next_item (GTask *task);
static void file_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void page_fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void parsed_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void next_picture (GTask *task);
static void picture_fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void saved_cb (GObject *source, GAsyncResult *result, gpointer user_data);

void
rp_intake_result_free (RpIntakeResult *result)
{
  g_free (result->name);
  g_free (result->article_id);
  g_free (result->headline);
  g_free (result->licence);
  g_free (result->status);
  g_free (result->message);
  g_free (result);
}

static void
item_free (gpointer data)
{
  Item *item = data;

  g_clear_object (&item->file);
  g_clear_pointer (&item->source, rp_source_free);
  g_free (item->url);
  g_free (item);
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
  self->items = g_ptr_array_new_with_free_func (item_free);
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

static void
add_item (RpIntake *self, GFile *file, const char *url, RpSource *source)
{
  Item *item = g_new0 (Item, 1);

  item->file = file != NULL ? g_object_ref (file) : NULL;
  item->url = g_strdup (url);
  item->source = source;
  g_ptr_array_add (self->items, item);
}

static gint
compare_files (gconstpointer a, gconstpointer b)
{
  g_autofree char *first = g_file_get_basename (*(GFile *const *) a);
  g_autofree char *second = g_file_get_basename (*(GFile *const *) b);

  return g_strcmp0 (first, second);
}

/* The visible children of a folder, by name. Gives. */
static GPtrArray *
list_folder (GFile *folder)
{
  GPtrArray *children = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GFileEnumerator) files = g_file_enumerate_children (
    folder, G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_IS_HIDDEN,
    G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  GFileInfo *info;
  GFile *child;

  while (files != NULL && children->len < MAX_FOLDER_FILES &&
         g_file_enumerator_iterate (files, &info, &child, NULL, NULL) && info != NULL)
    if (!g_file_info_get_is_hidden (info))
      g_ptr_array_add (children, g_object_ref (child));
  g_ptr_array_sort (children, compare_files);

  return children;
}

static void
add_folder (RpIntake *self, GFile *folder)
{
  g_autoptr (GPtrArray) children = list_folder (folder);

  for (guint i = 0; i < children->len && self->items->len < MAX_FOLDER_FILES; i++) {
    GFile *child = g_ptr_array_index (children, i);
    GFileType type = g_file_query_file_type (child, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL);

    if (type == G_FILE_TYPE_DIRECTORY)
      add_folder (self, child);
    else if (type == G_FILE_TYPE_REGULAR)
      add_item (self, child, NULL, NULL);
  }
}

void
rp_intake_add_file (RpIntake *self, GFile *file)
{
  g_return_if_fail (RP_IS_INTAKE (self));

  if (g_file_has_uri_scheme (file, "http") || g_file_has_uri_scheme (file, "https")) {
    g_autofree char *uri = g_file_get_uri (file);

    rp_intake_add_url (self, uri);
  } else if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_DIRECTORY) {
    add_folder (self, file);
  } else {
    add_item (self, file, NULL, NULL);
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

/* ---- running: one item after the other ---- */

/* The articles of the item that is being worked on. */
typedef struct {
  RpIntake *intake;     /* owned */
  guint next;           /* item */
  RpImportList *parsed; /* owned: articles and remarks of this item */
  guint article;        /* of parsed->articles */
  guint picture;        /* of the article's media */
  GHashTable *pictures; /* owned: sha256 -> GBytes of this article */
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  g_clear_object (&run->intake);
  g_clear_pointer (&run->parsed, rp_import_list_free);
  g_clear_pointer (&run->pictures, g_hash_table_unref);
  g_free (run);
}

static Item *
current_item (Run *run)
{
  return g_ptr_array_index (run->intake->items, run->next - 1);
}

static char *
dup_item_name (const Item *item)
{
  if (item->source != NULL && item->source->name != NULL)
    return g_strdup (item->source->name);

  return item->file != NULL ? g_file_get_parse_name (item->file) : g_strdup (item->url);
}

static RpIntakeResult *
add_result (Run *run, const char *status, const char *message)
{
  RpIntakeResult *result = g_new0 (RpIntakeResult, 1);

  result->name = dup_item_name (current_item (run));
  result->status = g_strdup (status);
  result->message = g_strdup (message);
  g_ptr_array_add (run->intake->results, result);

  return result;
}

/* TRUE when the run was cancelled and its task is done. */
static gboolean
was_cancelled (GTask *task)
{
  Run *run = g_task_get_task_data (task);

  if (!g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    return FALSE;
  g_task_set_check_cancellable (task, FALSE);
  g_task_return_pointer (task, g_ptr_array_ref (run->intake->results),
                         (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (task);

  return TRUE;
}

static void
fail_item (GTask *task, const GError *error)
{
  Run *run = g_task_get_task_data (task);

  if (was_cancelled (task))
    return;
  add_result (run, "failed", error->message);
  next_item (task);
}

static void
parse_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Item *item = task_data;
  g_autoptr (RpImportList) list = rp_import_list_new ();
  GError *error = NULL;

  if (rp_import (item->source, &list->sink, &error))
    g_task_return_pointer (task, g_steal_pointer (&list), (GDestroyNotify) rp_import_list_free);
  else
    g_task_return_error (task, error);
}

static void
parse_item (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  g_autoptr (GTask) parse =
    g_task_new (run->intake, g_task_get_cancellable (task), parsed_cb, task);

  g_task_set_task_data (parse, current_item (run), NULL);
  g_task_run_in_thread (parse, parse_in_thread);
}

static void
next_item (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  RpIntake *self = run->intake;
  Item *item;

  if (was_cancelled (task))
    return;
  self->done = run->next;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DONE]);
  if (run->next == self->items->len) {
    g_task_return_pointer (task, g_ptr_array_ref (self->results),
                           (GDestroyNotify) g_ptr_array_unref);
    g_object_unref (task);
    return;
  }

  item = g_ptr_array_index (self->items, run->next++);
  if (item->source != NULL)
    parse_item (task);
  else if (item->file != NULL)
    g_file_load_bytes_async (item->file, g_task_get_cancellable (task), file_loaded_cb, task);
  else
    rp_intake_fetch_async (rp_workspace_get_http (self->workspace), item->url, RP_INTAKE_FILE_LIMIT,
                           g_task_get_cancellable (task), page_fetched_cb, task);
}

void
rp_intake_run_async (RpIntake *self,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Run *run = g_new0 (Run, 1);

  g_task_set_source_tag (task, rp_intake_run_async);
  run->intake = g_object_ref (self);
  g_task_set_task_data (task, run, run_free);
  next_item (task);
}

static void
file_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);
  g_autofree char *name = NULL;

  if (bytes == NULL) {
    fail_item (task, error);
    return;
  }
  if (g_bytes_get_size (bytes) > RP_INTAKE_FILE_LIMIT) {
    g_set_error (
      &error, RP_ERROR, RP_ERROR_TOO_LARGE,
      _ ("The file is larger than %d megabytes; split it, or give its feed’s address instead"),
      RP_INTAKE_FILE_LIMIT / (1024 * 1024));
    fail_item (task, error);
    return;
  }
  name = g_file_get_basename (G_FILE (source));
  current_item (run)->source = rp_source_new (bytes, name);
  parse_item (task);
}

static void
page_fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  current_item (run)->source = rp_intake_fetch_finish (RP_HTTP (source), result, &error);
  if (current_item (run)->source == NULL)
    fail_item (task, error);
  else
    parse_item (task);
}

static void
begin_article (GTask *task)
{
  Run *run = g_task_get_task_data (task);

  if (run->article == run->parsed->articles->len) {
    g_clear_pointer (&run->parsed, rp_import_list_free);
    next_item (task);
    return;
  }
  g_clear_pointer (&run->pictures, g_hash_table_unref);
  run->pictures =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  run->picture = 0;
  next_picture (task);
}

static void
parsed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  run->parsed = g_task_propagate_pointer (G_TASK (result), &error);
  run->article = 0;
  if (run->parsed == NULL)
    fail_item (task, error);
  else
    begin_article (task);
}

static RpArticle *
current_article (Run *run)
{
  return g_ptr_array_index (run->parsed->articles, run->article);
}

static RpLicence *
attach_licence (RpIntake *self, RpArticle *article)
{
  RpLicenceBook *book = rp_workspace_get_book (self->workspace);
  g_autoptr (RpProposal) proposal = NULL;
  RpLicence *licence;

  if (self->licence_id != NULL) {
    licence = rp_licence_book_lookup (book, self->licence_id);
    rp_article_set (article, RP_ARTICLE_LICENCE_ID, rp_licence_get_id (licence));
    rp_article_set (article, RP_ARTICLE_LICENCE_NAME, rp_licence_get_name (licence));
    rp_article_set (article, RP_ARTICLE_LICENCE_CONFIDENCE, "confirmed");
    return licence;
  }
  proposal = rp_licence_book_propose (book, article);
  if (proposal->licence == NULL)
    return NULL;
  rp_article_set (article, RP_ARTICLE_LICENCE_ID, rp_licence_get_id (proposal->licence));
  rp_article_set (article, RP_ARTICLE_LICENCE_NAME, rp_licence_get_name (proposal->licence));
  rp_article_set (article, RP_ARTICLE_LICENCE_CONFIDENCE, proposal->confidence);
  if (proposal->others->len > 0)
    rp_article_add_warning (article, "licence.conflict", "%s", proposal->reason);

  return rp_licence_book_lookup (book, rp_licence_get_id (proposal->licence));
}

static void
save_current (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  RpIntakeSave *job = g_new0 (RpIntakeSave, 1);

  job->article = g_object_ref (current_article (run));
  g_set_object (&job->licence, attach_licence (run->intake, job->article));
  job->partners = rp_workspace_copy_partners (run->intake->workspace);
  job->snapshot = g_bytes_ref (current_item (run)->source->bytes);
  job->pictures = g_steal_pointer (&run->pictures);
  rp_workspace_run_async (run->intake->workspace, rp_intake_save, job, rp_intake_save_free, g_free,
                          NULL, saved_cb, task);
}

/* ---- pictures ---- */

static void
keep_picture (Run *run, RpMedia *picture, GBytes *bytes, const char *type)
{
  char *sha256 = rp_text_sha256 (bytes);

  rp_media_set (picture, RP_MEDIA_SHA256, sha256);
  rp_media_set (picture, RP_MEDIA_MIME_TYPE, type);
  g_hash_table_replace (run->pictures, sha256, g_bytes_ref (bytes));
}

/* A picture that came inside the document, as a data: address (RFC 2397, base64 only). */
static void
take_inline_picture (Run *run, RpMedia *picture)
{
  const char *url = rp_media_get (picture, RP_MEDIA_URL);
  const char *data =
    url != NULL && g_str_has_prefix (url, "data:image/") ? strstr (url, ";base64,") : NULL;
  g_autoptr (GBytes) bytes = NULL;
  guchar *decoded;
  gsize size;

  if (data == NULL)
    return;
  decoded = g_base64_decode (data + strlen (";base64,"), &size);
  bytes = g_bytes_new_take (decoded, size);
  if (rp_intake_sniff_picture (bytes) != NULL)
    keep_picture (run, picture, bytes, rp_intake_sniff_picture (bytes));
}

static void
next_picture (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  GPtrArray *media = rp_article_get_media (current_article (run));

  if (was_cancelled (task))
    return;
  while (run->picture < MIN (media->len, MAX_PICTURES)) {
    RpMedia *picture = g_ptr_array_index (media, run->picture);
    const char *url = rp_media_get (picture, RP_MEDIA_URL);

    take_inline_picture (run, picture);
    if (rp_text_is_web_url (url) && rp_media_get (picture, RP_MEDIA_SHA256) == NULL) {
      rp_intake_fetch_async (rp_workspace_get_http (run->intake->workspace), url, PICTURE_LIMIT,
                             g_task_get_cancellable (task), picture_fetched_cb, task);
      return;
    }
    run->picture++;
  }
  save_current (task);
}

/* A picture that cannot be had is a remark, not a failure: the article is there all the same. */
static void
picture_fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);
  RpArticle *article = current_article (run);
  RpMedia *picture = g_ptr_array_index (rp_article_get_media (article), run->picture++);
  g_autoptr (GError) error = NULL;
  g_autoptr (RpSource) fetched = rp_intake_fetch_finish (RP_HTTP (source), result, &error);
  const char *type = fetched != NULL ? rp_intake_sniff_picture (fetched->bytes) : NULL;

  if (type != NULL)
    keep_picture (run, picture, fetched->bytes, type);
  else if (fetched != NULL)
    rp_article_add_warning (article, "image.unreadable", _ ("%s is not a picture that can be sent"),
                            rp_media_get (picture, RP_MEDIA_URL));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    rp_article_add_warning (article, "image.unreachable", "%s", error->message);
  next_picture (task);
}

static char *
dup_remark (Run *run)
{
  GPtrArray *warnings = rp_article_get_warnings (current_article (run));
  const char *remark = warnings->len > 0               ? g_ptr_array_index (warnings, 0)
                       : run->parsed->remarks->len > 0 ? g_ptr_array_index (run->parsed->remarks, 0)
                                                       : NULL;
  const char *words = remark != NULL ? strstr (remark, ": ") : NULL;

  return g_strdup (words != NULL ? words + 2 : remark);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);
  RpWorkspace *workspace = RP_WORKSPACE (source);
  RpArticle *article = current_article (run);
  g_autoptr (GError) error = NULL;
  g_autofree char *status = rp_workspace_run_finish (workspace, result, &error);
  const char *licence_id = rp_article_get (article, RP_ARTICLE_LICENCE_ID);
  g_autofree char *remark = NULL;
  RpIntakeResult *row;

  if (status == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    g_object_unref (task);
    return;
  }
  remark = dup_remark (run);
  row = add_result (run, status, remark);
  row->article_id = g_strdup (rp_article_get (article, RP_ARTICLE_ID));
  row->headline = g_strdup (rp_article_get (article, RP_ARTICLE_HEADLINE));
  if (licence_id != NULL)
    row->licence = g_strdup (
      rp_licence_get_name (rp_licence_book_lookup (rp_workspace_get_book (workspace), licence_id)));
  rp_workspace_note_article (workspace, row->article_id);
  run->article++;
  begin_article (task);
}

GPtrArray *
rp_intake_run_finish (RpIntake *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- inspecting ---- */

typedef struct {
  RpImportSink sink;
  RpIntakeTake take;
  gpointer user_data;
  GPtrArray *remarks; /* borrowed, may be NULL */
} EachSink;

static gboolean
each_article (RpImportSink *sink, RpArticle *article)
{
  EachSink *each = (EachSink *) sink;

  return each->take (article, each->user_data);
}

static void
each_follow (RpImportSink *sink, const char *url, RpArticle *article)
{
}

static void
each_remark (RpImportSink *sink, const char *code, const char *words)
{
  EachSink *each = (EachSink *) sink;

  if (each->remarks != NULL)
    g_ptr_array_add (each->remarks, g_strconcat (code, ": ", words, NULL));
}

gboolean
rp_intake_inspect_each (GBytes *bytes,
                        const char *name,
                        const char *base_url,
                        GPtrArray *remarks,
                        RpIntakeTake take,
                        gpointer user_data,
                        GError **error)
{
  g_autoptr (RpSource) source = rp_source_new (bytes, name);
  EachSink each = {
    .sink = {each_article, each_follow, each_remark, NULL},
    .take = take,
    .user_data = user_data,
    .remarks = remarks,
  };

  source->base_url = g_strdup (base_url);

  return rp_import (source, &each.sink, error);
}

static gboolean
collect (RpArticle *article, gpointer user_data)
{
  g_ptr_array_add (user_data, g_object_ref (article));

  return TRUE;
}

GPtrArray *
rp_intake_inspect (GBytes *bytes,
                   const char *name,
                   const char *base_url,
                   GPtrArray *remarks,
                   GError **error)
{
  g_autoptr (GPtrArray) articles = g_ptr_array_new_with_free_func (g_object_unref);

  if (!rp_intake_inspect_each (bytes, name, base_url, remarks, collect, articles, error))
    return NULL;

  return g_steal_pointer (&articles);
}
