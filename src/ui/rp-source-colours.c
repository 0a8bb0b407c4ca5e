#include "rp-source-colours.h"

#include <adwaita.h>

static void
theme_changed_cb (AdwStyleManager *manager, GParamSpec *pspec, GtkSourceBuffer *buffer)
{
  const char *id = adw_style_manager_get_dark (manager) ? "Adwaita-dark" : "Adwaita";
  GtkSourceStyleSchemeManager *schemes = gtk_source_style_scheme_manager_get_default ();

  gtk_source_buffer_set_style_scheme (buffer,
                                      gtk_source_style_scheme_manager_get_scheme (schemes, id));
}

void
rp_source_colours_apply (GtkSourceView *view, const char *language)
{
  GtkSourceBuffer *buffer = GTK_SOURCE_BUFFER (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)));
  AdwStyleManager *manager = adw_style_manager_get_default ();
  GtkSourceLanguageManager *languages = gtk_source_language_manager_get_default ();

  if (language != NULL)
    gtk_source_buffer_set_language (buffer,
                                    gtk_source_language_manager_get_language (languages, language));
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (theme_changed_cb), buffer, 0);
  theme_changed_cb (manager, NULL, buffer);
}
