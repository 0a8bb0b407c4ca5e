#include "rp-language-row.h"

#include <glib/gi18n-lib.h>

#include "rp-languages.h"
#include "rp-locale-id.h"
#include "rp-names.h"

struct _RpLanguageRow {
  AdwActionRow parent_instance;

  GtkPopover *popover;
  GtkEditable *search;
  GtkScrolledWindow *scroller;
  GtkListBox *list;

  char *language;       /* owned, NULL = not known */
  GPtrArray *languages; /* owned, of RpLanguage; NULL until they are asked for */
  GPtrArray *likely;    /* owned, of char *: as rp_locale_id_new says */
  char *wanted;         /* owned: what is searched for, case folded; NULL = nothing */
};

G_DEFINE_FINAL_TYPE (RpLanguageRow, rp_language_row, ADW_TYPE_ACTION_ROW)

enum {
  CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static const RpLanguage *
get_language (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "rp-language");
}

/* ---- the likely ones ---- */

static void
add_likely (RpLanguageRow *self, const char *language)
{
  g_autofree char *id = rp_locale_id_new (language);

  if (*id != '\0' && !g_ptr_array_find_with_equal_func (self->likely, id, g_str_equal, NULL))
    g_ptr_array_add (self->likely, g_steal_pointer (&id));
}

static void
collect_likely (RpLanguageRow *self)
{
  g_auto (GStrv) own = rp_languages_list_own ();

  g_ptr_array_set_size (self->likely, 0);
  add_likely (self, self->language);
  for (guint i = 0; own[i] != NULL; i++)
    add_likely (self, own[i]);
}

/* How likely it is, 0 the most; the same for all that are not. */
static guint
get_rank (RpLanguageRow *self, GtkListBoxRow *row)
{
  const char *id = get_language (row)->id;
  guint at;

  return g_ptr_array_find_with_equal_func (self->likely, id, g_str_equal, &at) ? at
                                                                               : self->likely->len;
}

/* ---- the list ---- */

/* Of what is found: those that begin so come first, then those of no country. */
static guint
get_found_rank (RpLanguageRow *self, const RpLanguage *language)
{
  g_autofree char *own = g_strconcat ("\n", self->wanted, NULL);
  gboolean begins =
    g_str_has_prefix (language->words, self->wanted) || strstr (language->words, own) != NULL;

  return (begins ? 0 : 2) + (language->regional ? 1 : 0);
}

static int
compare_cb (GtkListBoxRow *a, GtkListBoxRow *b, gpointer user_data)
{
  RpLanguageRow *self = user_data;
  const RpLanguage *one = get_language (a), *other = get_language (b);
  guint first = self->wanted != NULL ? get_found_rank (self, one) : get_rank (self, a);
  guint second = self->wanted != NULL ? get_found_rank (self, other) : get_rank (self, b);

  return first != second ? (first < second ? -1 : 1) : g_utf8_collate (one->name, other->name);
}

static gboolean
filter_cb (GtkListBoxRow *row, gpointer user_data)
{
  RpLanguageRow *self = user_data;
  const RpLanguage *language = get_language (row);

  if (self->wanted != NULL)
    return strstr (language->words, self->wanted) != NULL;

  return !language->regional || get_rank (self, row) < self->likely->len;
}

static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  RpLanguageRow *self = user_data;
  gboolean first = self->wanted == NULL && before != NULL &&
                   get_rank (self, row) == self->likely->len &&
                   get_rank (self, before) < self->likely->len;

  gtk_list_box_row_set_header (row, first ? gtk_separator_new (GTK_ORIENTATION_HORIZONTAL) : NULL);
}

static void
add_row (RpLanguageRow *self, RpLanguage *language)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (language->name);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_margin_top (label, 6);
  gtk_widget_set_margin_bottom (label, 6);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  language->name, -1);
  g_object_set_data (G_OBJECT (row), "rp-language", language);
  gtk_list_box_append (self->list, row);
}

static void
fill (RpLanguageRow *self)
{
  self->languages = rp_languages_list ();
  for (guint i = 0; i < self->languages->len; i++)
    add_row (self, self->languages->pdata[i]);
  gtk_list_box_set_sort_func (self->list, compare_cb, self, NULL);
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
  gtk_list_box_set_header_func (self->list, header_cb, self, NULL);
}

static void
opened_cb (RpLanguageRow *self)
{
  collect_likely (self);
  gtk_editable_set_text (self->search, "");
  if (self->languages == NULL)
    fill (self);
  else
    gtk_list_box_invalidate_sort (self->list);
  gtk_list_box_invalidate_filter (self->list);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
searched_cb (RpLanguageRow *self)
{
  g_autofree char *words = g_utf8_casefold (gtk_editable_get_text (self->search), -1);

  g_free (self->wanted);
  self->wanted = *g_strstrip (words) != '\0' ? g_steal_pointer (&words) : NULL;
  gtk_list_box_invalidate_sort (self->list);
  gtk_list_box_invalidate_filter (self->list);
}

/* ---- choosing ---- */

static void
choose_cb (RpLanguageRow *self, GtkListBoxRow *row)
{
  const RpLanguage *language = get_language (row);
  g_autofree char *before = rp_locale_id_new (self->language);

  gtk_popover_popdown (self->popover);
  if (!g_str_equal (before, language->id))
    g_signal_emit (self, signals[CHOSEN], 0, language->tag);
}

/* The search itself waits for a pause in the typing. */
static void
choose_first_cb (RpLanguageRow *self)
{
  GtkListBoxRow *row;

  searched_cb (self);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (gtk_widget_get_child_visible (GTK_WIDGET (row))) {
      choose_cb (self, row);
      return;
    }
}

static void
stop_cb (RpLanguageRow *self)
{
  gtk_popover_popdown (self->popover);
}

/* ---- the widget ---- */

static void
rp_language_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), RP_TYPE_LANGUAGE_ROW);
  G_OBJECT_CLASS (rp_language_row_parent_class)->dispose (object);
}

static void
rp_language_row_finalize (GObject *object)
{
  RpLanguageRow *self = RP_LANGUAGE_ROW (object);

  g_free (self->language);
  g_free (self->wanted);
  g_clear_pointer (&self->languages, g_ptr_array_unref);
  g_ptr_array_unref (self->likely);
  G_OBJECT_CLASS (rp_language_row_parent_class)->finalize (object);
}

static void
rp_language_row_class_init (RpLanguageRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_language_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = rp_language_row_finalize;
  signals[CHOSEN] = g_signal_new ("chosen", RP_TYPE_LANGUAGE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/rows/rp-language-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RpLanguageRow, popover);
  gtk_widget_class_bind_template_child (widget_class, RpLanguageRow, search);
  gtk_widget_class_bind_template_child (widget_class, RpLanguageRow, scroller);
  gtk_widget_class_bind_template_child (widget_class, RpLanguageRow, list);
  gtk_widget_class_bind_template_callback (widget_class, opened_cb);
  gtk_widget_class_bind_template_callback (widget_class, searched_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_first_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
}

static void
rp_language_row_init (RpLanguageRow *self)
{
  self->likely = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  rp_names_adopt (GTK_WIDGET (self));
}

void
rp_language_row_show (RpLanguageRow *self, const char *language)
{
  g_autofree char *name = rp_languages_dup_name (language);
  g_autofree char *escaped = g_markup_escape_text (name != NULL ? name : _ ("Not known"), -1);

  g_return_if_fail (RP_IS_LANGUAGE_ROW (self));

  g_free (self->language);
  self->language = g_strdup (language);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), escaped);
}
