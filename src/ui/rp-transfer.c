#include "rp-transfer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rp-error.h"
#include "rp-text.h"

#define LIMIT (16 * 1024 * 1024)

/* In the order in which they say most. Files that come through the portal of a sandbox are only
 * readable by their list. */
static const char *const sandbox_types[] = {"application/vnd.portal.filetransfer",
                                            "application/vnd.portal.files", NULL};
static const char *const types[] = {"text/x-moz-url",           "text/uri-list", "text/html",
                                    "text/plain;charset=utf-8", "text/plain",    NULL};

static void stream_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void bytes_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void files_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void string_cb (GObject *source, GAsyncResult *result, gpointer user_data);

GdkContentFormats *
rp_transfer_formats (void)
{
  GdkContentFormatsBuilder *builder = gdk_content_formats_builder_new ();

  for (guint i = 0; types[i] != NULL; i++)
    gdk_content_formats_builder_add_mime_type (builder, types[i]);
  for (guint i = 0; sandbox_types[i] != NULL; i++)
    gdk_content_formats_builder_add_mime_type (builder, sandbox_types[i]);
  gdk_content_formats_builder_add_gtype (builder, GDK_TYPE_FILE_LIST);
  gdk_content_formats_builder_add_gtype (builder, G_TYPE_STRING);

  return gdk_content_formats_builder_free_to_formats (builder);
}

static gboolean
is_through_portal (GdkContentFormats *formats)
{
  if (!g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    return FALSE;
  for (guint i = 0; sandbox_types[i] != NULL; i++)
    if (gdk_content_formats_contain_mime_type (formats, sandbox_types[i]))
      return TRUE;

  return FALSE;
}

static gboolean
has_text (GdkContentFormats *formats)
{
  for (guint i = 0; types[i] != NULL; i++)
    if (gdk_content_formats_contain_mime_type (formats, types[i]))
      return TRUE;

  return FALSE;
}

static GTask *
make_task (gpointer source,
           RpWorkspace *workspace,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  GTask *task = g_task_new (source, cancellable, callback, user_data);

  g_task_set_source_tag (task, make_task);
  g_task_set_task_data (task, rp_intake_new (workspace), g_object_unref);

  return task;
}

void
rp_transfer_read_drop_async (GdkDrop *drop,
                             RpWorkspace *workspace,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = make_task (drop, workspace, cancellable, callback, user_data);
  GdkContentFormats *formats = gdk_drop_get_formats (drop);

  if (is_through_portal (formats))
    gdk_drop_read_value_async (drop, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, cancellable, files_cb,
                               task);
  else if (has_text (formats))
    gdk_drop_read_async (drop, (const char **) types, G_PRIORITY_DEFAULT, cancellable, stream_cb,
                         task);
  else if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
    gdk_drop_read_value_async (drop, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, cancellable, files_cb,
                               task);
  else
    gdk_drop_read_value_async (drop, G_TYPE_STRING, G_PRIORITY_DEFAULT, cancellable, string_cb,
                               task);
}

void
rp_transfer_read_clipboard_async (GdkClipboard *clipboard,
                                  RpWorkspace *workspace,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task = make_task (clipboard, workspace, cancellable, callback, user_data);
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);

  if (is_through_portal (formats))
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, cancellable,
                                    files_cb, task);
  else if (has_text (formats))
    gdk_clipboard_read_async (clipboard, (const char **) types, G_PRIORITY_DEFAULT, cancellable,
                              stream_cb, task);
  else
    gdk_clipboard_read_value_async (clipboard, G_TYPE_STRING, G_PRIORITY_DEFAULT, cancellable,
                                    string_cb, task);
}

/* ---- text ---- */

static GInputStream *
read_finish (GObject *source, GAsyncResult *result, const char **type, GError **error)
{
  if (GDK_IS_DROP (source))
    return gdk_drop_read_finish (GDK_DROP (source), result, type, error);

  return gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, type, error);
}

