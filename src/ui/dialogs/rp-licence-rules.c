#include "rp-licence-rules.h"

#include <glib/gi18n-lib.h>

#include "rp-json.h"
#include "rp-names.h"
#include "rp-text.h"
#include "rp-toast.h"

#include <string.h>

struct _RpLicenceRules {
  AdwPreferencesGroup parent_instance;

  GtkListBox *rows; /* lent, as all below */
  AdwComboRow *kind;
  GtkEditable *pattern;
  GtkWidget *add;

  RpWorkspace *workspace; /* owned */
  RpLicence *licence;     /* owned */
};

G_DEFINE_FINAL_TYPE (RpLicenceRules, rp_licence_rules, ADW_TYPE_PREFERENCES_GROUP)

static const struct {
  const char *prefix;
  const char *label;
  const char *words; /* with what the rule names */
} kinds[] = {
  {"", N_ ("A site, or the beginning of an address"), N_ ("Whatever comes from %s")},
  {"feed:", N_ ("A feed"), N_ ("Whatever comes from the feed %s")},
  {"licensor:", N_ ("A licensor's name"), N_ ("Whatever names %s as licensor")},
  {"holder:", N_ ("A rights holder's name"), N_ ("Whatever names %s as owner")},
  {"provider:", N_ ("A provider's name"), N_ ("Whatever %s provides")},
  {"word:", N_ ("Words of the statement"), N_ ("Whatever says “%s” of its rights")},
};

static char *
describe_pattern (const char *pattern)
{
  guint kind = 0;
  g_auto (GStrv) parts = NULL;

  for (guint i = 1; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_prefix (pattern, kinds[i].prefix))
      kind = i;
  parts = g_strsplit (_ (kinds[kind].words), "%s", 2);

  return g_strjoinv (pattern + strlen (kinds[kind].prefix), parts);
}

/* ---- who else has it ---- */

static gboolean
is_among (JsonObject *profile, const char *pattern)
{
  g_auto (GStrv) patterns = rp_json_dup_strv (profile, "match");

  for (guint i = 0; patterns != NULL && patterns[i] != NULL; i++)
    if (g_ascii_strcasecmp (patterns[i], pattern) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
is_same (RpLicence *one, const char *id)
{
  return g_strcmp0 (rp_licence_get_id (one), id) == 0;
}

/* Another licence with the same rule. Its name, gives; NULL = none. */
static char *
dup_rival (RpLicenceRules *self, const char *pattern)
{
  RpLicenceBook *book = rp_workspace_get_book (self->workspace);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (book));

  for (guint i = 0; i < n; i++) {
    g_autoptr (RpLicence) other = g_list_model_get_item (G_LIST_MODEL (book), i);

    if (!is_same (self->licence, rp_licence_get_id (other)) &&
        is_among (rp_licence_get_profile (other), pattern))
      return g_strdup (rp_licence_get_name (other));
  }
  for (guint i = 0; i < rp_licence_book_get_n_rules (book); i++) {
    const char *id;
    const char *rule = rp_licence_book_get_rule (book, i, &id);
    RpLicence *other = rp_licence_book_lookup (book, id);

    if (other != NULL && !is_same (self->licence, id) && g_ascii_strcasecmp (rule, pattern) == 0)
      return g_strdup (rp_licence_get_name (other));
  }

  return NULL;
}

/* ---- changing ---- */

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpLicenceRules) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RpLicence) licence =
    rp_workspace_save_licence_finish (RP_WORKSPACE (source), result, &error);

  if (licence == NULL)
    rp_toast_show_error (GTK_WIDGET (self), error);
  else if (is_same (self->licence, rp_licence_get_id (licence)))
    rp_licence_rules_show (self, self->workspace, licence);
}

static void
set_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpLicenceRules) self = user_data;
  g_autoptr (GError) error = NULL;

  if (rp_workspace_set_licence_rule_finish (RP_WORKSPACE (source), result, &error))
    rp_licence_rules_show (self, self->workspace, self->licence);
  else
    rp_toast_show_error (GTK_WIDGET (self), error);
}

/* The agreement with one pattern more, or less. */
static void
save_patterns (RpLicenceRules *self, const char *added, const char *removed)
{
  g_autoptr (JsonObject) profile = rp_json_object_copy (rp_licence_get_profile (self->licence));
  g_auto (GStrv) patterns = rp_json_dup_strv (profile, "match");
  g_autoptr (JsonArray) list = json_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RpLicence) licence = NULL;

  for (guint i = 0; patterns != NULL && patterns[i] != NULL; i++)
    if (g_strcmp0 (patterns[i], removed) != 0)
      json_array_add_string_element (list, patterns[i]);
  if (added != NULL)
    json_array_add_string_element (list, added);
  json_object_set_array_member (profile, "match", g_steal_pointer (&list));
  licence = rp_licence_new_from_json (profile, &error);
  if (licence != NULL)
    rp_workspace_save_licence_async (self->workspace, licence, NULL, saved_cb, g_object_ref (self));
  else
    rp_toast_show_error (GTK_WIDGET (self), error);
}

static void
remove_cb (GtkWidget *button, RpLicenceRules *self)
{
  g_autofree char *pattern = g_strdup (g_object_get_data (G_OBJECT (button), "rp-pattern"));

  if (is_among (rp_licence_get_profile (self->licence), pattern))
    save_patterns (self, NULL, pattern);
  else
    rp_workspace_set_licence_rule_async (self->workspace, pattern, NULL, NULL, set_cb,
                                         g_object_ref (self));
}

