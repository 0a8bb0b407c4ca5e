#include "rp-licence-terms.h"

#include <glib/gi18n-lib.h>

#include "rp-json.h"
#include "rp-names.h"
#include "rp-terms-form-fields.h"

struct _RpLicenceTerms {
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (RpLicenceTerms, rp_licence_terms, ADW_TYPE_BIN)

static GtkWidget *
make_row (const char *label, const char *words)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = g_markup_escape_text (label, -1);
  g_autofree char *subtitle = g_markup_escape_text (words, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);

  return row;
}

static GtkWidget *
make_group (JsonObject *profile, RpTermsGroup kind)
{
  GtkWidget *group = NULL;
  guint n;
  const RpTermsField *fields = rp_terms_field_list (&n);

  for (guint i = 0; i < n; i++) {
    g_autofree char *words =
      fields[i].group == kind ? rp_terms_field_describe (&fields[i], profile) : NULL;

    if (words == NULL)
      continue;
    if (group == NULL) {
      group = adw_preferences_group_new ();
      adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group),
                                       _ (rp_terms_group_titles[kind]));
    }
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               make_row (_ (fields[i].label), words));
  }

  return group;
}

/* Members that the book itself needs, or that are shown elsewhere. */
static gboolean
is_inner (const char *member)
{
  static const char *const inner[] = {"id",       "version",   "builtin", "based_on",
                                      "abstract", "same_as",   "ports",   "template",
                                      "match",    "documents", NULL};

  return g_strv_contains (inner, member) || rp_terms_member_label (member) != NULL;
}

/* What came with an import and has no words here is shown as it stands. */
static GtkWidget *
make_rest (JsonObject *profile)
{
  g_autoptr (GList) members = json_object_get_members (profile);
  GtkWidget *group = NULL;

  for (GList *member = members; member != NULL; member = member->next) {
    JsonNode *node = rp_json_get (profile, member->data);
    g_autofree char *text = NULL;

    if (node == NULL || is_inner (member->data))
      continue;
    if (group == NULL) {
      group = adw_preferences_group_new ();
      adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Also on record"));
    }
    text = JSON_NODE_HOLDS_VALUE (node) ? rp_json_dup_text (profile, member->data) : NULL;
    if (text == NULL)
      text = json_to_string (node, TRUE);
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_row (member->data, text));
  }

  return group;
}

static void
rp_licence_terms_class_init (RpLicenceTermsClass *klass)
{
}

static void
rp_licence_terms_init (RpLicenceTerms *self)
{
}

void
rp_licence_terms_show (RpLicenceTerms *self, JsonObject *profile)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *rest;

  g_return_if_fail (RP_IS_LICENCE_TERMS (self) && profile != NULL);

  for (guint i = 0; i < RP_TERMS_N_GROUPS; i++) {
    GtkWidget *group = make_group (profile, i);

    if (group != NULL)
      adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  }
  rest = make_rest (profile);
  if (rest != NULL)
    adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (rest));
  adw_bin_set_child (ADW_BIN (self), page);
}

static void
add_close_key (GtkWidget *window)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (controller),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                      gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, controller);
}

void
rp_licence_terms_present (GtkWindow *parent, const char *title, JsonObject *profile)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  RpLicenceTerms *terms = g_object_new (RP_TYPE_LICENCE_TERMS, "vexpand", TRUE, NULL);

  g_return_if_fail (profile != NULL);

  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (terms));
  rp_licence_terms_show (terms, profile);
  adw_window_set_content (ADW_WINDOW (window), box);
  add_close_key (window);
  gtk_window_set_title (GTK_WINDOW (window), title);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 520, 680);
  rp_names_adopt (window);
  gtk_window_present (GTK_WINDOW (window));
}
