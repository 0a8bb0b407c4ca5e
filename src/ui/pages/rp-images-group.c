#include "rp-images-group.h"

#include "rp-picture-row.h"

struct _RpImagesGroup {
  AdwPreferencesGroup parent_instance;

  GtkListBox *rows;

  RpArticle *article; /* owned, NULL = none */
  char *shown;        /* owned: everything that the rows say */
  gboolean can_move;
  GtkWidget *line; /* not owned: the row at which a drop would be put, NULL = none */
};

G_DEFINE_FINAL_TYPE (RpImagesGroup, rp_images_group, ADW_TYPE_PREFERENCES_GROUP)

enum {
  EDITED,
  MOVED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
edited_cb (RpPictureRow *row, RpImagesGroup *self)
{
  g_autoptr (RpArticle) changed = rp_article_copy (self->article);
  RpMedia *media = rp_article_find_media (changed, rp_picture_row_get_url (row));

  if (media == NULL)
    return;
  rp_picture_row_apply (row, media);
  g_signal_emit (self, signals[EDITED], 0, changed);
}

/* ---- another order ---- */

static void
moved_cb (RpPictureRow *row, int by, RpImagesGroup *self)
{
  g_signal_emit (self, signals[MOVED], 0, rp_picture_row_get_url (row),
                 (guint) (gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) + by));
}

static void
show_line (RpImagesGroup *self, GtkWidget *row, gboolean above)
{
  if (self->line != NULL) {
    gtk_widget_remove_css_class (self->line, "rp-drop-above");
    gtk_widget_remove_css_class (self->line, "rp-drop-below");
  }
  self->line = row;
  if (row != NULL)
    gtk_widget_add_css_class (row, above ? "rp-drop-above" : "rp-drop-below");
}

/* The row that lies there, and in which half of it. */
static GtkListBoxRow *
find_row (RpImagesGroup *self, double y, gboolean *out_above)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_y (self->rows, (int) y);
  double top;

  if (row == NULL)
    return NULL;
  gtk_widget_translate_coordinates (GTK_WIDGET (self->rows), GTK_WIDGET (row), 0, y, NULL, &top);
  *out_above = top < gtk_widget_get_height (GTK_WIDGET (row)) / 2.0;

  return row;
}

static GdkDragAction
drag_over_cb (RpImagesGroup *self, double x, double y)
{
  gboolean above = FALSE;
  GtkListBoxRow *row = find_row (self, y, &above);

  show_line (self, GTK_WIDGET (row), above);

  return row != NULL ? GDK_ACTION_MOVE : 0;
}

static void
drag_left_cb (RpImagesGroup *self)
{
  show_line (self, NULL, FALSE);
}

static gboolean
dropped_cb (RpImagesGroup *self, const GValue *value, double x, double y)
{
  gboolean above = FALSE;
  GtkListBoxRow *at = find_row (self, y, &above);
  GtkListBoxRow *row = g_value_get_object (value);
  int from, to;

  show_line (self, NULL, FALSE);
  if (at == NULL || !self->can_move ||
      gtk_widget_get_parent (GTK_WIDGET (row)) != GTK_WIDGET (self->rows))
    return FALSE; /* there is another article by now */
  from = gtk_list_box_row_get_index (row);
  to = gtk_list_box_row_get_index (at) + (above ? 0 : 1);
  to -= to > from ? 1 : 0;
  if (to != from)
    g_signal_emit (self, signals[MOVED], 0, rp_picture_row_get_url (RP_PICTURE_ROW (row)),
                   (guint) to);

  return TRUE;
}

static void
add_drop (RpImagesGroup *self)
{
  GtkDropTarget *target = gtk_drop_target_new (RP_TYPE_PICTURE_ROW, GDK_ACTION_MOVE);

  g_signal_connect_swapped (target, "motion", G_CALLBACK (drag_over_cb), self);
  g_signal_connect_swapped (target, "leave", G_CALLBACK (drag_left_cb), self);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (dropped_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->rows), GTK_EVENT_CONTROLLER (target));
}

