#include "rp-agreement-dialog.h"

#include <glib/gi18n-lib.h>

#include "rp-agreement-documents.h"
#include "rp-agreement-form.h"
#include "rp-help.h"
#include "rp-json.h"
#include "rp-names.h"
#include "rp-terms-form.h"
#include "rp-text.h"
#include "rp-time.h"
#include "rp-toast.h"

struct _RpAgreementDialog {
  AdwWindow parent_instance;

  GtkWidget *save;
  GtkEditable *entries[RP_AGREEMENT_N_WORDS];
  GtkSwitch *changes[RP_AGREEMENT_N_CHANGES];
  GtkSwitch *places[RP_AGREEMENT_N_CHANNELS];
  AdwExpanderRow *channels;
  AdwComboRow *permission;
  GtkMenuButton *ends;
  GtkPopover *ends_popover;
  GtkCalendar *calendar;
  GtkSpinButton *hour;
  GtkSpinButton *minute;
  GtkSwitch *paywall;
  AdwComboRow *commercial;
  RpTermsForm *terms;
  RpAgreementDocuments *documents;
  GtkLabel *preview;

  RpWorkspace *workspace; /* owned */
  JsonObject *profile;    /* owned: as it was */
  RpArticle *article;     /* owned: whose credit line is shown */
  GObject *owner;         /* owned */
  RpAgreementCallback callback;
  GDateTime *end; /* owned: the last moment, NULL = none */
  gboolean end_changed;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (RpAgreementDialog, rp_agreement_dialog, ADW_TYPE_WINDOW)

static const char *const permissions[] = {"yes", "ask", "no", NULL};
static const char *const commerce[] = {"", "allow", "no-direct-sale", "deny", NULL};

static guint
find_word (const char *const *words, const char *word)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_equal (words[i], word))
      return i;

  return 0;
}

/* ---- what the form says ---- */

static void
read_form (RpAgreementDialog *self, RpAgreementForm *form)
{
  for (guint i = 0; i < RP_AGREEMENT_N_WORDS; i++)
    form->words[i] = gtk_editable_get_text (self->entries[i]);
  for (guint i = 0; i < RP_AGREEMENT_N_CHANGES; i++)
    form->changes[i] = gtk_switch_get_active (self->changes[i]);
  for (guint i = 0; i < RP_AGREEMENT_N_CHANNELS; i++)
    form->channels[i] = gtk_switch_get_active (self->places[i]);
  form->some_channels = adw_expander_row_get_enable_expansion (self->channels);
  form->permission = permissions[MIN (adw_combo_row_get_selected (self->permission), 2)];
  form->end = self->end;
  form->end_changed = self->end_changed;
  form->paywall = gtk_switch_get_active (self->paywall);
  form->commercial = commerce[MIN (adw_combo_row_get_selected (self->commercial), 3)];
}

/* Gives, also with an error: then without what could not be understood. */
static JsonObject *
make_profile (RpAgreementDialog *self, GError **error)
{
  RpAgreementForm form = {0};
  JsonObject *profile;

  read_form (self, &form);
  profile = rp_agreement_form_to_profile (&form, self->profile, self->article);
  rp_terms_form_write (self->terms, profile, error);
  rp_agreement_documents_write (self->documents, profile);

  return profile;
}

static void
show_preview (RpAgreementDialog *self)
{
  g_autoptr (JsonObject) profile = make_profile (self, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RpLicence) licence = rp_licence_new_from_json (profile, &error);
  g_autofree char *credit =
    licence != NULL ? rp_licence_build_credit (licence, self->article) : NULL;

  if (licence == NULL)
    gtk_label_set_text (self->preview, error->message);
  else
    gtk_label_set_text (self->preview, credit != NULL ? credit : _ ("No credit line."));
}

static void
changed_cb (RpAgreementDialog *self)
{
  if (self->filling)
    return;
  gtk_widget_set_sensitive (
    self->save, !rp_text_is_empty (gtk_editable_get_text (self->entries[RP_AGREEMENT_NAME])) &&
                  !rp_text_is_empty (gtk_editable_get_text (self->entries[RP_AGREEMENT_LICENSOR])));
  show_preview (self);
}

/* ---- the end ---- */

static void
show_end (RpAgreementDialog *self)
{
  gint64 instant = self->end != NULL ? g_date_time_to_unix (self->end) * G_USEC_PER_SEC : 0;
  gboolean whole_day = self->end != NULL && g_date_time_get_hour (self->end) == 23 &&
                       g_date_time_get_minute (self->end) == 59;
  g_autofree char *words = self->end == NULL ? g_strdup (_ ("No end"))
                           : whole_day       ? rp_time_format_date (instant)
                                             : rp_time_format_long (instant);

  gtk_menu_button_set_label (self->ends, words);
}

