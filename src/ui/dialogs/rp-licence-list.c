#include "rp-licence-list.h"

#include <glib/gi18n-lib.h>

#include "rp-time.h"

#include <string.h>

#define LICENCE_KEY "rp-licence"

struct _RpLicenceList {
  AdwBin parent_instance;

  GtkSearchEntry *search;
  GtkListBox *rows;

  RpLicenceBook *book; /* owned */
  char *wanted;        /* owned: id of what a person chose, also while it is not there */
  gboolean rebuilding;
};

G_DEFINE_FINAL_TYPE (RpLicenceList, rp_licence_list, ADW_TYPE_BIN)

enum {
  SELECTED,
  ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static RpLicence *
get_licence (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), LICENCE_KEY);
}

static void
selected_cb (RpLicenceList *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->rows);

  if (self->book == NULL || self->rebuilding) /* not while it is being taken apart */
    return;
  if (row != NULL) {
    g_free (self->wanted);
    self->wanted = g_strdup (rp_licence_get_id (get_licence (row)));
  }
  g_signal_emit (self, signals[SELECTED], 0);
}

static void
activated_cb (RpLicenceList *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

/* ---- searching ---- */

static gboolean
holds (const char *text, const char *words)
{
  g_autofree char *folded = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return folded != NULL && strstr (folded, words) != NULL;
}

static gboolean
fits (GtkListBoxRow *row, gpointer user_data)
{
  RpLicenceList *self = user_data;
  RpLicence *licence = get_licence (row);
  g_autofree char *words =
    g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);

  return holds (rp_licence_get_name (licence), words) ||
         holds (rp_licence_get (licence, "licensor"), words) ||
         holds (rp_licence_get (licence, "rights_holder"), words) ||
         holds (rp_licence_get (licence, "summary"), words) ||
         holds (rp_licence_get_spdx (licence), words) ||
         holds (rp_licence_get_url (licence), words);
}

static GtkListBoxRow *
find_first_shown (RpLicenceList *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->rows, i)) != NULL; i++)
    if (gtk_widget_get_child_visible (GTK_WIDGET (row)))
      return row;

  return NULL;
}

/* What is selected can always be seen. */
static void
search_cb (RpLicenceList *self)
{
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->rows);

  gtk_list_box_invalidate_filter (self->rows);
  if (selected == NULL || !gtk_widget_get_child_visible (GTK_WIDGET (selected)))
    gtk_list_box_select_row (self->rows, find_first_shown (self));
}

/* ---- rows ---- */

static char *
dup_subtitle (RpLicence *licence)
{
  const char *summary = rp_licence_get (licence, "summary");
  const char *licensor = rp_licence_get (licence, "licensor");
  gint64 end = rp_time_instant (rp_licence_get_terms (licence)->expires);
  g_autofree char *day = end != RP_TIME_NONE ? rp_time_format_date (end) : NULL;

  if (licensor == NULL)
    return g_strdup (summary);
  if (day == NULL)
    return g_strdup_printf (_ ("%s, no end"), licensor);

  return g_strdup_printf (end > rp_time_now () ? _ ("%s, until %s") : _ ("%s, ended %s"), licensor,
                          day);
}

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);

  return label;
}

