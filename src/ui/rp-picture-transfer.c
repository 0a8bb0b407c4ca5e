#include "rp-picture-transfer.h"

#include "rp-adopt.h"

static void stream_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void bytes_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void value_cb (GObject *source, GAsyncResult *result, gpointer user_data);

void
rp_picture_in_free (RpPictureIn *picture)
{
  g_clear_pointer (&picture->bytes, g_bytes_unref);
  g_free (picture->name);
  g_free (picture);
}

static GPtrArray *
make_list (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) rp_picture_in_free);
}

static gboolean
has_files (GdkContentFormats *formats)
{
  return gdk_content_formats_contain_mime_type (formats, "text/uri-list") ||
         gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST);
}

/* Office programs offer every text also as a picture of it. */
static gboolean
has_picture (GdkContentFormats *formats)
{
  if (gdk_content_formats_contain_mime_type (formats, "text/plain") ||
      gdk_content_formats_contain_mime_type (formats, "text/plain;charset=utf-8") ||
      gdk_content_formats_contain_gtype (formats, G_TYPE_STRING))
    return FALSE;
  for (guint i = 0; rp_adopt_types[i] != NULL; i++)
    if (gdk_content_formats_contain_mime_type (formats, rp_adopt_types[i]))
      return TRUE;

  return FALSE;
}

gboolean
rp_picture_transfer_is_likely (GdkContentFormats *formats)
{
  return has_files (formats) || has_picture (formats);
}

static GTask *
make_task (gpointer source,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  GTask *task = g_task_new (source, cancellable, callback, user_data);

  g_task_set_source_tag (task, make_task);

  return task;
}

/* ---- files ---- */

static gboolean
is_picture_file (GFile *file)
{
  g_autoptr (GFileInfo) info =
    g_file_query_info (file,
                       G_FILE_ATTRIBUTE_STANDARD_CONTENT_TYPE "," G_FILE_ATTRIBUTE_STANDARD_TYPE
                                                              "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                       G_FILE_QUERY_INFO_NONE, NULL, NULL);
  const char *content = info != NULL ? g_file_info_get_content_type (info) : NULL;
  g_autofree char *type = content != NULL ? g_content_type_get_mime_type (content) : NULL;

  return type != NULL && g_strv_contains (rp_adopt_types, type) &&
         g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR &&
         g_file_info_get_size (info) <= RP_ADOPT_LIMIT;
}

/* On a thread: the files may lie on a slow disk. An address on the web is not asked: an importer
 * does that, within its limits. */
static void
read_files (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GPtrArray *files = data;
  g_autoptr (GPtrArray) list = make_list ();

  for (guint i = files->len; i > 0; i--) {
    GFile *file = g_ptr_array_index (files, i - 1);
    RpPictureIn *picture = g_new0 (RpPictureIn, 1);
    GError *error = NULL;

    g_ptr_array_add (list, picture);
    if (!g_file_is_native (file) || !is_picture_file (file)) {
      g_ptr_array_set_size (list, 0);
      break;
    }
    picture->name = g_file_get_basename (file);
    picture->bytes = g_file_load_bytes (file, cancellable, NULL, &error);
    if (picture->bytes == NULL) {
      g_task_return_error (task, error);
      return;
    }
  }
  g_task_return_pointer (task, g_steal_pointer (&list), (GDestroyNotify) g_ptr_array_unref);
}

static void
start_files (GTask *task, GPtrArray *files)
{
  g_task_set_task_data (task, files, (GDestroyNotify) g_ptr_array_unref);
  g_task_run_in_thread (task, read_files);
}

static void
value_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);
  const GValue *value = GDK_IS_DROP (source)
                          ? gdk_drop_read_value_finish (GDK_DROP (source), result, NULL)
                          : gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);
  g_autoptr (GSList) list =
    value != NULL ? gdk_file_list_get_files (g_value_get_boxed (value)) : NULL;

  for (GSList *at = list; at != NULL; at = at->next)
    g_ptr_array_add (files, g_object_ref (at->data));
  start_files (task, files);
}

/* ---- bytes ---- */

static void
stream_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GInputStream) stream =
    GDK_IS_DROP (source) ? gdk_drop_read_finish (GDK_DROP (source), result, NULL, &error)
                         : gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, NULL, &error);
  g_autoptr (GOutputStream) memory = NULL;

  if (stream == NULL) {
    g_task_return_error (task, error);
    return;
  }
  memory = g_memory_output_stream_new_resizable ();
  g_output_stream_splice_async (
    memory, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
    G_PRIORITY_DEFAULT, g_task_get_cancellable (task), bytes_cb, g_object_ref (task));
}

static void
bytes_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  RpPictureIn *picture;
  GPtrArray *list;

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, &error) < 0) {
    g_task_return_error (task, error);
    return;
  }
  picture = g_new0 (RpPictureIn, 1);
  picture->bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (source));
  list = make_list ();
  g_ptr_array_add (list, picture);
  g_task_return_pointer (task, list, (GDestroyNotify) g_ptr_array_unref);
}

/* ---- both ---- */

void
rp_picture_transfer_read_drop_async (GdkDrop *drop,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  GTask *task = make_task (drop, cancellable, callback, user_data);

  if (has_picture (gdk_drop_get_formats (drop)))
    gdk_drop_read_async (drop, (const char **) rp_adopt_types, G_PRIORITY_DEFAULT, cancellable,
                         stream_cb, task);
  else
    gdk_drop_read_value_async (drop, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, cancellable, value_cb,
                               task);
}

void
rp_picture_transfer_read_clipboard_async (GdkClipboard *clipboard,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data)
{
  GTask *task = make_task (clipboard, cancellable, callback, user_data);

  if (has_picture (gdk_clipboard_get_formats (clipboard)))
    gdk_clipboard_read_async (clipboard, (const char **) rp_adopt_types, G_PRIORITY_DEFAULT,
                              cancellable, stream_cb, task);
  else
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, cancellable,
                                    value_cb, task);
}

void
rp_picture_transfer_read_files_async (GPtrArray *files,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_autoptr (GTask) task = make_task (NULL, cancellable, callback, user_data);

  start_files (task, g_ptr_array_ref (files));
}

GPtrArray *
rp_picture_transfer_read_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
