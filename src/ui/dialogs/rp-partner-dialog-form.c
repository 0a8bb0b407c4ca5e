/* The partner dialog's form: what it shows of a partner, and the partner that it says. */
#include "rp-partner-dialog-private.h"

#include <glib/gi18n-lib.h>

#include "rp-json.h"
#include "rp-setting-row.h"
#include "rp-text.h"

static const RpPartnerKind *
get_kind (RpPartnerDialog *self)
{
  return g_ptr_array_index (self->kinds, adw_combo_row_get_selected (self->kind));
}

/* ---- drawing it ---- */

/* By key, as they stand in the form. Gives. */
static GHashTable *
collect_typed (RpPartnerDialog *self)
{
  GHashTable *typed = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  for (guint i = 0; i < self->rows->len; i++) {
    char *value = rp_setting_row_dup_value (self->rows->pdata[i]);

    if (value != NULL)
      g_hash_table_insert (typed, (gpointer) rp_setting_row_get_setting (self->rows->pdata[i])->key,
                           value);
  }

  return typed;
}

static const char *
find_value (RpPartnerDialog *self, GHashTable *typed, const char *key)
{
  const char *value = self->found != NULL ? rp_json_get_string (self->found, key) : NULL;

  if (value == NULL)
    value = g_hash_table_lookup (typed, key);
  if (value == NULL && self->before != NULL)
    value = rp_partner_get_setting (self->before, key);

  return value;
}

/* The page where the password or key is made, at the address that the form names. */
static void
open_cb (GtkButton *button, gpointer user_data)
{
  RpPartnerDialog *self = user_data;
  const RpPartnerSetting *setting = g_object_get_data (G_OBJECT (button), "rp-setting");
  g_autoptr (GHashTable) typed = collect_typed (self);
  const char *base = g_hash_table_lookup (typed, "url");
  g_autofree char *folder =
    base != NULL && !g_str_has_suffix (base, "/") ? g_strconcat (base, "/", NULL) : g_strdup (base);
  g_autofree char *url = folder != NULL ? rp_text_resolve_url (folder, setting->made_at) : NULL;

  if (url != NULL)
    gtk_show_uri (GTK_WINDOW (self), url, GDK_CURRENT_TIME);
  else
    rp_partner_dialog_show_result (self, _ ("Something Is Missing"),
                                   _ ("The address of the site is not known yet."), "error");
}

static void
add_link (RpPartnerDialog *self, GtkWidget *row, const RpPartnerSetting *setting)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("web-browser-symbolic");

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Open the Page Where It Is Made"));
  g_object_set_data (G_OBJECT (button), "rp-setting", (gpointer) setting);
  g_signal_connect (button, "clicked", G_CALLBACK (open_cb), self);
  rp_setting_row_add_link (row, button);
}

static void
draw_notes (RpPartnerDialog *self, const RpPartnerKind *kind)
{
  for (guint i = 0; i < self->note_rows->len; i++)
    adw_expander_row_remove (self->notes, self->note_rows->pdata[i]);
  g_ptr_array_set_size (self->note_rows, 0);
  for (guint i = 0; kind->notes != NULL && kind->notes[i] != NULL; i++) {
    GtkWidget *row = adw_action_row_new ();

    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (kind->notes[i]));
    adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
    adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
    adw_expander_row_add_row (self->notes, row);
    g_ptr_array_add (self->note_rows, row);
  }
  gtk_widget_set_visible (self->notes_group, self->note_rows->len > 0);
}

void
rp_partner_dialog_draw_settings (RpPartnerDialog *self)
{
  const RpPartnerKind *kind = get_kind (self);
  g_autoptr (GHashTable) typed = collect_typed (self);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->settings, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < kind->settings->len; i++) {
    const RpPartnerSetting *setting = &g_array_index (kind->settings, RpPartnerSetting, i);
    GtkWidget *row = rp_setting_row_new (setting, find_value (self, typed, setting->key),
                                         self->before != NULL, self->learned);

    if (setting->made_at != NULL)
      add_link (self, row, setting);
    adw_preferences_group_add (self->settings, row);
    g_ptr_array_add (self->rows, row);
  }
  draw_notes (self, kind);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->kind), kind->summary);
  gtk_widget_set_visible (self->can_canonical_row, !kind->can_canonical);
  gtk_widget_set_visible (self->can_unpublish_row, kind->can_withdraw);
}

/* What was found fills the form; the first thing that is missing is asked for. */
void
rp_partner_dialog_found_cb (RpPartnerDialog *self, const RpDiscovery *discovery)
{
  g_clear_pointer (&self->found, json_object_unref);
  self->found = json_object_ref (discovery->settings);
  for (guint i = 0; i < self->kinds->len; i++)
    if (g_strcmp0 (((RpPartnerKind *) self->kinds->pdata[i])->id, discovery->connector) == 0)
      adw_combo_row_set_selected (self->kind, i);
  rp_partner_dialog_draw_settings (self);
  g_clear_pointer (&self->found, json_object_unref);
  if (discovery->site != NULL && *gtk_editable_get_text (self->name) == '\0')
    gtk_editable_set_text (self->name, discovery->site);
  for (guint i = 0; i < self->rows->len; i++)
    if (rp_setting_row_get_setting (self->rows->pdata[i])->required &&
        rp_setting_row_is_empty (self->rows->pdata[i])) {
      gtk_widget_grab_focus (self->rows->pdata[i]);
      return;
    }
}

