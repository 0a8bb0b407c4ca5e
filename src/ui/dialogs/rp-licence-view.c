#include "rp-licence-view.h"

#include <glib/gi18n-lib.h>

#include "rp-agreement-documents.h"
#include "rp-json.h"
#include "rp-licence-history.h"
#include "rp-licence-rules.h"
#include "rp-licence-terms.h"
#include "rp-licence-uses.h"
#include "rp-toast.h"

#include <string.h>

struct _RpLicenceView {
  AdwBin parent_instance;

  AdwPreferencesGroup *head;
  GtkWidget *may_group;
  GtkListBox *may;
  GtkWidget *must_group;
  GtkListBox *must;
  GtkWidget *may_not_group;
  GtkListBox *may_not;
  GtkWidget *credit_group;
  GtkLabel *credit;
  AdwViewStack *stack;
  RpLicenceRules *rules;
  RpAgreementDocuments *documents;
  RpLicenceTerms *terms;
  RpLicenceUses *uses;
  RpLicenceHistory *history;

  RpWorkspace *workspace; /* owned */
  RpLicence *licence;     /* owned: what is shown */
};

G_DEFINE_FINAL_TYPE (RpLicenceView, rp_licence_view, ADW_TYPE_BIN)

static GtkWidget *
make_row (const char *words, const char *icon, const char *style)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *image = gtk_image_new_from_icon_name (icon);
  g_autofree char *escaped = g_markup_escape_text (words, -1);

  gtk_widget_add_css_class (image, style);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);

  return row;
}

static void
show_list (GtkListBox *box, GtkWidget *group, GStrv words, const char *icon, const char *style)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_list_box_remove (box, child);
  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    gtk_list_box_append (box, make_row (words[i], icon, style));
  gtk_widget_set_visible (group, words != NULL && words[0] != NULL);
}

/* ---- whose it is ---- */

static char *
dup_parties (RpLicence *licence)
{
  const char *licensor = rp_licence_get (licence, "licensor");
  const char *holder = rp_licence_get (licence, "rights_holder");
  const char *summary = rp_licence_get (licence, "summary");

  if (licensor != NULL && holder != NULL && !g_str_equal (licensor, holder))
    return g_strdup_printf (_ ("%s, for %s."), licensor, holder);
  if (licensor != NULL)
    return g_strdup_printf (_ ("With %s."), licensor);
  if (summary != NULL)
    return g_strdup_printf ("%s.", summary);

  return g_strdup (_ ("A public licence."));
}

static char *
dup_description (RpLicence *licence)
{
  g_autofree char *parties = dup_parties (licence);
  const char *notes = rp_licence_get (licence, "notes");
  g_autoptr (GString) words = g_string_new (parties);

  if (rp_licence_is_builtin (licence)) {
    g_string_append_printf (words, " %s", _ ("It comes with Reprint and cannot be changed."));
  } else {
    g_autofree char *version =
      g_strdup_printf (_ ("Version %d."), (int) rp_licence_get_version (licence));

    g_string_append_printf (words, " %s", version);
  }
  if (notes != NULL)
    g_string_append_printf (words, "\n%s", notes);

  return g_markup_escape_text (words->str, -1);
}

/* ---- documents ---- */

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpLicenceView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RpLicence) licence =
    rp_workspace_save_licence_finish (RP_WORKSPACE (source), result, &error);

  if (licence == NULL)
    rp_toast_show_error (GTK_WIDGET (self), error);
}

static void
documents_changed_cb (RpLicenceView *self)
{
  g_autoptr (JsonObject) profile = rp_json_object_copy (rp_licence_get_profile (self->licence));
  g_autoptr (GError) error = NULL;
  g_autoptr (RpLicence) licence = NULL;

  rp_agreement_documents_write (self->documents, profile);
  licence = rp_licence_new_from_json (profile, &error);
  if (licence != NULL)
    rp_workspace_save_licence_async (self->workspace, licence, NULL, saved_cb, g_object_ref (self));
  else
    rp_toast_show_error (GTK_WIDGET (self), error);
}

/* ---- the credit line ---- */

static const char *
get_template (RpLicence *licence)
{
  JsonObject *profile = rp_licence_get_profile (licence);
  JsonObject *templates = rp_json_get_object (profile, "credit_template");
  const char *const *languages = g_get_language_names ();
  const char *text = NULL;

  if (templates == NULL)
    return rp_json_get_string (profile, "credit_template");
  for (guint i = 0; text == NULL && languages[i] != NULL; i++)
    text = rp_json_get_string (templates, languages[i]);

  return text != NULL ? text : rp_json_get_string (templates, "en");
}

