#include "rp-clash-dialog.h"

#include <glib/gi18n-lib.h>

#include "rp-compare-page.h"
#include "rp-help.h"
#include "rp-languages.h"
#include "rp-names.h"
#include "rp-web.h"

struct _RpClashDialog {
  AdwWindow parent_instance;

  AdwBin *slot;
  AdwPreferencesGroup *fields;

  RpClashChosen chosen;
  GObject *owner;   /* owned */
  GPtrArray *names; /* owned, of char *: the fields */
  GPtrArray *mine;  /* owned, of GtkToggleButton, not owned: of each field */
};

G_DEFINE_FINAL_TYPE (RpClashDialog, rp_clash_dialog, ADW_TYPE_WINDOW)

static const struct {
  const char *field;
  const char *title;
} titles[] = {
  {"headline", N_ ("Headline")}, {"subheadline", N_ ("Standfirst")}, {"authors", N_ ("Byline")},
  {"body_html", N_ ("Text")},    {"images", N_ ("Pictures")},        {"language", N_ ("Language")},
};

static const char *
get_title (const char *field)
{
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_str_equal (titles[i].field, field))
      return _ (titles[i].title);

  return field;
}

static void
save_cb (RpClashDialog *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) mine = NULL;

  for (guint i = 0; i < self->names->len; i++)
    if (gtk_toggle_button_get_active (self->mine->pdata[i]))
      g_strv_builder_add (builder, self->names->pdata[i]);
  mine = g_strv_builder_end (builder);
  self->chosen ((const char *const *) mine, self->owner);
  gtk_window_close (GTK_WINDOW (self));
}

/* ---- what the two say ---- */

static char *
dup_value (RpArticle *article, const char *field)
{
  if (g_str_equal (field, "headline"))
    return g_strdup (rp_article_get (article, RP_ARTICLE_HEADLINE));
  if (g_str_equal (field, "subheadline"))
    return g_strdup (rp_article_get (article, RP_ARTICLE_SUBHEADLINE));
  if (g_str_equal (field, "authors"))
    return rp_article_dup_byline (article);
  if (g_str_equal (field, "language"))
    return rp_languages_dup_name (rp_article_get (article, RP_ARTICLE_LANGUAGE));

  return NULL;
}

static char *
dup_subtitle (RpArticle *mine, RpArticle *theirs, const char *field)
{
  g_autofree char *first = dup_value (mine, field);
  g_autofree char *second = dup_value (theirs, field);

  if (g_str_equal (field, "body_html") || g_str_equal (field, "images"))
    return NULL;

  return g_strdup_printf (_ ("Yours: “%s”. Theirs: “%s”."), first != NULL ? first : "",
                          second != NULL ? second : "");
}

static GtkWidget *
make_toggle (const char *label, const char *name)
{
  GtkWidget *toggle = gtk_toggle_button_new_with_label (label);

  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return toggle;
}

static void
add_field (RpClashDialog *self, RpArticle *mine, RpArticle *theirs, const char *field)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *both = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  /* Translators: headline, text … */
  g_autofree char *keep_words = g_strdup_printf (_ ("%s: keep yours"), get_title (field));
  g_autofree char *take_words = g_strdup_printf (_ ("%s: take theirs"), get_title (field));
  GtkWidget *keep = make_toggle (_ ("Yours"), keep_words);
  GtkWidget *take = make_toggle (_ ("Theirs"), take_words);
  g_autofree char *subtitle = dup_subtitle (mine, theirs, field);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), get_title (field));
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (take), GTK_TOGGLE_BUTTON (keep));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (keep), TRUE);
  gtk_widget_add_css_class (both, "linked");
  gtk_widget_set_valign (both, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (both), keep);
  gtk_box_append (GTK_BOX (both), take);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), both);
  adw_preferences_group_add (self->fields, row);
  g_ptr_array_add (self->names, g_strdup (field));
  g_ptr_array_add (self->mine, keep);
}

static void
show_both (RpClashDialog *self, RpWorkspace *workspace, RpArticle *mine, RpArticle *theirs)
{
  g_autoptr (RpComparison) comparison = rp_comparison_new (theirs, mine);
  const RpCompareHeads heads = {
    .before = _ ("Theirs, in the library"),
    .after = _ ("Yours, as you typed it"),
    .language = rp_article_get (mine, RP_ARTICLE_LANGUAGE),
  };
  g_autofree char *page = rp_compare_page_build (comparison, &heads, FALSE);
  GtkWidget *view = rp_web_view_new (workspace, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Their version and yours, compared"), -1);
  adw_bin_set_child (self->slot, view);
  rp_web_view_show (view, page);
}

/* ---- the window ---- */

static void
rp_clash_dialog_dispose (GObject *object)
{
  RpClashDialog *self = RP_CLASH_DIALOG (object);

  g_clear_object (&self->owner);
  gtk_widget_dispose_template (GTK_WIDGET (object), RP_TYPE_CLASH_DIALOG);
  G_OBJECT_CLASS (rp_clash_dialog_parent_class)->dispose (object);
}

static void
rp_clash_dialog_finalize (GObject *object)
{
  g_ptr_array_unref (RP_CLASH_DIALOG (object)->names);
  g_ptr_array_unref (RP_CLASH_DIALOG (object)->mine);
  G_OBJECT_CLASS (rp_clash_dialog_parent_class)->finalize (object);
}

static void
rp_clash_dialog_class_init (RpClashDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_clash_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = rp_clash_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/dialogs/rp-clash-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RpClashDialog, slot);
  gtk_widget_class_bind_template_child (widget_class, RpClashDialog, fields);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
rp_clash_dialog_init (RpClashDialog *self)
{
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->mine = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  rp_help_set_page (GTK_WINDOW (self), "shared-library");
}

void
rp_clash_dialog_present (GtkWindow *parent,
                         RpWorkspace *workspace,
                         RpArticle *mine,
                         RpArticle *theirs,
                         const char *const *fields,
                         RpClashChosen chosen,
                         GObject *owner)
{
  RpClashDialog *self;

  g_return_if_fail (RP_IS_WORKSPACE (workspace) && fields != NULL && chosen != NULL);

  self = g_object_new (RP_TYPE_CLASH_DIALOG, "transient-for", parent, NULL);
  self->chosen = chosen;
  self->owner = g_object_ref (owner);
  show_both (self, workspace, mine, theirs);
  for (guint i = 0; fields[i] != NULL; i++)
    add_field (self, mine, theirs, fields[i]);
  rp_names_adopt (GTK_WIDGET (self));
  gtk_window_present (GTK_WINDOW (self));
}
