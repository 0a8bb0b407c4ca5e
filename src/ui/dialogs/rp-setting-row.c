#include "rp-setting-row.h"

#include <glib/gi18n-lib.h>

#include "rp-json.h"
#include "rp-text.h"

#define SETTING_KEY "rp-setting"
#define PAPER_KEY "rp-paper" /* the text view of a row of several lines */
#define PAPER_HEIGHT 120

static const RpPartnerSetting *
get_setting (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), SETTING_KEY);
}

/* ---- kinds of rows ---- */

static GtkWidget *
make_choice (const RpPartnerSetting *setting, const char *value)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  guint selected = 0;

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
make_flag (const RpPartnerSetting *setting, const char *value)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *flag = gtk_switch_new ();

  gtk_switch_set_active (GTK_SWITCH (flag), g_strcmp0 (value, "yes") == 0);
  gtk_widget_set_valign (flag, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (flag), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  setting->label, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), flag);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), flag);

  return row;
}

static GtkWidget *
make_paper (const RpPartnerSetting *setting, const char *value)
{
  GtkWidget *row = adw_expander_row_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_text_view_new ();

  gtk_text_view_set_monospace (GTK_TEXT_VIEW (view), TRUE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)),
                            value != NULL ? value : "", -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  setting->label, -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), PAPER_HEIGHT);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), scroller);
  g_object_set_data (G_OBJECT (row), PAPER_KEY, view);

  return row;
}

/* ---- what the partner told ---- */

static void
choose_cb (GtkButton *button, gpointer user_data)
{
  GtkWidget *row = user_data;
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_POPOVER);

  gtk_editable_set_text (GTK_EDITABLE (row), g_object_get_data (G_OBJECT (button), "rp-id"));
  gtk_popover_popdown (GTK_POPOVER (popover));
}

static GtkWidget *
make_list (GtkWidget *row, JsonArray *rows)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonObject *one = json_array_get_object_element (rows, i);
    const char *id = rp_json_get_string (one, "id");
    const char *name = rp_json_get_string (one, "name");
    GtkWidget *button = gtk_button_new_with_label (name != NULL ? name : id);

    gtk_widget_add_css_class (button, "flat");
    gtk_widget_set_halign (gtk_button_get_child (GTK_BUTTON (button)), GTK_ALIGN_START);
    g_object_set_data_full (G_OBJECT (button), "rp-id", g_strdup (id), g_free);
    g_signal_connect_object (button, "clicked", G_CALLBACK (choose_cb), row, 0);
    gtk_box_append (GTK_BOX (box), button);
  }
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 300);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);

  return scroller;
}

static void
add_learned (GtkWidget *row, JsonObject *learned)
{
  const char *name = get_setting (row)->learned;
  JsonArray *rows = learned != NULL ? rp_json_get_array (learned, name) : NULL;
  GtkWidget *menu, *popover;

  if (rows == NULL || json_array_get_length (rows) == 0)
    return;
  menu = gtk_menu_button_new ();
  popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (popover), make_list (row, rows));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (menu), "pan-down-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (menu), popover);
  gtk_widget_set_valign (menu, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (menu, "flat");
  gtk_widget_set_tooltip_text (menu, _ ("Choose From What the Site Has"));
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), menu);
}

static GtkWidget *
make_entry (const RpPartnerSetting *setting, const char *value)
{
  GtkWidget *row = setting->secret ? adw_password_entry_row_new () : adw_entry_row_new ();

  if (value != NULL)
    gtk_editable_set_text (GTK_EDITABLE (row), value);
  if (setting->address)
    g_object_set (row, "input-purpose", GTK_INPUT_PURPOSE_URL, NULL);

  return row;
}

/* ---- the row ---- */

static char *
dup_title (const RpPartnerSetting *setting, gboolean kept)
{
  if (setting->choices != NULL || setting->flag)
    return g_strdup (setting->label);
  if (setting->secret && kept)
    return g_strdup_printf (_ ("%s, kept in the keyring; type to change it"), setting->label);

  return setting->required ? g_strdup (setting->label)
                           : g_strdup_printf (_ ("%s (may stay empty)"), setting->label);
}

GtkWidget *
rp_setting_row_new (const RpPartnerSetting *setting,
                    const char *value,
                    gboolean kept,
                    JsonObject *learned)
{
  const char *shown = value != NULL ? value : setting->fallback;
  GtkWidget *row = setting->choices != NULL ? make_choice (setting, shown)
                   : setting->flag          ? make_flag (setting, shown)
                   : setting->paper         ? make_paper (setting, shown)
                                            : make_entry (setting, shown);
  g_autofree char *title = dup_title (setting, kept);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_set_tooltip_text (row, setting->hint);
  g_object_set_data (G_OBJECT (row), SETTING_KEY, (gpointer) setting);
  if (setting->learned != NULL)
    add_learned (row, learned);

  return row;
}

const RpPartnerSetting *
rp_setting_row_get_setting (GtkWidget *row)
{
  return get_setting (row);
}

static char *
dup_paper (GtkWidget *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);

  return rp_text_is_empty (text) ? NULL : g_steal_pointer (&text);
}

char *
rp_setting_row_dup_value (GtkWidget *row)
{
  const RpPartnerSetting *setting = get_setting (row);

  if (setting->choices != NULL)
    return g_strdup (setting->choices[adw_combo_row_get_selected (ADW_COMBO_ROW (row))]);
  if (setting->flag)
    return g_strdup (gtk_switch_get_active (
                       GTK_SWITCH (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row))))
                       ? "yes"
                       : "no");
  if (setting->paper)
    return dup_paper (g_object_get_data (G_OBJECT (row), PAPER_KEY));
  if (setting->secret)
    return *gtk_editable_get_text (GTK_EDITABLE (row)) != '\0'
             ? g_strdup (gtk_editable_get_text (GTK_EDITABLE (row)))
             : NULL;

  return rp_text_clean (gtk_editable_get_text (GTK_EDITABLE (row)));
}

gboolean
rp_setting_row_is_empty (GtkWidget *row)
{
  g_autofree char *value = rp_setting_row_dup_value (row);

  return value == NULL;
}

void
rp_setting_row_add_link (GtkWidget *row, GtkWidget *button)
{
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), button);
}
