#include "rp-setting-row.h"

#include <glib/gi18n-lib.h>

#include "rp-text.h"

#define SETTING_KEY "rp-setting"

static GtkWidget *
make_choice (const RpPartnerSetting *setting, const char *value)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  guint selected = 0;

  if (value == NULL)
    value = setting->fallback;
  for (guint i = 0; setting->choices[i] != NULL; i++) {
    gtk_string_list_append (words, _ (setting->choice_labels[i]));
    if (g_strcmp0 (setting->choices[i], value) == 0)
      selected = i;
  }
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (words));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);

  return row;
}

static GtkWidget *
make_entry (const RpPartnerSetting *setting, const char *value)
{
  GtkWidget *row = setting->secret ? adw_password_entry_row_new () : adw_entry_row_new ();

  if (value == NULL)
    value = setting->fallback;
  if (value != NULL)
    gtk_editable_set_text (GTK_EDITABLE (row), value);
  if (setting->address)
    g_object_set (row, "input-purpose", GTK_INPUT_PURPOSE_URL, NULL);

  return row;
}

static char *
dup_title (const RpPartnerSetting *setting, gboolean kept)
{
  if (setting->secret && kept)
    return g_strdup_printf (_ ("%s, kept in the keyring; type to change it"), setting->label);

  return setting->required ? g_strdup (setting->label)
                           : g_strdup_printf (_ ("%s (may stay empty)"), setting->label);
}

GtkWidget *
rp_setting_row_new (const RpPartnerSetting *setting, const char *value, gboolean kept)
{
  GtkWidget *row =
    setting->choices != NULL ? make_choice (setting, value) : make_entry (setting, value);
  g_autofree char *title =
    setting->choices != NULL ? g_strdup (setting->label) : dup_title (setting, kept);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_set_tooltip_text (row, setting->hint);
  g_object_set_data (G_OBJECT (row), SETTING_KEY, (gpointer) setting);

  return row;
}

const RpPartnerSetting *
rp_setting_row_get_setting (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), SETTING_KEY);
}

char *
rp_setting_row_dup_value (GtkWidget *row)
{
  const RpPartnerSetting *setting = rp_setting_row_get_setting (row);

  if (setting->choices != NULL)
    return g_strdup (setting->choices[adw_combo_row_get_selected (ADW_COMBO_ROW (row))]);
  if (setting->secret)
    return *gtk_editable_get_text (GTK_EDITABLE (row)) != '\0'
             ? g_strdup (gtk_editable_get_text (GTK_EDITABLE (row)))
             : NULL;

  return rp_text_clean (gtk_editable_get_text (GTK_EDITABLE (row)));
}