static void
end_chosen_cb (RpAgreementDialog *self)
{
  g_autoptr (GDateTime) day = NULL;

  if (self->filling)
    return;
  day = gtk_calendar_get_date (self->calendar);
  g_clear_pointer (&self->end, g_date_time_unref);
  self->end = g_date_time_new_local (g_date_time_get_year (day), g_date_time_get_month (day),
                                     g_date_time_get_day_of_month (day),
                                     gtk_spin_button_get_value_as_int (self->hour),
                                     gtk_spin_button_get_value_as_int (self->minute), 0);
  self->end_changed = TRUE;
  show_end (self);
  changed_cb (self);
}

static gboolean
output_cb (GtkSpinButton *button)
{
  g_autofree char *text = g_strdup_printf ("%02d", gtk_spin_button_get_value_as_int (button));

  gtk_editable_set_text (GTK_EDITABLE (button), text);

  return TRUE;
}

static void
no_end_cb (RpAgreementDialog *self)
{
  g_clear_pointer (&self->end, g_date_time_unref);
  self->end_changed = TRUE;
  gtk_popover_popdown (self->ends_popover);
  show_end (self);
  changed_cb (self);
}

/* ---- saving ---- */

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpAgreementDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RpLicence) licence =
    rp_workspace_save_licence_finish (RP_WORKSPACE (source), result, &error);

  if (licence == NULL) {
    gtk_widget_set_sensitive (self->save, TRUE);
    rp_toast_show_error (GTK_WIDGET (self->preview), error);
    return;
  }
  if (self->callback != NULL)
    self->callback (licence, self->owner);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
save_cb (RpAgreementDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) profile = make_profile (self, &error);
  g_autoptr (RpLicence) licence = error == NULL ? rp_licence_new_from_json (profile, &error) : NULL;

  if (licence == NULL) {
    rp_terms_form_reveal_error (self->terms);
    rp_toast_show_error (GTK_WIDGET (self->preview), error);
    return;
  }
  gtk_widget_set_sensitive (self->save, FALSE);
  rp_workspace_save_licence_async (self->workspace, licence, NULL, saved_cb, g_object_ref (self));
}

/* ---- filling the form ---- */

static void
fill_end (RpAgreementDialog *self)
{
  gint64 instant =
    rp_time_instant (self->profile != NULL ? rp_json_get_string (self->profile, "expires") : NULL);

  if (instant != RP_TIME_NONE) {
    self->end = g_date_time_new_from_unix_local (instant / G_USEC_PER_SEC);
    gtk_calendar_select_day (self->calendar, self->end);
  }
  gtk_spin_button_set_value (self->hour, self->end != NULL ? g_date_time_get_hour (self->end) : 23);
  gtk_spin_button_set_value (self->minute,
                             self->end != NULL ? g_date_time_get_minute (self->end) : 59);
  show_end (self);
}

static void
fill (RpAgreementDialog *self)
{
  RpAgreementForm form = {0};
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);

  rp_agreement_form_from_profile (&form, self->profile, self->article, kept);
  self->filling = TRUE;
  for (guint i = 0; i < RP_AGREEMENT_N_WORDS; i++)
    gtk_editable_set_text (self->entries[i], form.words[i]);
  for (guint i = 0; i < RP_AGREEMENT_N_CHANGES; i++)
    gtk_switch_set_active (self->changes[i], form.changes[i]);
  for (guint i = 0; i < RP_AGREEMENT_N_CHANNELS; i++)
    gtk_switch_set_active (self->places[i], form.channels[i]);
  adw_expander_row_set_enable_expansion (self->channels, form.some_channels);
  adw_expander_row_set_expanded (self->channels, form.some_channels);
  adw_combo_row_set_selected (self->permission, find_word (permissions, form.permission));
  gtk_switch_set_active (self->paywall, form.paywall);
  adw_combo_row_set_selected (self->commercial, find_word (commerce, form.commercial));
  rp_terms_form_fill (self->terms, self->profile);
  rp_agreement_documents_fill (self->documents, self->workspace, self->profile);
  fill_end (self);
  self->filling = FALSE;
  changed_cb (self);
}

/* ---- the object ---- */

static void
rp_agreement_dialog_dispose (GObject *object)
{
  RP_AGREEMENT_DIALOG (object)->filling = TRUE; /* nothing that changes from now on counts */
  gtk_widget_dispose_template (GTK_WIDGET (object), RP_TYPE_AGREEMENT_DIALOG);
  G_OBJECT_CLASS (rp_agreement_dialog_parent_class)->dispose (object);
}

