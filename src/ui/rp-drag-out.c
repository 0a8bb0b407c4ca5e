#include "rp-drag-out.h"

#include <glib/gstdio.h>
#include <string.h>

#include "rp-export.h"
#include "rp-lookup.h"
#include "rp-text.h"

#define KEEP_SECONDS (24 * 60 * 60) /* whoever took a file may read it late */

struct _RpDragOut {
  GdkContentProvider parent_instance;

  RpWorkspace *workspace; /* owned */
  GPtrArray *ids;         /* owned, of char * */
  GdkDrag *drag;          /* not owned: it owns us; NULL until it has begun */
};

G_DEFINE_FINAL_TYPE (RpDragOut, rp_drag_out, GDK_TYPE_CONTENT_PROVIDER)

typedef struct {
  char *type;            /* owned */
  GOutputStream *stream; /* owned */
  int priority;
} Wish;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_free (wish->type);
  g_object_unref (wish->stream);
  g_free (wish);
}

static GdkContentFormats *
drag_out_ref_formats (GdkContentProvider *provider)
{
  static const char *const types[] = {"text/uri-list", "text/x-moz-url", "text/html",
                                      "text/plain;charset=utf-8", "text/plain"};
  GdkContentFormatsBuilder *builder = gdk_content_formats_builder_new ();

  gdk_content_formats_builder_add_gtype (builder, RP_TYPE_DRAGGED_IDS);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    gdk_content_formats_builder_add_mime_type (builder, types[i]);
  if (g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    gdk_content_formats_builder_add_mime_type (builder, "application/vnd.portal.filetransfer");

  return gdk_content_formats_builder_free_to_formats (builder);
}

static GStrv
dup_ids (RpDragOut *self)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < self->ids->len; i++)
    g_strv_builder_add (ids, self->ids->pdata[i]);

  return g_strv_builder_end (ids);
}

static gboolean
drag_out_get_value (GdkContentProvider *provider, GValue *value, GError **error)
{
  RpDragOut *self = RP_DRAG_OUT (provider);

  if (!G_VALUE_HOLDS (value, RP_TYPE_DRAGGED_IDS))
    return GDK_CONTENT_PROVIDER_CLASS (rp_drag_out_parent_class)
      ->get_value (provider, value, error);
  g_value_take_boxed (value, dup_ids (self));

  return TRUE;
}

static GPtrArray *
copy_ids (RpDragOut *self)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->ids->len; i++)
    g_ptr_array_add (ids, g_strdup (self->ids->pdata[i]));

  return ids;
}

/* ---- as files ---- */

char *
rp_drag_out_dup_folder (void)
{
  return g_build_filename (g_get_user_cache_dir (), "reprint", "dragged", NULL);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *file = g_build_filename (path, name, NULL);

    g_unlink (file);
  }
  g_rmdir (path);
}

static void
tidy_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autofree char *folder = rp_drag_out_dup_folder ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    GStatBuf about;

    if (g_stat (path, &about) == 0 && now - (gint64) about.st_mtime > KEEP_SECONDS)
      remove_folder (path);
  }
  g_task_return_boolean (task, TRUE);
}

static void
tidy (void)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_run_in_thread (task, tidy_in_thread);
}

static void
serialised_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (gdk_content_serialize_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Wish *wish = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) paths = rp_export_finish (RP_WORKSPACE (source), result, &error);
  g_autoptr (GPtrArray) files = NULL;
  g_auto (GValue) value = G_VALUE_INIT;

  if (paths == NULL) {
    g_task_return_error (task, error);
    return;
  }
  files = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < paths->len; i++)
    g_ptr_array_add (files, g_file_new_for_path (paths->pdata[i]));
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_array ((GFile **) files->pdata, files->len));
  gdk_content_serialize_async (wish->stream, wish->type, &value, wish->priority,
                               g_task_get_cancellable (task), serialised_cb, g_object_ref (task));
}

static void
write_files (RpDragOut *self, GTask *task)
{
  g_autofree char *all = rp_drag_out_dup_folder ();
  g_autofree char *name = g_uuid_string_random ();
  g_autofree char *folder = g_build_filename (all, name, NULL);

  tidy ();
  rp_export_async (self->workspace, copy_ids (self), folder, g_task_get_cancellable (task),
                   exported_cb, task);
}

/* ---- as links ---- */

/* Its own address, where that is known. Lends; NULL = nowhere on the web. */
static const char *
get_url (RpArticle *article)
{
  const char *url = rp_article_get (article, RP_ARTICLE_CANONICAL_URL);

  if (!rp_text_is_web_url (url))
    url = rp_article_get (article, RP_ARTICLE_SOURCE_URL);

  return rp_text_is_web_url (url) ? url : NULL;
}

