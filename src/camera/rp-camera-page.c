#include "rp-camera-page.h"

#include <glib/gi18n-lib.h>
#include <gtk/gtk.h>
#include <webkit/webkit.h>

#define WIDTH 1280
#define HEIGHT 1600
#define LONGEST_SECONDS 30
#define SETTLE_MILLISECONDS 300 /* for pictures that are painted after the page is loaded */

typedef struct {
  WebKitWebView *view; /* borrowed: the window's */
  GMainLoop *loop;     /* owned */
  const char *path;
  GError *error; /* owned */
} Shot;

static void
fail (Shot *shot, const char *words)
{
  if (shot->error == NULL)
    shot->error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, words);
  g_main_loop_quit (shot->loop);
}

static void
taken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Shot *shot = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture =
    webkit_web_view_get_snapshot_finish (WEBKIT_WEB_VIEW (source), result, &error);

  if (texture == NULL)
    fail (shot, error->message);
  else if (!gdk_texture_save_to_png (texture, shot->path))
    fail (shot, _ ("The picture of the page could not be written."));
  else
    g_main_loop_quit (shot->loop);
}

static gboolean
take_cb (gpointer user_data)
{
  Shot *shot = user_data;

  webkit_web_view_get_snapshot (shot->view, WEBKIT_SNAPSHOT_REGION_FULL_DOCUMENT,
                                WEBKIT_SNAPSHOT_OPTIONS_NONE, NULL, taken_cb, shot);

  return G_SOURCE_REMOVE;
}

static void
load_changed_cb (WebKitWebView *view, WebKitLoadEvent event, gpointer user_data)
{
  if (event == WEBKIT_LOAD_FINISHED)
    g_timeout_add (SETTLE_MILLISECONDS, take_cb, user_data);
}

static gboolean
load_failed_cb (WebKitWebView *view,
                WebKitLoadEvent event,
                char *url,
                GError *error,
                gpointer user_data)
{
  fail (user_data, error->message);

  return TRUE;
}

static gboolean
late_cb (gpointer user_data)
{
  fail (user_data, _ ("The page did not come up in half a minute."));

  return G_SOURCE_REMOVE;
}

static WebKitWebView *
new_view (void)
{
  g_autoptr (WebKitNetworkSession) session = webkit_network_session_new_ephemeral ();
  g_autoptr (WebKitSettings) settings =
    webkit_settings_new_with_settings ("enable-javascript", FALSE, "enable-webgl", FALSE,
                                       "enable-media", FALSE, "enable-page-cache", FALSE, NULL);

  return g_object_new (WEBKIT_TYPE_WEB_VIEW, "network-session", session, "settings", settings,
                       NULL);
}

gboolean
rp_camera_page (const char *url, const char *path, GError **error)
{
  g_autoptr (GMainLoop) loop = NULL;
  Shot shot = {.path = path};
  GtkWidget *window;
  guint late;

  if (!gtk_init_check ()) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                         _ ("There is no display to take a picture on."));
    return FALSE;
  }
  loop = shot.loop = g_main_loop_new (NULL, FALSE);
  shot.view = new_view ();
  window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (shot.view));
  g_signal_connect (shot.view, "load-changed", G_CALLBACK (load_changed_cb), &shot);
  g_signal_connect (shot.view, "load-failed", G_CALLBACK (load_failed_cb), &shot);
  late = g_timeout_add_seconds (LONGEST_SECONDS, late_cb, &shot);
  gtk_window_present (GTK_WINDOW (window));
  webkit_web_view_load_uri (shot.view, url);
  g_main_loop_run (loop);
  if (shot.error == NULL || g_main_context_find_source_by_id (NULL, late) != NULL)
    g_source_remove (late);
  gtk_window_destroy (GTK_WINDOW (window));
  if (shot.error == NULL)
    return TRUE;
  g_propagate_error (error, shot.error);

  return FALSE;
}