static void
let_move (RpImagesGroup *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->rows, i)) != NULL; i++)
    rp_picture_row_set_can_move (RP_PICTURE_ROW (row), self->can_move && i > 0,
                                 self->can_move &&
                                   gtk_list_box_get_row_at_index (self->rows, i + 1) != NULL);
}

/* ---- the rows ---- */

static char *
describe_all (RpArticle *article)
{
  g_autoptr (GString) all = g_string_new (rp_article_get (article, RP_ARTICLE_ID));
  GPtrArray *media = rp_article_get_media (article);

  for (guint i = 0; i < media->len; i++)
    for (int field = 0; field < RP_MEDIA_N_FIELDS; field++)
      g_string_append_printf (all, "\n%s", rp_media_get (g_ptr_array_index (media, i), field));

  return g_strdup (all->str);
}

/* The address of the picture that the keyboard is at. Gives, NULL = none. */
static char *
dup_focused (RpImagesGroup *self)
{
  GtkWidget *row = gtk_widget_get_focus_child (GTK_WIDGET (self->rows));

  return row != NULL ? g_strdup (rp_picture_row_get_url (RP_PICTURE_ROW (row))) : NULL;
}

static RpPictureRow *
find_picture (RpImagesGroup *self, const char *url)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->rows, i)) != NULL; i++)
    if (g_strcmp0 (rp_picture_row_get_url (RP_PICTURE_ROW (row)), url) == 0)
      return RP_PICTURE_ROW (row);

  return NULL;
}

static void
rebuild (RpImagesGroup *self, RpWorkspace *workspace)
{
  GPtrArray *media = rp_article_get_media (self->article);
  g_autofree char *focused = dup_focused (self);
  GtkWidget *child;

  show_line (self, NULL, FALSE);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->rows))) != NULL)
    gtk_list_box_remove (self->rows, child);
  for (guint i = 0; i < media->len; i++) {
    GtkWidget *row = rp_picture_row_new (workspace, g_ptr_array_index (media, i));

    g_signal_connect_object (row, "edited", G_CALLBACK (edited_cb), self, 0);
    g_signal_connect_object (row, "moved", G_CALLBACK (moved_cb), self, 0);
    gtk_list_box_append (self->rows, row);
  }
  let_move (self);
  gtk_widget_set_visible (GTK_WIDGET (self), media->len > 0);
  if (focused != NULL && find_picture (self, focused) != NULL)
    rp_picture_row_focus (find_picture (self, focused));
}

static void
rp_images_group_dispose (GObject *object)
{
  g_clear_object (&RP_IMAGES_GROUP (object)->article);
  gtk_widget_dispose_template (GTK_WIDGET (object), RP_TYPE_IMAGES_GROUP);
  G_OBJECT_CLASS (rp_images_group_parent_class)->dispose (object);
}

static void
rp_images_group_finalize (GObject *object)
{
  g_free (RP_IMAGES_GROUP (object)->shown);
  G_OBJECT_CLASS (rp_images_group_parent_class)->finalize (object);
}

static void
rp_images_group_class_init (RpImagesGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_images_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = rp_images_group_finalize;
  signals[EDITED] = g_signal_new ("edited", RP_TYPE_IMAGES_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, RP_TYPE_ARTICLE);
  signals[MOVED] = g_signal_new ("moved", RP_TYPE_IMAGES_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_UINT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/pages/rp-images-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RpImagesGroup, rows);
}

static void
rp_images_group_init (RpImagesGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_drop (self);
}

void
rp_images_group_show (RpImagesGroup *self, RpWorkspace *workspace, RpArticle *article)
{
  g_autofree char *shown = describe_all (article);

  g_set_object (&self->article, article);
  if (g_strcmp0 (shown, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&shown);
  rebuild (self, workspace);
}

void
rp_images_group_set_can_move (RpImagesGroup *self, gboolean can_move)
{
  g_return_if_fail (RP_IS_IMAGES_GROUP (self));

  self->can_move = can_move;
  let_move (self);
}

gboolean
rp_images_group_edit (RpImagesGroup *self, const char *url)
{
  RpPictureRow *row = find_picture (self, url);

  if (row != NULL)
    rp_picture_row_edit (row);

  return row != NULL;
}