static void
stream_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  const char *type = NULL;
  g_autoptr (GInputStream) stream = read_finish (source, result, &type, &error);
  g_autoptr (GOutputStream) memory = NULL;

  if (stream == NULL) {
    g_task_return_error (task, error);
    g_object_unref (task);
    return;
  }
  memory = g_memory_output_stream_new_resizable ();
  g_object_set_data (G_OBJECT (memory), "type", (gpointer) g_intern_string (type));
  g_output_stream_splice_async (
    memory, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
    G_PRIORITY_DEFAULT, g_task_get_cancellable (task), bytes_cb, task);
}

/* Browsers send some of it as UTF-16, with a mark or without. Gives; NULL = no text at all. */
static char *
dup_utf8 (const char *data, gsize size)
{
  gboolean wide =
    size >= 2 && (memchr (data, '\0', size - 1) != NULL || memcmp (data, "\xff\xfe", 2) == 0);
  char *text;

  if (wide)
    text = g_convert (data, (gssize) (size & ~(gsize) 1), "UTF-8",
                      memcmp (data, "\xff\xfe", 2) == 0 ? "UTF-16" : "UTF-16LE", NULL, NULL, NULL);
  else if (g_utf8_validate (data, (gssize) size, NULL))
    text = g_strndup (data, size);
  else
    text = g_convert (data, (gssize) size, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL);

  return text;
}

static void
finish_text (GTask *task, const char *text, const char *type)
{
  RpIntake *intake = g_task_get_task_data (task);

  if (rp_text_is_empty (text)) {
    g_task_return_new_error (task, RP_ERROR, RP_ERROR_UNREADABLE,
                             _ ("There is nothing in it that could be imported"));
    return;
  }
  if (g_strcmp0 (type, "text/html") == 0)
    rp_intake_add_text (intake, text, type, NULL);
  else
    rp_intake_add_drop (
      intake, text, type != NULL && g_str_has_prefix (type, "text/plain") ? "text/plain" : type);
  g_task_return_pointer (task, g_object_ref (intake), g_object_unref);
}

static void
bytes_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GMemoryOutputStream *memory = G_MEMORY_OUTPUT_STREAM (source);
  const char *type = g_object_get_data (source, "type");
  GError *error = NULL;
  gsize size;
  g_autofree char *text = NULL;

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, &error) < 0) {
    g_task_return_error (task, error);
    return;
  }
  size = g_memory_output_stream_get_data_size (memory);
  if (size > LIMIT) {
    g_task_return_new_error (task, RP_ERROR, RP_ERROR_TOO_LARGE,
                             _ ("This is too large to be dropped; save it as a file first"));
    return;
  }
  text = size > 0 ? dup_utf8 (g_memory_output_stream_get_data (memory), size) : NULL;
  finish_text (task, text, type);
}

/* ---- values ---- */

static const GValue *
value_finish (GObject *source, GAsyncResult *result, GError **error)
{
  if (GDK_IS_DROP (source))
    return gdk_drop_read_value_finish (GDK_DROP (source), result, error);

  return gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, error);
}

static void
files_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  const GValue *value = value_finish (source, result, &error);
  RpIntake *intake = g_task_get_task_data (task);
  g_autoptr (GSList) files = NULL;

  if (value == NULL) {
    g_task_return_error (task, error);
    return;
  }
  files = gdk_file_list_get_files (g_value_get_boxed (value));
  for (GSList *at = files; at != NULL; at = at->next)
    rp_intake_add_file (intake, at->data);
  g_task_return_pointer (task, g_object_ref (intake), g_object_unref);
}

static void
string_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  const GValue *value = value_finish (source, result, &error);

  if (value != NULL)
    finish_text (task, g_value_get_string (value), "text/plain");
  else
    g_task_return_error (task, error);
}

RpIntake *
rp_transfer_read_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