static void
add_link (GString *text, const char *type, RpArticle *article)
{
  const char *url = get_url (article);
  const char *headline = rp_article_get (article, RP_ARTICLE_HEADLINE);
  g_autofree char *escaped_url = rp_text_escape (url);
  g_autofree char *escaped = rp_text_escape (headline);
  gboolean web = url != NULL;

  if (g_str_equal (type, "text/html") && web)
    g_string_append_printf (text, "%s<a href=\"%s\">%s</a>", text->len > 0 ? "<br>" : "",
                            escaped_url, escaped);
  else if (g_str_equal (type, "text/html"))
    g_string_append_printf (text, "%s%s", text->len > 0 ? "<br>" : "", escaped);
  else if (g_str_equal (type, "text/x-moz-url") && web)
    g_string_append_printf (text, "%s%s\n%s", text->len > 0 ? "\n" : "", url, headline);
  else if (g_str_equal (type, "text/uri-list") && web)
    g_string_append_printf (text, "%s\r\n", url);
  else if (g_str_has_prefix (type, "text/plain"))
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", web ? url : headline);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
links_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Wish *wish = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) articles = rp_lookup_finish (RP_WORKSPACE (source), result, &error);
  GString *text;
  char *data;
  gsize size;

  if (articles == NULL) {
    g_task_return_error (task, error);
    return;
  }
  text = g_string_new (NULL);
  for (guint i = 0; i < articles->len; i++)
    add_link (text, wish->type, articles->pdata[i]);
  size = text->len;
  data = g_string_free (text, FALSE);
  if (g_str_equal (wish->type, "text/x-moz-url")) { /* browsers speak UTF-16 here */
    char *wide = (char *) g_utf8_to_utf16 (data, -1, NULL, NULL, NULL);

    for (size = 0; wide != NULL && ((gunichar2 *) wide)[size / 2] != 0;)
      size += 2;
    g_free (data);
    data = wide;
  }
  g_object_set_data_full (G_OBJECT (task), "bytes", data, g_free);
  g_output_stream_write_all_async (wish->stream, data, size, wish->priority,
                                   g_task_get_cancellable (task), written_cb, g_object_ref (task));
}

/* ---- what is asked for ---- */

static gboolean
wants_files (RpDragOut *self, const char *type)
{
  gboolean files = g_str_equal (type, "text/uri-list") || g_str_has_prefix (type, "application/");

  return files &&
         (self->drag == NULL || gdk_drag_get_selected_action (self->drag) != GDK_ACTION_LINK);
}

static void
drag_out_write_mime_type_async (GdkContentProvider *provider,
                                const char *type,
                                GOutputStream *stream,
                                int priority,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  RpDragOut *self = RP_DRAG_OUT (provider);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Wish *wish = g_new0 (Wish, 1);
  g_auto (GStrv) ids = dup_ids (self);

  g_task_set_source_tag (task, drag_out_write_mime_type_async);
  wish->type = g_strdup (type);
  wish->stream = g_object_ref (stream);
  wish->priority = priority;
  g_task_set_task_data (task, wish, wish_free);
  if (wants_files (self, type))
    write_files (self, task);
  else
    rp_lookup_articles_async (self->workspace, (const char *const *) ids, cancellable, links_cb,
                              task);
}

static gboolean
drag_out_write_mime_type_finish (GdkContentProvider *provider, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- the object ---- */

static void
rp_drag_out_finalize (GObject *object)
{
  RpDragOut *self = RP_DRAG_OUT (object);

  g_clear_object (&self->workspace);
  g_clear_weak_pointer (&self->drag);
  g_ptr_array_unref (self->ids);
  G_OBJECT_CLASS (rp_drag_out_parent_class)->finalize (object);
}

static void
rp_drag_out_class_init (RpDragOutClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rp_drag_out_finalize;
  provider_class->ref_formats = drag_out_ref_formats;
  provider_class->get_value = drag_out_get_value;
  provider_class->write_mime_type_async = drag_out_write_mime_type_async;
  provider_class->write_mime_type_finish = drag_out_write_mime_type_finish;
}

static void
rp_drag_out_init (RpDragOut *self)
{
}

GdkContentProvider *
rp_drag_out_new (RpWorkspace *workspace, GPtrArray *ids)
{
  RpDragOut *self = g_object_new (RP_TYPE_DRAG_OUT, NULL);

  self->workspace = g_object_ref (workspace);
  self->ids = ids;

  return GDK_CONTENT_PROVIDER (self);
}

void
rp_drag_out_set_drag (RpDragOut *self, GdkDrag *drag)
{
  g_return_if_fail (RP_IS_DRAG_OUT (self));

  g_set_weak_pointer (&self->drag, drag);
}
