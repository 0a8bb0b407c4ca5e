#include "rp-picture-row.h"

#include <glib/gi18n-lib.h>

#include "rp-licence-book.h"
#include "rp-names.h"
#include "rp-text.h"

#define THUMB_SIZE 80 /* twice what is shown, for dense screens */

struct _RpPictureRow {
  GtkListBoxRow parent_instance;

  GtkImage *thumb;
  GtkLabel *credit;
  GtkLabel *licence;
  GtkImage *sign;
  GtkMenuButton *edit;
  GtkPopover *popover;
  GtkEditable *caption_entry;
  GtkEditable *credit_entry;
  GtkEditable *alt_entry;

  GtkDragSource *drag;       /* owned by the widget */
  GCancellable *cancellable; /* owned */
  char *url;                 /* owned */
};

G_DEFINE_FINAL_TYPE (RpPictureRow, rp_picture_row, GTK_TYPE_LIST_BOX_ROW)

enum {
  EDITED,
  MOVED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
save_cb (RpPictureRow *self)
{
  gtk_popover_popdown (self->popover);
  g_signal_emit (self, signals[EDITED], 0);
}

/* ---- moving ---- */

static void
move (GtkWidget *widget, const char *action, GVariant *target)
{
  RpPictureRow *self = RP_PICTURE_ROW (widget);

  gtk_popover_popdown (self->popover);
  g_signal_emit (self, signals[MOVED], 0, g_str_equal (action, "picture.move-up") ? -1 : 1);
}

static GdkContentProvider *
prepare_cb (GtkDragSource *drag, double x, double y, RpPictureRow *self)
{
  return gdk_content_provider_new_typed (RP_TYPE_PICTURE_ROW, self);
}

static void
drag_begin_cb (GtkDragSource *source, GdkDrag *drag, RpPictureRow *self)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, picture, 0, 0);
}

static void
add_drag (RpPictureRow *self)
{
  self->drag = gtk_drag_source_new ();
  gtk_drag_source_set_actions (self->drag, GDK_ACTION_MOVE);
  g_signal_connect (self->drag, "prepare", G_CALLBACK (prepare_cb), self);
  g_signal_connect (self->drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (self->drag));
}

/* ---- the small view ---- */

static void
scaled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpPictureRow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new_from_stream_finish (result, &error);
  g_autoptr (GdkTexture) texture = NULL;

  if (pixbuf == NULL || g_cancellable_is_cancelled (self->cancellable))
    return; /* the sign for a picture stays */
  texture = gdk_texture_new_for_pixbuf (pixbuf);
  gtk_image_set_from_paintable (self->thumb, GDK_PAINTABLE (texture));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpPictureRow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = rp_workspace_get_blob_finish (RP_WORKSPACE (source), result, &error);
  g_autoptr (GInputStream) stream = NULL;

  if (bytes == NULL)
    return;
  stream = g_memory_input_stream_new_from_bytes (bytes);
  gdk_pixbuf_new_from_stream_at_scale_async (stream, THUMB_SIZE, THUMB_SIZE, TRUE,
                                             self->cancellable, scaled_cb, g_object_ref (self));
}

/* ---- words ---- */

static char *
dup_licence_words (RpWorkspace *workspace, RpMedia *media)
{
  const char *url = rp_media_get (media, RP_MEDIA_LICENCE_URL);
  const char *terms = rp_media_get (media, RP_MEDIA_USAGE_TERMS);
  RpLicence *licence =
    url != NULL ? rp_licence_book_lookup_url (rp_workspace_get_book (workspace), url) : NULL;
  g_autofree char *host = NULL;

  if (licence != NULL)
    return g_strdup (rp_licence_get_name (licence));
  if (terms != NULL)
    return g_strdup (terms);
  if (url == NULL)
    return g_strdup (_ ("No licence of its own"));
  host = rp_text_host (url);

  return g_strdup_printf (_ ("Its own licence at %s"), host != NULL ? host : url);
}

static const char *
get_credit (RpMedia *media)
{
  const char *credit = rp_media_get (media, RP_MEDIA_CREDIT);

  return credit != NULL ? credit : rp_media_get (media, RP_MEDIA_COPYRIGHT);
}