/* A rule of the desk names one licence only: it is not taken from the other in silence. */
static gboolean
tell_rival (RpLicenceRules *self, const char *pattern)
{
  g_autofree char *rival = dup_rival (self, pattern);
  g_autofree char *words = NULL;

  if (rival == NULL)
    return FALSE;
  words =
    g_strdup_printf (_ ("“%s” is applied there already. Remove the rule from it first."), rival);
  rp_toast_show (GTK_WIDGET (self), words, NULL);

  return TRUE;
}

static void
add_cb (RpLicenceRules *self)
{
  guint kind = MIN (adw_combo_row_get_selected (self->kind), G_N_ELEMENTS (kinds) - 1);
  g_autofree char *text = rp_text_clean (gtk_editable_get_text (self->pattern));
  g_autofree char *pattern = text != NULL ? g_strconcat (kinds[kind].prefix, text, NULL) : NULL;

  if (pattern == NULL || is_among (rp_licence_get_profile (self->licence), pattern))
    return;
  if (!rp_licence_is_builtin (self->licence)) {
    save_patterns (self, pattern, NULL);
  } else {
    if (tell_rival (self, pattern))
      return;
    rp_workspace_set_licence_rule_async (self->workspace, pattern,
                                         rp_licence_get_id (self->licence), NULL, set_cb,
                                         g_object_ref (self));
  }
  gtk_editable_set_text (self->pattern, "");
}

static void
typed_cb (RpLicenceRules *self)
{
  gtk_widget_set_sensitive (self->add, !rp_text_is_empty (gtk_editable_get_text (self->pattern)));
}

/* ---- rows ---- */

static void
add_row (RpLicenceRules *self, const char *pattern, gboolean removable)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *words = describe_pattern (pattern);
  g_autofree char *title = g_markup_escape_text (words, -1);
  g_autofree char *rival = dup_rival (self, pattern);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (rival != NULL) {
    g_autofree char *conflict = g_markup_printf_escaped (
      _ ("“%s” says the same, so each article waits until you choose."), rival);

    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), conflict);
    adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                               gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  }
  gtk_widget_set_tooltip_text (button, _ ("Remove Rule"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (button, removable);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), "rp-pattern", g_strdup (pattern), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  gtk_list_box_append (self->rows, row);
}

static void
add_rows (RpLicenceRules *self)
{
  RpLicenceBook *book = rp_workspace_get_book (self->workspace);
  gboolean ours = !rp_licence_is_builtin (self->licence);
  g_auto (GStrv) patterns = rp_json_dup_strv (rp_licence_get_profile (self->licence), "match");

  for (guint i = 0; patterns != NULL && patterns[i] != NULL; i++)
    add_row (self, patterns[i], ours);
  for (guint i = 0; i < rp_licence_book_get_n_rules (book); i++) {
    const char *id;
    const char *pattern = rp_licence_book_get_rule (book, i, &id);

    if (is_same (self->licence, id))
      add_row (self, pattern, TRUE);
  }
}

/* ---- the object ---- */

static void
rp_licence_rules_dispose (GObject *object)
{
  g_clear_object (&RP_LICENCE_RULES (object)->workspace);
  g_clear_object (&RP_LICENCE_RULES (object)->licence);
  G_OBJECT_CLASS (rp_licence_rules_parent_class)->dispose (object);
}

static void
rp_licence_rules_class_init (RpLicenceRulesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rp_licence_rules_dispose;
}

static GtkWidget *
make_kind (RpLicenceRules *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  GtkWidget *row = adw_combo_row_new ();

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    gtk_string_list_append (labels, _ (kinds[i].label));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("By"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (labels));
  self->kind = ADW_COMBO_ROW (row);

  return row;
}

static GtkWidget *
make_pattern (RpLicenceRules *self)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Address, name or words"));
  self->add = gtk_button_new_with_mnemonic (_ ("A_dd"));
  gtk_widget_set_valign (self->add, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (self->add, FALSE);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), self->add);
  self->pattern = GTK_EDITABLE (row);
  g_signal_connect_object (row, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "entry-activated", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->add, "clicked", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);

  return row;
}

static GtkWidget *
make_adder (RpLicenceRules *self)
{
  GtkWidget *adder = adw_expander_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (adder), _ ("Add a rule"));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (adder), make_kind (self));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (adder), make_pattern (self));

  return adder;
}

static void
rp_licence_rules_init (RpLicenceRules *self)
{
  GtkWidget *rows = gtk_list_box_new ();
  GtkWidget *adder = make_adder (self);

  self->rows = GTK_LIST_BOX (rows);
  gtk_list_box_set_selection_mode (self->rows, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (rows, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (rows), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Applied by itself"), -1);
  gtk_widget_set_margin_bottom (rows, 12);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Applied by itself"));
  adw_preferences_group_set_description (
    ADW_PREFERENCES_GROUP (self),
    _ ("An article that a rule fits gets this licence when it comes in. Where two licences fit, "
       "you are asked."));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), rows);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), adder);
  rp_names_adopt (GTK_WIDGET (self));
}

void
rp_licence_rules_show (RpLicenceRules *self, RpWorkspace *workspace, RpLicence *licence)
{
  GtkWidget *child;

  g_return_if_fail (RP_IS_LICENCE_RULES (self) && RP_IS_LICENCE (licence));

  g_set_object (&self->workspace, workspace);
  g_set_object (&self->licence, licence);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->rows))) != NULL)
    gtk_list_box_remove (self->rows, child);
  add_rows (self);
  gtk_widget_set_visible (GTK_WIDGET (self->rows),
                          gtk_widget_get_first_child (GTK_WIDGET (self->rows)) != NULL);
  rp_names_adopt (GTK_WIDGET (self->rows));
}
