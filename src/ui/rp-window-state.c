#include "rp-window-state.h"

#include "rp-application.h"

void
rp_window_state_keep (GtkWindow *window)
{
  GSettings *settings = rp_application_get_settings ();
  int width, height;

  g_return_if_fail (GTK_IS_WINDOW (window));

  if (settings == NULL)
    return;
  gtk_window_get_default_size (window, &width, &height);
  g_settings_set (settings, "window-size", "(ii)", width, height);
  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (window));
}

void
rp_window_state_restore (GtkWindow *window)
{
  GSettings *settings = rp_application_get_settings ();
  int width, height;

  g_return_if_fail (GTK_IS_WINDOW (window));

  if (settings == NULL)
    return;
  g_settings_get (settings, "window-size", "(ii)", &width, &height);
  gtk_window_set_default_size (window, width, height);
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (window);
}

void
rp_window_contents_clear (RpWindowContents *contents)
{
  g_clear_pointer (&contents->place, g_free);
  g_clear_pointer (&contents->article, g_free);
  g_clear_pointer (&contents->pane, g_free);
}

void
rp_window_state_read (RpWindowContents *out)
{
  GSettings *settings = rp_application_get_settings ();

  if (settings == NULL) {
    out->place = g_strdup ("inbox");
    out->pane = g_strdup ("list");
    return;
  }
  out->place = g_settings_get_string (settings, "desk");
  out->article = g_settings_get_string (settings, "article");
  if (*out->article == '\0')
    g_clear_pointer (&out->article, g_free);
  out->pane = g_settings_get_string (settings, "pane");
  out->scroll = g_settings_get_double (settings, "list-scroll");
  out->article_scroll = g_settings_get_double (settings, "article-scroll");
}

void
rp_window_state_write (const RpWindowContents *contents)
{
  GSettings *settings = rp_application_get_settings ();

  if (settings == NULL)
    return;
  g_settings_set_string (settings, "article", contents->article != NULL ? contents->article : "");
  g_settings_set_string (settings, "pane", contents->pane);
  g_settings_set_double (settings, "list-scroll", contents->scroll);
  g_settings_set_double (settings, "article-scroll", contents->article_scroll);
}