static void
show (RpPictureRow *self, RpWorkspace *workspace, RpMedia *media)
{
  const char *credit = get_credit (media);
  const char *caption = rp_media_get (media, RP_MEDIA_CAPTION);
  const char *alt = rp_media_get (media, RP_MEDIA_ALT);
  g_autofree char *licence = dup_licence_words (workspace, media);
  const char *words = credit != NULL ? _ ("It has a credit.") : _ ("It has no credit.");

  gtk_label_set_text (self->credit, credit != NULL ? credit : _ ("No credit"));
  gtk_label_set_text (self->licence, licence);
  gtk_image_set_from_icon_name (self->sign, credit != NULL ? "object-select-symbolic"
                                                           : "dialog-warning-symbolic");
  gtk_widget_add_css_class (GTK_WIDGET (self->sign), credit != NULL ? "success" : "warning");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->sign), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->sign), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->thumb), caption != NULL ? caption : alt);
  gtk_editable_set_text (self->caption_entry, caption != NULL ? caption : "");
  gtk_editable_set_text (self->credit_entry, credit != NULL ? credit : "");
  gtk_editable_set_text (self->alt_entry, alt != NULL ? alt : "");
}

/* ---- the object ---- */

static void
rp_picture_row_dispose (GObject *object)
{
  RpPictureRow *self = RP_PICTURE_ROW (object);

  g_cancellable_cancel (self->cancellable);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RP_TYPE_PICTURE_ROW);
  G_OBJECT_CLASS (rp_picture_row_parent_class)->dispose (object);
}

static void
rp_picture_row_finalize (GObject *object)
{
  RpPictureRow *self = RP_PICTURE_ROW (object);

  g_object_unref (self->cancellable);
  g_free (self->url);
  G_OBJECT_CLASS (rp_picture_row_parent_class)->finalize (object);
}

static void
rp_picture_row_class_init (RpPictureRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_picture_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = rp_picture_row_finalize;
  signals[EDITED] = g_signal_new ("edited", RP_TYPE_PICTURE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  signals[MOVED] = g_signal_new ("moved", RP_TYPE_PICTURE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_install_action (widget_class, "picture.move-up", NULL, move);
  gtk_widget_class_install_action (widget_class, "picture.move-down", NULL, move);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "picture.move-up",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK,
                                       "picture.move-down", NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/rows/rp-picture-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RpPictureRow, thumb);
  gtk_widget_class_bind_template_child (widget_class, RpPictureRow, credit);
  gtk_widget_class_bind_template_child (widget_class, RpPictureRow, licence);
  gtk_widget_class_bind_template_child (widget_class, RpPictureRow, sign);
  gtk_widget_class_bind_template_child (widget_class, RpPictureRow, edit);
  gtk_widget_class_bind_template_child (widget_class, RpPictureRow, popover);
  gtk_widget_class_bind_template_child (widget_class, RpPictureRow, caption_entry);
  gtk_widget_class_bind_template_child (widget_class, RpPictureRow, credit_entry);
  gtk_widget_class_bind_template_child (widget_class, RpPictureRow, alt_entry);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
rp_picture_row_init (RpPictureRow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  rp_names_adopt (GTK_WIDGET (self));
  add_drag (self);
  rp_picture_row_set_can_move (self, FALSE, FALSE);
}

GtkWidget *
rp_picture_row_new (RpWorkspace *workspace, RpMedia *media)
{
  RpPictureRow *self = g_object_new (RP_TYPE_PICTURE_ROW, NULL);
  const char *sha256 = rp_media_get (media, RP_MEDIA_SHA256);

  self->url = g_strdup (rp_media_get (media, RP_MEDIA_URL));
  show (self, workspace, media);
  if (sha256 != NULL)
    rp_workspace_get_blob_async (workspace, sha256, self->cancellable, read_cb,
                                 g_object_ref (self));

  return GTK_WIDGET (self);
}

const char *
rp_picture_row_get_url (RpPictureRow *self)
{
  return self->url;
}

void
rp_picture_row_apply (RpPictureRow *self, RpMedia *media)
{
  rp_media_set (media, RP_MEDIA_CAPTION, gtk_editable_get_text (self->caption_entry));
  rp_media_set (media, RP_MEDIA_CREDIT, gtk_editable_get_text (self->credit_entry));
  rp_media_set (media, RP_MEDIA_ALT, gtk_editable_get_text (self->alt_entry));
}

void
rp_picture_row_set_can_move (RpPictureRow *self, gboolean up, gboolean down)
{
  g_return_if_fail (RP_IS_PICTURE_ROW (self));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "picture.move-up", up);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "picture.move-down", down);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (self->drag),
                                              up || down ? GTK_PHASE_BUBBLE : GTK_PHASE_NONE);
}

void
rp_picture_row_focus (RpPictureRow *self)
{
  g_return_if_fail (RP_IS_PICTURE_ROW (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->edit));
}

void
rp_picture_row_edit (RpPictureRow *self)
{
  gtk_menu_button_popup (self->edit);
  gtk_widget_grab_focus (GTK_WIDGET (self->credit_entry));
}
