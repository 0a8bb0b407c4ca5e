#include "rp-text-window.h"

#include "rp-names.h"
#include "rp-source-colours.h"

#include <glib/gi18n-lib.h>
#include <gtksourceview/gtksource.h>
#include <string.h>

struct _RpTextWindow {
  AdwWindow parent_instance;

  GtkSourceView *view;
};

G_DEFINE_FINAL_TYPE (RpTextWindow, rp_text_window, ADW_TYPE_WINDOW)

static char *
dup_text (RpTextWindow *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
copy_cb (RpTextWindow *self)
{
  g_autofree char *text = dup_text (self);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

static void
rp_text_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), RP_TYPE_TEXT_WINDOW);
  G_OBJECT_CLASS (rp_text_window_parent_class)->dispose (object);
}

static void
rp_text_window_class_init (RpTextWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_text_window_dispose;
  g_type_ensure (GTK_SOURCE_TYPE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/rp-text-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RpTextWindow, view);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
rp_text_window_init (RpTextWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rp_names_adopt (GTK_WIDGET (self));
}

void
rp_text_window_present (GtkWindow *parent,
                        const char *title,
                        const char *text,
                        const char *language)
{
  RpTextWindow *self = g_object_new (RP_TYPE_TEXT_WINDOW, "transient-for", parent, "title", title,
                                     "destroy-with-parent", TRUE, NULL);

  rp_source_colours_apply (self->view, language);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view)), text, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  gtk_window_present (GTK_WINDOW (self));
}

static const char *
guess_language (const char *text)
{
  while (g_ascii_isspace (*text))
    text++;
  if (*text == '{' || *text == '[')
    return "json";

  return *text == '<' ? "html" : NULL;
}

void
rp_text_window_present_bytes (GtkWindow *parent, const char *title, GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = NULL;

  if (data == NULL || memchr (data, '\0', size) != NULL)
    text = g_strdup_printf (_ ("These %zu bytes are no text, so they cannot be shown here."), size);
  else if (g_utf8_validate (data, (gssize) size, NULL))
    text = g_strndup (data, size);
  else
    text = g_convert (data, (gssize) size, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL);
  if (text == NULL)
    text = g_utf8_make_valid (data, (gssize) size);
  rp_text_window_present (parent, title, text, guess_language (text));
}
