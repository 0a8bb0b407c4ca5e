#include "rp-preferences.h"

#include <glib/gi18n-lib.h>

#include "rp-application.h"
#include "rp-help.h"
#include "rp-library.h"

#define LEFT_OUT_KEY "partners-left-out"

struct _RpPreferences {
  AdwPreferencesWindow parent_instance;

  GtkSwitch *read_sources;
  GtkSwitch *run_in_background;
  GtkSwitch *notify_trouble;
  GtkSwitch *notify_done;
  GtkSwitch *check_spelling;
  GtkSwitch *typographic_quotes;
  GtkSpinButton *wait_before_sending;
  AdwPreferencesGroup *partners;
  AdwActionRow *library;

  GListModel *model;   /* owned, of RpPartner */
  GPtrArray *shown;    /* owned, of GtkWidget: the rows of the partners */
  GSettings *settings; /* lent, NULL = the schema is not installed */
};

G_DEFINE_FINAL_TYPE (RpPreferences, rp_preferences, ADW_TYPE_PREFERENCES_WINDOW)

/* ---- where articles go ---- */

/* A list of those left out, and a switch for one that is in: on = not in the list. */
static gboolean
read_choice (GValue *value, GVariant *variant, gpointer user_data)
{
  g_autofree const char **ids = g_variant_get_strv (variant, NULL);

  g_value_set_boolean (value, !g_strv_contains (ids, user_data));

  return TRUE;
}

static GVariant *
write_choice (const GValue *value, const GVariantType *type, gpointer user_data)
{
  g_auto (GStrv) ids = g_settings_get_strv (rp_application_get_settings (), LEFT_OUT_KEY);
  g_autoptr (GStrvBuilder) kept = g_strv_builder_new ();
  g_auto (GStrv) result = NULL;

  for (guint i = 0; ids[i] != NULL; i++)
    if (!g_str_equal (ids[i], user_data))
      g_strv_builder_add (kept, ids[i]);
  if (!g_value_get_boolean (value))
    g_strv_builder_add (kept, user_data);
  result = g_strv_builder_end (kept);

  return g_variant_new_strv ((const char *const *) result, -1);
}

static void
add_row (RpPreferences *self, GtkWidget *row)
{
  adw_preferences_group_add (self->partners, row);
  g_ptr_array_add (self->shown, row);
}

static void
add_partner (RpPreferences *self, RpPartner *partner)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *choice = gtk_switch_new ();
  char *id = g_strdup (rp_partner_get_id (partner));

  gtk_widget_set_valign (choice, GTK_ALIGN_CENTER);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), rp_partner_get_name (partner));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), choice);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), choice);
  g_settings_bind_with_mapping (self->settings, LEFT_OUT_KEY, choice, "active",
                                G_SETTINGS_BIND_DEFAULT, read_choice, write_choice, id, g_free);
  add_row (self, row);
}

static void
add_lesson (RpPreferences *self)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("There are no partners yet"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               _ ("Choose Add Partner… at the side of the main window."));
  add_row (self, row);
}

static void
fill_partners (RpPreferences *self)
{
  guint n = g_list_model_get_n_items (self->model);

  for (guint i = 0; i < self->shown->len; i++)
    adw_preferences_group_remove (self->partners, self->shown->pdata[i]);
  g_ptr_array_set_size (self->shown, 0);
  for (guint i = 0; i < n; i++) {
    g_autoptr (RpPartner) partner = g_list_model_get_item (self->model, i);

    add_partner (self, partner);
  }
  if (n == 0)
    add_lesson (self);
}

/* ---- the window ---- */

static void
show_library (RpPreferences *self, const char *uri)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->library), rp_library_is_shared (uri)
                                                                        ? _ ("A Shared Desk")
                                                                        : _ ("On This Computer"));
  adw_action_row_set_subtitle (self->library, uri);
}

static void
bind_settings (RpPreferences *self)
{
  const struct {
    const char *key;
    GtkSwitch *widget;
  } switches[] = {
    {"read-sources", self->read_sources},     {"run-in-background", self->run_in_background},
    {"notify-trouble", self->notify_trouble}, {"notify-done", self->notify_done},
    {"check-spelling", self->check_spelling}, {"typographic-quotes", self->typographic_quotes},
  };

  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    g_settings_bind (self->settings, switches[i].key, switches[i].widget, "active",
                     G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "wait-before-sending", self->wait_before_sending, "value",
                   G_SETTINGS_BIND_DEFAULT);
}

static void
rp_preferences_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), RP_TYPE_PREFERENCES);
  G_OBJECT_CLASS (rp_preferences_parent_class)->dispose (object);
}

static void
rp_preferences_finalize (GObject *object)
{
  RpPreferences *self = RP_PREFERENCES (object);

  g_clear_object (&self->model);
  g_ptr_array_unref (self->shown);
  G_OBJECT_CLASS (rp_preferences_parent_class)->finalize (object);
}

static void
rp_preferences_class_init (RpPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_preferences_dispose;
  G_OBJECT_CLASS (klass)->finalize = rp_preferences_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/dialogs/rp-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, RpPreferences, read_sources);
  gtk_widget_class_bind_template_child (widget_class, RpPreferences, run_in_background);
  gtk_widget_class_bind_template_child (widget_class, RpPreferences, notify_trouble);
  gtk_widget_class_bind_template_child (widget_class, RpPreferences, notify_done);
  gtk_widget_class_bind_template_child (widget_class, RpPreferences, check_spelling);
  gtk_widget_class_bind_template_child (widget_class, RpPreferences, typographic_quotes);
  gtk_widget_class_bind_template_child (widget_class, RpPreferences, wait_before_sending);
  gtk_widget_class_bind_template_child (widget_class, RpPreferences, partners);
  gtk_widget_class_bind_template_child (widget_class, RpPreferences, library);
}

static void
rp_preferences_init (RpPreferences *self)
{
  self->shown = g_ptr_array_new ();
  self->settings = rp_application_get_settings ();
  gtk_widget_init_template (GTK_WIDGET (self));
  rp_help_set_page (GTK_WINDOW (self), "preferences");
}

void
rp_preferences_present (GtkWindow *parent, RpWorkspace *workspace)
{
  RpPreferences *self;

  g_return_if_fail (RP_IS_WORKSPACE (workspace) && rp_application_get_settings () != NULL);

  self = g_object_new (RP_TYPE_PREFERENCES, "transient-for", parent, "application",
                       gtk_window_get_application (parent), NULL);
  self->model = g_object_ref (rp_workspace_get_partners (workspace));
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (fill_partners), self,
                           G_CONNECT_SWAPPED);
  fill_partners (self);
  bind_settings (self);
  show_library (self, rp_workspace_get_uri (workspace));
  gtk_window_present (GTK_WINDOW (self));
}