static GtkWidget *
make_row (gpointer item, gpointer user_data)
{
  RpLicence *licence = item;
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *subtitle = dup_subtitle (licence);

  gtk_box_append (GTK_BOX (box), make_label (rp_licence_get_name (licence), NULL));
  if (subtitle != NULL) {
    GtkWidget *label = make_label (subtitle, "caption");

    gtk_widget_add_css_class (label, "dim-label");
    gtk_box_append (GTK_BOX (box), label);
  }
  gtk_widget_add_css_class (row, "rp-book-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), LICENCE_KEY, g_object_ref (licence), g_object_unref);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  rp_licence_get_name (licence), -1);

  return row;
}

static const char *
get_section (GtkListBoxRow *row)
{
  RpLicence *licence = get_licence (row);

  if (!rp_licence_is_builtin (licence))
    return _ ("Agreements");
  if (rp_licence_get_terms (licence)->is_template)
    return _ ("Templates");
  if (rp_licence_is_public_domain (licence))
    return _ ("Public Domain");
  if (rp_licence_is_creative_commons_by (licence))
    return _ ("Creative Commons");

  return _ ("Other Licences");
}

static void
show_section (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  const char *section = get_section (row);
  GtkWidget *header;

  if (before != NULL && g_str_equal (section, get_section (before))) {
    gtk_list_box_row_set_header (row, NULL);
    return;
  }
  header = make_label (section, "caption-heading");
  gtk_widget_add_css_class (header, "dim-label");
  gtk_widget_set_margin_start (header, 12);
  gtk_widget_set_margin_top (header, 9);
  gtk_widget_set_margin_bottom (header, 3);
  gtk_list_box_row_set_header (row, header);
}

static int
rank (GtkListBoxRow *row)
{
  RpLicence *licence = get_licence (row);

  if (!rp_licence_is_builtin (licence))
    return 0;
  if (rp_licence_get_terms (licence)->is_template)
    return 4;
  if (rp_licence_is_public_domain (licence))
    return 2;

  return rp_licence_is_creative_commons_by (licence) ? 1 : 3;
}

/* Newer versions of a public licence come before older ones. */
static int
compare (GtkListBoxRow *a, GtkListBoxRow *b, gpointer user_data)
{
  int difference = rank (a) - rank (b);
  int version;

  if (difference != 0)
    return difference;
  version = rp_licence_get_terms (get_licence (b))->creative_commons.version -
            rp_licence_get_terms (get_licence (a))->creative_commons.version;
  if (version != 0)
    return version;

  return g_utf8_collate (rp_licence_get_name (get_licence (a)),
                         rp_licence_get_name (get_licence (b)));
}

/* ---- the object ---- */

static void
rp_licence_list_dispose (GObject *object)
{
  g_clear_object (&RP_LICENCE_LIST (object)->book);
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RP_TYPE_LICENCE_LIST);
  G_OBJECT_CLASS (rp_licence_list_parent_class)->dispose (object);
}

static void
rp_licence_list_finalize (GObject *object)
{
  g_free (RP_LICENCE_LIST (object)->wanted);
  G_OBJECT_CLASS (rp_licence_list_parent_class)->finalize (object);
}

static void
rp_licence_list_class_init (RpLicenceListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_licence_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = rp_licence_list_finalize;
  signals[SELECTED] = g_signal_new ("selected", RP_TYPE_LICENCE_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATED] = g_signal_new ("activated", RP_TYPE_LICENCE_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/dialogs/rp-licence-list.ui");
  gtk_widget_class_bind_template_child (widget_class, RpLicenceList, search);
  gtk_widget_class_bind_template_child (widget_class, RpLicenceList, rows);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
rp_licence_list_init (RpLicenceList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
add_rows (RpLicenceList *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->book));

  for (guint i = 0; i < n; i++) {
    g_autoptr (RpLicence) licence = g_list_model_get_item (G_LIST_MODEL (self->book), i);

    gtk_list_box_append (self->rows, make_row (licence, NULL));
  }
}

static void
select_row (RpLicenceList *self, const char *licence_id)
{
  GtkListBoxRow *chosen = gtk_list_box_get_row_at_index (self->rows, 0);
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->rows, i)) != NULL; i++)
    if (g_strcmp0 (rp_licence_get_id (get_licence (row)), licence_id) == 0)
      chosen = row;
  if (chosen != NULL)
    gtk_list_box_select_row (self->rows, chosen);
}

/* The book changes rarely, but then in steps: what was selected is so again as soon as it is there.
 */
static void
book_changed_cb (RpLicenceList *self)
{
  GtkWidget *child;

  if (self->book == NULL)
    return;
  self->rebuilding = TRUE;
  while ((child = GTK_WIDGET (gtk_list_box_get_row_at_index (self->rows, 0))) != NULL)
    gtk_list_box_remove (self->rows, child);
  add_rows (self);
  select_row (self, self->wanted);
  self->rebuilding = FALSE;
  g_signal_emit (self, signals[SELECTED], 0);
}

void
rp_licence_list_set_book (RpLicenceList *self, RpLicenceBook *book)
{
  self->book = g_object_ref (book);
  gtk_list_box_set_sort_func (self->rows, compare, NULL, NULL);
  gtk_list_box_set_filter_func (self->rows, fits, self, NULL);
  gtk_list_box_set_header_func (self->rows, show_section, NULL, NULL);
  g_signal_connect_object (book, "items-changed", G_CALLBACK (book_changed_cb), self,
                           G_CONNECT_SWAPPED);
  add_rows (self);
}

RpLicence *
rp_licence_list_get_selected (RpLicenceList *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->rows);

  return row != NULL && gtk_widget_get_child_visible (GTK_WIDGET (row)) ? get_licence (row) : NULL;
}

void
rp_licence_list_select (RpLicenceList *self, const char *licence_id)
{
  select_row (self, licence_id);
  if (licence_id != NULL) {
    g_free (self->wanted);
    self->wanted = g_strdup (licence_id);
  }
}

void
rp_licence_list_focus_search (RpLicenceList *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