static void
rp_agreement_dialog_finalize (GObject *object)
{
  RpAgreementDialog *self = RP_AGREEMENT_DIALOG (object);

  g_clear_object (&self->workspace);
  g_clear_pointer (&self->profile, json_object_unref);
  g_clear_object (&self->article);
  g_clear_object (&self->owner);
  g_clear_pointer (&self->end, g_date_time_unref);
  G_OBJECT_CLASS (rp_agreement_dialog_parent_class)->finalize (object);
}

static void
bind_member (GtkWidgetClass *widget_class, const char *name, gssize offset)
{
  gtk_widget_class_bind_template_child_full (widget_class, name, FALSE, offset);
}

static void
bind_members (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < RP_AGREEMENT_N_WORDS; i++)
    bind_member (widget_class, rp_agreement_words[i].id,
                 G_STRUCT_OFFSET (RpAgreementDialog, entries) + i * sizeof (gpointer));
  for (guint i = 0; i < RP_AGREEMENT_N_CHANGES; i++)
    bind_member (widget_class, rp_agreement_changes[i].id,
                 G_STRUCT_OFFSET (RpAgreementDialog, changes) + i * sizeof (gpointer));
  for (guint i = 0; i < RP_AGREEMENT_N_CHANNELS; i++)
    bind_member (widget_class, rp_agreement_channels[i].id,
                 G_STRUCT_OFFSET (RpAgreementDialog, places) + i * sizeof (gpointer));
}

static void
rp_agreement_dialog_class_init (RpAgreementDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_agreement_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = rp_agreement_dialog_finalize;
  g_type_ensure (RP_TYPE_AGREEMENT_DOCUMENTS);
  g_type_ensure (RP_TYPE_TERMS_FORM);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/app/reprint/Reprint/dialogs/rp-agreement-dialog.ui");
  bind_members (widget_class);
  gtk_widget_class_bind_template_child (widget_class, RpAgreementDialog, save);
  gtk_widget_class_bind_template_child (widget_class, RpAgreementDialog, channels);
  gtk_widget_class_bind_template_child (widget_class, RpAgreementDialog, permission);
  gtk_widget_class_bind_template_child (widget_class, RpAgreementDialog, ends);
  gtk_widget_class_bind_template_child (widget_class, RpAgreementDialog, ends_popover);
  gtk_widget_class_bind_template_child (widget_class, RpAgreementDialog, calendar);
  gtk_widget_class_bind_template_child (widget_class, RpAgreementDialog, hour);
  gtk_widget_class_bind_template_child (widget_class, RpAgreementDialog, minute);
  gtk_widget_class_bind_template_child (widget_class, RpAgreementDialog, paywall);
  gtk_widget_class_bind_template_child (widget_class, RpAgreementDialog, commercial);
  gtk_widget_class_bind_template_child (widget_class, RpAgreementDialog, terms);
  gtk_widget_class_bind_template_child (widget_class, RpAgreementDialog, documents);
  gtk_widget_class_bind_template_child (widget_class, RpAgreementDialog, preview);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, end_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, no_end_cb);
  gtk_widget_class_bind_template_callback (widget_class, output_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
rp_agreement_dialog_init (RpAgreementDialog *self)
{
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  rp_help_set_page (GTK_WINDOW (self), "licences");
  rp_names_adopt (GTK_WIDGET (self));
}

void
rp_agreement_dialog_present (GtkWindow *parent,
                             RpWorkspace *workspace,
                             JsonObject *profile,
                             RpArticle *article,
                             RpAgreementCallback callback,
                             GObject *owner)
{
  RpAgreementDialog *self = g_object_new (RP_TYPE_AGREEMENT_DIALOG, "transient-for", parent, NULL);

  self->workspace = g_object_ref (workspace);
  self->profile = profile != NULL ? rp_json_object_copy (profile) : json_object_new ();
  self->article = article != NULL ? rp_article_copy (article) : rp_article_new ();
  self->callback = callback;
  self->owner = owner != NULL ? g_object_ref (owner) : NULL;
  gtk_window_set_title (
    GTK_WINDOW (self), rp_json_get_int (self->profile, "version", 0) > 1 ||
                           rp_licence_book_lookup (rp_workspace_get_book (workspace),
                                                   rp_json_get_string (self->profile, "id")) != NULL
                         ? _ ("Edit Agreement")
                         : _ ("New Agreement"));
  fill (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->save); /* Return is enough when the draft is right */
}
