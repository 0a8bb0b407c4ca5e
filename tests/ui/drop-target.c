/* A window onto which rows can be dragged, as onto a file manager, a bar of bookmarks, a mail and a
 * browser: each field takes one kind, and what it got is printed as a line of JSON.
 * (In C: what reads a drop cannot be called from Python.) */
#include <gtk/gtk.h>
#include <json-glib/json-glib.h>
#include <string.h>

static const struct {
  const char *kind;
  const char *type;
  GdkDragAction action;
} fields[] = {
  {"files", "text/uri-list", GDK_ACTION_COPY},
  {"link", "text/uri-list", GDK_ACTION_LINK},
  {"html", "text/html", GDK_ACTION_COPY},
  {"moz", "text/x-moz-url", GDK_ACTION_COPY},
};

typedef struct {
  guint at;
  GdkDrop *drop; /* owned */
} Arrival;

static char *
dup_text (const Arrival *arrival, GOutputStream *memory)
{
  const char *data = g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (memory));
  gsize size = g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (memory));

  if (g_str_equal (fields[arrival->at].kind, "moz"))
    return g_utf16_to_utf8 ((const gunichar2 *) data, (glong) size / 2, NULL, NULL, NULL);

  return g_strndup (data, size);
}

static void
spliced_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Arrival *arrival = user_data;
  g_autoptr (GdkDrop) drop = arrival->drop;
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, NULL);
  gdk_drop_finish (drop, fields[arrival->at].action);
  text = dup_text (arrival, G_OUTPUT_STREAM (source));
  json_node_take_object (node, json_object_new ());
  json_object_set_string_member (json_node_get_object (node), fields[arrival->at].kind, text);
  line = json_to_string (node, FALSE);
  g_print ("%s\n", line);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GInputStream) stream = gdk_drop_read_finish (GDK_DROP (source), result, NULL, NULL);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();

  if (stream == NULL)
    g_error ("Nothing can be read.");
  g_output_stream_splice_async (
    memory, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
    G_PRIORITY_DEFAULT, NULL, spliced_cb, user_data);
}

static gboolean
drop_cb (GtkDropTargetAsync *target, GdkDrop *drop, double x, double y, gpointer user_data)
{
  Arrival *arrival = g_new0 (Arrival, 1);
  const char *types[] = {NULL, NULL};

  arrival->at = GPOINTER_TO_UINT (user_data);
  arrival->drop = g_object_ref (drop);
  types[0] = fields[arrival->at].type;
  gdk_drop_read_async (drop, types, G_PRIORITY_DEFAULT, NULL, opened_cb, arrival);

  return TRUE;
}

static GtkWidget *
make_field (guint at)
{
  GtkWidget *label = gtk_label_new (fields[at].kind);
  const char *types[] = {fields[at].type};
  GtkDropTargetAsync *target =
    gtk_drop_target_async_new (gdk_content_formats_new (types, 1), fields[at].action);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_vexpand (label, TRUE);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), GUINT_TO_POINTER (at));
  gtk_widget_add_controller (label, GTK_EVENT_CONTROLLER (target));

  return label;
}

int
main (void)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  GtkWidget *window, *box;

  gtk_init ();
  window = gtk_window_new ();
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  for (guint at = 0; at < G_N_ELEMENTS (fields); at++)
    gtk_box_append (GTK_BOX (box), make_field (at));
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_set_title (GTK_WINDOW (window), "Drop Target");
  gtk_window_set_default_size (GTK_WINDOW (window), 160, 400);
  gtk_window_present (GTK_WINDOW (window));
  g_main_loop_run (loop);

  return 0;
}