/* ---- the object ---- */

static void
rp_licence_view_dispose (GObject *object)
{
  g_clear_object (&RP_LICENCE_VIEW (object)->workspace);
  g_clear_object (&RP_LICENCE_VIEW (object)->licence);
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RP_TYPE_LICENCE_VIEW);
  G_OBJECT_CLASS (rp_licence_view_parent_class)->dispose (object);
}

static void
rp_licence_view_class_init (RpLicenceViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_licence_view_dispose;
  g_type_ensure (RP_TYPE_AGREEMENT_DOCUMENTS);
  g_type_ensure (RP_TYPE_LICENCE_HISTORY);
  g_type_ensure (RP_TYPE_LICENCE_RULES);
  g_type_ensure (RP_TYPE_LICENCE_TERMS);
  g_type_ensure (RP_TYPE_LICENCE_USES);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/dialogs/rp-licence-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RpLicenceView, head);
  gtk_widget_class_bind_template_child (widget_class, RpLicenceView, may_group);
  gtk_widget_class_bind_template_child (widget_class, RpLicenceView, may);
  gtk_widget_class_bind_template_child (widget_class, RpLicenceView, must_group);
  gtk_widget_class_bind_template_child (widget_class, RpLicenceView, must);
  gtk_widget_class_bind_template_child (widget_class, RpLicenceView, may_not_group);
  gtk_widget_class_bind_template_child (widget_class, RpLicenceView, may_not);
  gtk_widget_class_bind_template_child (widget_class, RpLicenceView, credit_group);
  gtk_widget_class_bind_template_child (widget_class, RpLicenceView, credit);
  gtk_widget_class_bind_template_child (widget_class, RpLicenceView, stack);
  gtk_widget_class_bind_template_child (widget_class, RpLicenceView, rules);
  gtk_widget_class_bind_template_child (widget_class, RpLicenceView, documents);
  gtk_widget_class_bind_template_child (widget_class, RpLicenceView, terms);
  gtk_widget_class_bind_template_child (widget_class, RpLicenceView, uses);
  gtk_widget_class_bind_template_child (widget_class, RpLicenceView, history);
  gtk_widget_class_bind_template_callback (widget_class, documents_changed_cb);
}

static void
rp_licence_view_init (RpLicenceView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_words (RpLicenceView *self, RpLicence *licence)
{
  g_auto (GStrv) may = rp_licence_list_may (licence);
  g_auto (GStrv) must = rp_licence_list_must (licence);
  g_auto (GStrv) may_not = rp_licence_list_may_not (licence);
  g_autofree char *name = g_markup_escape_text (rp_licence_get_name (licence), -1);
  g_autofree char *description = dup_description (licence);
  const char *credit = get_template (licence);

  adw_preferences_group_set_title (self->head, name);
  adw_preferences_group_set_description (self->head, description);
  show_list (self->may, self->may_group, may, "object-select-symbolic", "success");
  show_list (self->must, self->must_group, must, "view-pin-symbolic", "dim-label");
  show_list (self->may_not, self->may_not_group, may_not, "action-unavailable-symbolic", "error");
  gtk_label_set_text (self->credit, credit != NULL ? credit : "");
  gtk_widget_set_visible (self->credit_group, credit != NULL);
}

void
rp_licence_view_set_workspace (RpLicenceView *self, RpWorkspace *workspace)
{
  g_return_if_fail (RP_IS_LICENCE_VIEW (self));

  g_set_object (&self->workspace, workspace);
}

AdwViewStack *
rp_licence_view_get_stack (RpLicenceView *self)
{
  g_return_val_if_fail (RP_IS_LICENCE_VIEW (self), NULL);

  return self->stack;
}

void
rp_licence_view_show (RpLicenceView *self, RpLicence *licence)
{
  JsonObject *profile = rp_licence_get_profile (licence);

  g_set_object (&self->licence, licence);
  show_words (self, licence);
  rp_licence_rules_show (self->rules, self->workspace, licence);
  gtk_widget_set_visible (GTK_WIDGET (self->documents), !rp_licence_is_builtin (licence));
  rp_agreement_documents_fill (self->documents, self->workspace, profile);
  rp_licence_terms_show (self->terms, profile);
  rp_licence_uses_show (self->uses, self->workspace, licence);
  rp_licence_history_show (self->history, self->workspace, licence);
}
