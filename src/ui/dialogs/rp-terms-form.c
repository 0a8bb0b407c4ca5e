#include "rp-terms-form.h"

#include "rp-terms-form-fields.h"

#include <glib/gi18n-lib.h>

typedef struct {
  const RpTermsField *field;
  AdwExpanderRow *group;
  GtkWidget *row;
  GtkWidget *warning;    /* NULL where nothing can be wrong */
  GtkTextBuffer *buffer; /* of lines, else NULL */
  GPtrArray *ids;        /* owned, of a choice: what its entries stand for */
  char *original;        /* owned: the text at first */
} Term;

struct _RpTermsForm {
  AdwPreferencesGroup parent_instance;

  GPtrArray *terms; /* owned, of Term */
  AdwExpanderRow *groups[RP_TERMS_N_GROUPS];
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (RpTermsForm, rp_terms_form, ADW_TYPE_PREFERENCES_GROUP)

enum {
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static const RpTermsChoice truths[] = {{"true", N_ ("Yes")}, {"false", N_ ("No")}, {NULL}};

static void
term_free (gpointer data)
{
  Term *term = data;

  g_clear_pointer (&term->ids, g_ptr_array_unref);
  g_free (term->original);
  g_free (term);
}

/* ---- a row's text ---- */

static char *
get_text (const Term *term)
{
  GtkTextIter start, end;
  guint selected;

  if (term->buffer != NULL) {
    gtk_text_buffer_get_bounds (term->buffer, &start, &end);
    return gtk_text_buffer_get_text (term->buffer, &start, &end, FALSE);
  }
  if (term->ids == NULL)
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (term->row)));
  selected = adw_combo_row_get_selected (ADW_COMBO_ROW (term->row));

  return g_strdup (selected < term->ids->len ? term->ids->pdata[selected] : "");
}

/* A word that is none of the choices stays one of them here. */
static void
select_choice (Term *term, const char *id)
{
  GtkStringList *labels = GTK_STRING_LIST (adw_combo_row_get_model (ADW_COMBO_ROW (term->row)));
  guint position;

  if (!g_ptr_array_find_with_equal_func (term->ids, id, g_str_equal, &position)) {
    position = term->ids->len;
    g_ptr_array_add (term->ids, g_strdup (id));
    gtk_string_list_append (labels, id);
  }
  adw_combo_row_set_selected (ADW_COMBO_ROW (term->row), position);
}

static void
set_text (Term *term, const char *text)
{
  if (term->buffer != NULL)
    gtk_text_buffer_set_text (term->buffer, text, -1);
  else if (term->ids != NULL)
    select_choice (term, text);
  else
    gtk_editable_set_text (GTK_EDITABLE (term->row), text);
}

/* ---- how much is stated ---- */

static void
show_count (RpTermsForm *self, RpTermsGroup group)
{
  g_autofree char *words = NULL;
  guint n = 0;

  for (guint i = 0; i < self->terms->len; i++) {
    const Term *term = self->terms->pdata[i];
    g_autofree char *text = term->field->group == group ? get_text (term) : NULL;

    n += text != NULL && *text != '\0';
  }
  words =
    n == 0
      ? g_strdup (_ ("Nothing stated"))
      : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u term stated", "%u terms stated", n), n);
  adw_expander_row_set_subtitle (self->groups[group], words);
}

static void
changed_cb (RpTermsForm *self)
{
  if (self->filling)
    return;
  for (guint i = 0; i < RP_TERMS_N_GROUPS; i++)
    show_count (self, i);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- rows ---- */

static void
make_choice (RpTermsForm *self, Term *term)
{
  const RpTermsChoice *choices =
    term->field->kind == RP_TERMS_TRUTH ? truths : term->field->choices;
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  term->ids = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (term->ids, g_strdup (""));
  gtk_string_list_append (labels, _ ("Not stated"));
  for (; choices->id != NULL; choices++) {
    g_ptr_array_add (term->ids, g_strdup (choices->id));
    gtk_string_list_append (labels, _ (choices->label));
  }
  term->row = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (term->row), _ (term->field->label));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (term->row), 2);
  adw_combo_row_set_model (ADW_COMBO_ROW (term->row), G_LIST_MODEL (labels));
  g_signal_connect_object (term->row, "notify::selected", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static GtkWidget *
make_warning (void)
{
  GtkWidget *warning = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  gtk_widget_add_css_class (warning, "error");
  gtk_widget_set_visible (warning, FALSE);

  return warning;
}

static void
day_selected_cb (GtkCalendar *calendar, GtkEditable *entry)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (calendar);
  g_autofree char *text = g_date_time_format (day, "%Y-%m-%d");

  gtk_editable_set_text (entry, text);
}

