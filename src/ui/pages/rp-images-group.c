#include "rp-images-group.h"

#include "rp-picture-row.h"

struct _RpImagesGroup {
  AdwPreferencesGroup parent_instance;

  GtkListBox *rows;

  RpArticle *article; /* owned, NULL = none */
  char *shown;        /* owned: everything that the rows say */
};

G_DEFINE_FINAL_TYPE (RpImagesGroup, rp_images_group, ADW_TYPE_PREFERENCES_GROUP)

enum {
  EDITED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static RpMedia *
find_media (RpArticle *article, const char *url)
{
  GPtrArray *media = rp_article_get_media (article);

  for (guint i = 0; i < media->len; i++)
    if (g_strcmp0 (rp_media_get (g_ptr_array_index (media, i), RP_MEDIA_URL), url) == 0)
      return g_ptr_array_index (media, i);

  return NULL;
}

static void
edited_cb (RpPictureRow *row, RpImagesGroup *self)
{
  g_autoptr (RpArticle) changed = rp_article_copy (self->article);
  RpMedia *media = find_media (changed, rp_picture_row_get_url (row));

  if (media == NULL)
    return;
  rp_picture_row_apply (row, media);
  g_signal_emit (self, signals[EDITED], 0, changed);
}

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

static void
rebuild (RpImagesGroup *self, RpWorkspace *workspace)
{
  GPtrArray *media = rp_article_get_media (self->article);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->rows))) != NULL)
    gtk_list_box_remove (self->rows, child);
  for (guint i = 0; i < media->len; i++) {
    GtkWidget *row = rp_picture_row_new (workspace, g_ptr_array_index (media, i));

    g_signal_connect_object (row, "edited", G_CALLBACK (edited_cb), self, 0);
    gtk_list_box_append (self->rows, row);
  }
  gtk_widget_set_visible (GTK_WIDGET (self), media->len > 0);
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
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/pages/rp-images-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RpImagesGroup, rows);
}

static void
rp_images_group_init (RpImagesGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
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

gboolean
rp_images_group_edit (RpImagesGroup *self, const char *url)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->rows, i)) != NULL; i++)
    if (g_strcmp0 (rp_picture_row_get_url (RP_PICTURE_ROW (row)), url) == 0) {
      rp_picture_row_edit (RP_PICTURE_ROW (row));
      return TRUE;
    }

  return FALSE;
}