static void
fill_kinds (RpPartnerDialog *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  guint selected = 0;

  for (guint i = 0; i < self->kinds->len; i++) {
    const RpPartnerKind *kind = g_ptr_array_index (self->kinds, i);

    gtk_string_list_append (titles, kind->title);
    if (self->before != NULL && g_strcmp0 (kind->id, rp_partner_get_connector (self->before)) == 0)
      selected = i;
  }
  adw_combo_row_set_model (self->kind, G_LIST_MODEL (titles));
  adw_combo_row_set_selected (self->kind, selected);
  gtk_widget_set_sensitive (GTK_WIDGET (self->kind), self->before == NULL);
}

static void
fill_about (RpPartnerDialog *self)
{
  g_autoptr (RpPartner) empty = rp_partner_new ("", "", "");
  g_auto (RpPartnerAbout) about = {0};

  rp_partner_about_read (&about, self->before != NULL ? self->before : empty);
  for (guint i = 0; i < RP_PARTNER_N_TRUTHS; i++)
    gtk_switch_set_active (self->truths[i], about.truths[i]);
  for (guint i = 0; i < RP_PARTNER_N_CHANNELS; i++)
    gtk_switch_set_active (self->channels[i], about.channels[i]);
  adw_combo_row_set_selected (self->ads, about.ads);
  gtk_editable_set_text (self->territories, about.territories);
}

void
rp_partner_dialog_fill_form (RpPartnerDialog *self)
{
  fill_kinds (self);
  rp_partner_dialog_draw_settings (self);
  fill_about (self);
}

/* ---- what it says ---- */

gboolean
rp_partner_dialog_is_in_the_clear (RpPartnerDialog *self)
{
  for (guint i = 0; i < self->rows->len; i++) {
    GtkWidget *row = g_ptr_array_index (self->rows, i);
    g_autofree char *value = rp_setting_row_dup_value (row);

    if (rp_setting_row_get_setting (row)->address && rp_text_is_web_url (value) &&
        g_ascii_strncasecmp (value, "http:", 5) == 0 && !rp_text_is_loopback (value))
      return TRUE;
  }

  return FALSE;
}

/* The first address names the site when nobody has named it. */
static char *
dup_name (RpPartnerDialog *self)
{
  g_autofree char *name = rp_text_clean (gtk_editable_get_text (self->name));

  for (guint i = 0; name == NULL && i < self->rows->len; i++) {
    GtkWidget *row = g_ptr_array_index (self->rows, i);
    g_autofree char *value = rp_setting_row_dup_value (row);

    if (rp_setting_row_get_setting (row)->address && value != NULL)
      name = rp_text_host (value);
  }

  return g_steal_pointer (&name);
}

/* An id that no other partner has. It stays when the name changes: receipts refer to it. */
static void
make_id (RpPartnerDialog *self, const char *name)
{
  g_autofree char *slug = rp_text_slug (name, 40);

  if (self->id != NULL)
    return;
  self->id = g_strdup (slug);
  for (guint i = 2; rp_workspace_find_partner (self->workspace, self->id) != NULL; i++) {
    g_free (self->id);
    self->id = g_strdup_printf ("%s-%u", slug, i);
  }
}

static void
read_settings (RpPartnerDialog *self, RpPartner *partner)
{
  for (guint i = 0; i < self->rows->len; i++) {
    GtkWidget *row = g_ptr_array_index (self->rows, i);
    const RpPartnerSetting *setting = rp_setting_row_get_setting (row);
    g_autofree char *value = rp_setting_row_dup_value (row);

    if (!setting->secret)
      rp_partner_set_setting (partner, setting->key, value);
    else if (value != NULL)
      rp_secrets_remember (rp_workspace_get_secrets (self->workspace), self->id, setting->key,
                           value);
  }
}

static void
read_about (RpPartnerDialog *self, RpPartner *partner)
{
  g_auto (RpPartnerAbout) about = {0};

  for (guint i = 0; i < RP_PARTNER_N_TRUTHS; i++)
    about.truths[i] = gtk_switch_get_active (self->truths[i]);
  for (guint i = 0; i < RP_PARTNER_N_CHANNELS; i++)
    about.channels[i] = gtk_switch_get_active (self->channels[i]);
  about.ads = adw_combo_row_get_selected (self->ads);
  about.territories = g_strdup (gtk_editable_get_text (self->territories));
  rp_partner_about_write (&about, partner);
}

RpPartner *
rp_partner_dialog_make_partner (RpPartnerDialog *self)
{
  g_autofree char *name = dup_name (self);
  RpPartner *partner;

  make_id (self, name != NULL ? name : get_kind (self)->title);
  partner = self->before != NULL
              ? rp_partner_copy (self->before)
              : rp_partner_new (self->id, name != NULL ? name : "", get_kind (self)->id);
  if (name != NULL)
    rp_partner_set_name (partner, name);
  read_settings (self, partner);
  if (self->plain_agreed)
    rp_partner_set_setting (partner, "plain_http", "allowed");
  read_about (self, partner);

  return partner;
}