static GtkWidget *
make_calendar_button (GtkWidget *entry)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *calendar = gtk_calendar_new ();

  g_signal_connect_object (calendar, "day-selected", G_CALLBACK (day_selected_cb), entry, 0);
  gtk_popover_set_child (GTK_POPOVER (popover), calendar);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "x-office-calendar-symbolic");
  gtk_widget_set_tooltip_text (button, _ ("Choose a Day"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");

  return button;
}

static void
make_entry (RpTermsForm *self, Term *term)
{
  term->row = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (term->row), _ (term->field->label));
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (term->row), TRUE);
  if (term->field->kind == RP_TERMS_TIME || term->field->kind == RP_TERMS_LAST_DAY)
    adw_entry_row_add_suffix (ADW_ENTRY_ROW (term->row), make_calendar_button (term->row));
  term->warning = make_warning ();
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (term->row), term->warning);
  g_signal_connect_object (term->row, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

static void
make_lines (RpTermsForm *self, Term *term)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new (_ (term->field->label));
  GtkWidget *text = gtk_text_view_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (text), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (text), FALSE);
  gtk_widget_set_size_request (text, -1, 54);
  gtk_widget_add_css_class (text, "inline");
  gtk_accessible_update_property (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (term->field->label), -1);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), text);
  gtk_widget_add_css_class (box, "rp-card");
  term->buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (text));
  term->row = adw_preferences_row_new ();
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (term->row), FALSE);
  gtk_widget_set_focusable (term->row, FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (term->row), box);
  g_signal_connect_object (term->buffer, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
add_term (RpTermsForm *self, const RpTermsField *field)
{
  Term *term = g_new0 (Term, 1);

  term->field = field;
  term->group = self->groups[field->group];
  if (field->choices != NULL || field->kind == RP_TERMS_TRUTH)
    make_choice (self, term);
  else if (field->kind == RP_TERMS_LINES)
    make_lines (self, term);
  else
    make_entry (self, term);
  if (field->hint != NULL)
    gtk_widget_set_tooltip_text (term->row, _ (field->hint));
  adw_expander_row_add_row (term->group, term->row);
  g_ptr_array_add (self->terms, term);
}

/* ---- what is wrong ---- */

static void
mark (Term *term, const GError *error)
{
  if (term->warning == NULL)
    return;
  gtk_widget_set_visible (term->warning, error != NULL);
  gtk_widget_set_tooltip_text (term->warning, error != NULL ? error->message : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (term->warning), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  error != NULL ? error->message : "", -1);
  if (error != NULL)
    gtk_widget_add_css_class (term->row, "error");
  else
    gtk_widget_remove_css_class (term->row, "error");
}

static gboolean
write_term (Term *term, JsonObject *profile, GError **error)
{
  g_autofree char *text = get_text (term);
  g_autoptr (GError) local = NULL;

  if (!g_str_equal (text, term->original))
    rp_terms_field_write (term->field, profile, text, &local);
  mark (term, local);
  if (local == NULL)
    return TRUE;
  if (error != NULL && *error == NULL)
    g_propagate_error (error, g_steal_pointer (&local));

  return FALSE;
}

/* ---- the object ---- */

static void
rp_terms_form_finalize (GObject *object)
{
  g_ptr_array_unref (RP_TERMS_FORM (object)->terms);
  G_OBJECT_CLASS (rp_terms_form_parent_class)->finalize (object);
}

static void
rp_terms_form_class_init (RpTermsFormClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rp_terms_form_finalize;
  signals[CHANGED] = g_signal_new ("changed", RP_TYPE_TERMS_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
rp_terms_form_init (RpTermsForm *self)
{
  guint n;
  const RpTermsField *fields = rp_terms_field_list (&n);

  self->filling = TRUE;
  self->terms = g_ptr_array_new_with_free_func (term_free);
  for (guint i = 0; i < RP_TERMS_N_GROUPS; i++) {
    GtkWidget *group = adw_expander_row_new ();

    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (group), _ (rp_terms_group_titles[i]));
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), group);
    self->groups[i] = ADW_EXPANDER_ROW (group);
  }
  for (guint i = 0; i < n; i++)
    if (!fields[i].everyday)
      add_term (self, &fields[i]);
}

void
rp_terms_form_fill (RpTermsForm *self, JsonObject *profile)
{
  g_return_if_fail (RP_IS_TERMS_FORM (self) && profile != NULL);

  self->filling = TRUE;
  for (guint i = 0; i < self->terms->len; i++) {
    Term *term = self->terms->pdata[i];
    g_autofree char *text = rp_terms_field_read (term->field, profile);

    set_text (term, text);
    g_free (term->original);
    term->original = get_text (term);
  }
  for (guint i = 0; i < RP_TERMS_N_GROUPS; i++)
    show_count (self, i);
  self->filling = FALSE;
}

gboolean
rp_terms_form_write (RpTermsForm *self, JsonObject *profile, GError **error)
{
  gboolean good = TRUE;

  g_return_val_if_fail (RP_IS_TERMS_FORM (self) && profile != NULL, FALSE);

  for (guint i = 0; i < self->terms->len; i++)
    good = write_term (self->terms->pdata[i], profile, error) && good;

  return good;
}

void
rp_terms_form_reveal_error (RpTermsForm *self)
{
  g_return_if_fail (RP_IS_TERMS_FORM (self));

  for (guint i = 0; i < self->terms->len; i++) {
    Term *term = self->terms->pdata[i];

    if (term->warning == NULL || !gtk_widget_get_visible (term->warning))
      continue;
    adw_expander_row_set_expanded (term->group, TRUE);
    gtk_widget_grab_focus (term->row);
    return;
  }
}
