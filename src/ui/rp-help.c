#include "rp-help.h"

#include <glib/gi18n-lib.h>

#include "rp-ask.h"

#define PAGE_KEY "rp-help-page"

static void
tell_missing (GtkWindow *parent, const GError *error)
{
  g_message ("Help was not shown: %s", error->message);
  rp_tell (
    parent, _ ("No program that shows help is installed."),
    _ ("Install “Help” from your software centre (the package is called yelp), then press F1 "
       "again."));
}

static void
shown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWindow) parent = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tell_missing (parent, error);
}

void
rp_help_show (GtkWindow *parent)
{
  const char *page = parent != NULL ? g_object_get_data (G_OBJECT (parent), PAGE_KEY) : NULL;
  g_autofree char *uri = g_strconcat ("help:reprint", page != NULL ? "/" : "", page, NULL);
  GdkDisplay *display = gdk_display_get_default ();
  g_autoptr (GdkAppLaunchContext) context = gdk_display_get_app_launch_context (display);

  g_app_info_launch_default_for_uri_async (uri, G_APP_LAUNCH_CONTEXT (context), NULL, shown_cb,
                                           parent != NULL ? g_object_ref (parent) : NULL);
}

static gboolean
key_cb (GtkWidget *window, GVariant *arguments, gpointer user_data)
{
  rp_help_show (GTK_WINDOW (window));

  return GDK_EVENT_STOP;
}

void
rp_help_set_page (GtkWindow *window, const char *page)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  g_return_if_fail (GTK_IS_WINDOW (window));

  g_object_set_data (G_OBJECT (window), PAGE_KEY, (gpointer) page);
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys), GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_F1, 0),
                      gtk_callback_action_new (key_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (window), keys);
}
