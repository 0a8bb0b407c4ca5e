#include "rp-rubric-list.h"

#include <glib/gi18n-lib.h>

#include "rp-names.h"
#include "rp-searches.h"

struct _RpRubricList {
  AdwBin parent_instance;

  RpRubricKind kind;
  GtkListBox *box; /* owned by the child */
};

G_DEFINE_FINAL_TYPE (RpRubricList, rp_rubric_list, ADW_TYPE_BIN)

enum {
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const struct {
  const char *prefix; /* of keys */
  const char *icon;
  const char *title;
} kinds[] = {
  [RP_RUBRIC_SEARCHES] = {"search", "edit-find-symbolic", N_ ("Searches")},
  [RP_RUBRIC_SOURCES] = {"source", NULL, N_ ("By Source")},
  [RP_RUBRIC_LICENCES] = {"licence", NULL, N_ ("By Licence")},
};

/* ---- rows ---- */

static GtkListBoxRow *
get_row (RpRubricList *self, guint i)
{
  return gtk_list_box_get_row_at_index (self->box, (int) i);
}

static void
add_menu (GtkWidget *row, const RpRubric *rubric)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenuItem) rename = g_menu_item_new (_ ("Rename…"), NULL);
  g_autoptr (GMenuItem) remove = g_menu_item_new (_ ("Remove"), NULL);
  GtkWidget *button = gtk_menu_button_new ();
  g_autofree char *words = g_strdup_printf (_ ("More for the Search “%s”"), rubric->name);

  g_menu_item_set_action_and_target (rename, "sidebar.rename-search", "s", rubric->id);
  g_menu_item_set_action_and_target (remove, "sidebar.remove-search", "s", rubric->id);
  g_menu_append_item (menu, rename);
  g_menu_append_item (menu, remove);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_tooltip_text (button, words);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "rp-row-menu");
  rp_desk_row_add_suffix (RP_DESK_ROW (row), button);
  rp_names_adopt (row);
}

static char *
dup_key (RpRubricList *self, const RpRubric *rubric)
{
  return g_strconcat (kinds[self->kind].prefix, ":", rubric->id, NULL);
}

static void
set_text (GtkListBoxRow *row, const char *name, const char *text)
{
  g_object_set_data_full (G_OBJECT (row), name, g_strdup (text), g_free);
}

static void
show_rubric (RpRubricList *self, GtkListBoxRow *row, const RpRubric *rubric)
{
  set_text (row, "rp-query", rubric->query);
  rp_desk_row_set_title (RP_DESK_ROW (row), rubric->name);
  rp_desk_row_set_count (RP_DESK_ROW (row), rubric->count, FALSE);
}

static GtkListBoxRow *
make_row (RpRubricList *self, const RpRubric *rubric)
{
  g_autofree char *key = dup_key (self, rubric);
  GtkWidget *row = rp_desk_row_new (key, kinds[self->kind].icon, rubric->name);

  if (self->kind == RP_RUBRIC_SEARCHES)
    add_menu (row, rubric);

  return GTK_LIST_BOX_ROW (row);
}

/* The same id in the same place is the same row: nothing jumps while numbers change. */
void
rp_rubric_list_fill (RpRubricList *self, GPtrArray *rubrics)
{
  GtkListBoxRow *row;

  g_return_if_fail (RP_IS_RUBRIC_LIST (self));

  for (guint i = 0; i < rubrics->len; i++) {
    const RpRubric *rubric = rubrics->pdata[i];
    g_autofree char *key = dup_key (self, rubric);

    while ((row = get_row (self, i)) != NULL &&
           g_strcmp0 (rp_desk_row_get_key (RP_DESK_ROW (row)), key) != 0 &&
           gtk_list_box_get_selected_row (self->box) != row)
      gtk_list_box_remove (self->box, GTK_WIDGET (row));
    if (row == NULL || g_strcmp0 (rp_desk_row_get_key (RP_DESK_ROW (row)), key) != 0) {
      row = make_row (self, rubric);
      gtk_list_box_insert (self->box, GTK_WIDGET (row), (int) i);
    }
    show_rubric (self, row, rubric);
  }
  while ((row = get_row (self, rubrics->len)) != NULL)
    gtk_list_box_remove (self->box, GTK_WIDGET (row));
  gtk_widget_set_visible (GTK_WIDGET (self), rubrics->len > 0);
}

static void
selected_cb (GtkListBox *box, GtkListBoxRow *row, RpRubricList *self)
{
  if (row != NULL)
    g_signal_emit (self, signals[CHOSEN], 0, rp_desk_row_get_key (RP_DESK_ROW (row)),
                   g_object_get_data (G_OBJECT (row), "rp-query"),
                   rp_desk_row_get_title (RP_DESK_ROW (row)));
}

/* ---- the widget ---- */

static void
rp_rubric_list_class_init (RpRubricListClass *klass)
{
  signals[CHOSEN] =
    g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
}

static void
rp_rubric_list_init (RpRubricList *self)
{
}

GtkWidget *
rp_rubric_list_new (RpRubricKind kind)
{
  RpRubricList *self = g_object_new (RP_TYPE_RUBRIC_LIST, "visible", FALSE, NULL);
  GtkWidget *child = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (_ (kinds[kind].title));

  self->kind = kind;
  self->box = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "caption-heading");
  gtk_widget_add_css_class (title, "dim-label");
  gtk_widget_add_css_class (title, "rp-section");
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "navigation-sidebar");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->box), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  title, NULL, -1);
  gtk_box_append (GTK_BOX (child), title);
  gtk_box_append (GTK_BOX (child), GTK_WIDGET (self->box));
  adw_bin_set_child (ADW_BIN (self), child);
  g_signal_connect (self->box, "row-selected", G_CALLBACK (selected_cb), self);

  return GTK_WIDGET (self);
}

void
rp_rubric_list_unselect (RpRubricList *self)
{
  g_return_if_fail (RP_IS_RUBRIC_LIST (self));

  gtk_list_box_unselect_all (self->box);
}

gboolean
rp_rubric_list_choose (RpRubricList *self, const char *key)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (RP_IS_RUBRIC_LIST (self), FALSE);

  for (guint i = 0; (row = get_row (self, i)) != NULL; i++) {
    if (g_strcmp0 (rp_desk_row_get_key (RP_DESK_ROW (row)), key) == 0) {
      gtk_list_box_select_row (self->box, row);
      return TRUE;
    }
  }

  return FALSE;
}

GtkListBox *
rp_rubric_list_get_box (RpRubricList *self)
{
  g_return_val_if_fail (RP_IS_RUBRIC_LIST (self), NULL);

  return self->box;
}
