#include "rp-figure-dialog.h"

#include "rp-names.h"
#include "rp-text.h"

struct _RpFigureDialog {
  AdwWindow parent_instance;

  GtkEditable *caption;
  GtkEditable *credit;
  GtkEditable *alt;

  RpMedia *media; /* owned */
  GObject *owner; /* owned */
  RpFigureCallback callback;
};

G_DEFINE_FINAL_TYPE (RpFigureDialog, rp_figure_dialog, ADW_TYPE_WINDOW)

static void
read_words (RpFigureDialog *self, GtkEditable *entry, RpMediaField field)
{
  g_autofree char *words = rp_text_clean (gtk_editable_get_text (entry));

  rp_media_set (self->media, field, words);
}

static void
save_cb (RpFigureDialog *self)
{
  read_words (self, self->caption, RP_MEDIA_CAPTION);
  read_words (self, self->credit, RP_MEDIA_CREDIT);
  read_words (self, self->alt, RP_MEDIA_ALT);
  self->callback (self->media, self->owner);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
rp_figure_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), RP_TYPE_FIGURE_DIALOG);
  G_OBJECT_CLASS (rp_figure_dialog_parent_class)->dispose (object);
}

static void
rp_figure_dialog_finalize (GObject *object)
{
  RpFigureDialog *self = RP_FIGURE_DIALOG (object);

  g_clear_object (&self->media);
  g_clear_object (&self->owner);
  G_OBJECT_CLASS (rp_figure_dialog_parent_class)->finalize (object);
}

static void
rp_figure_dialog_class_init (RpFigureDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_figure_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = rp_figure_dialog_finalize;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/dialogs/rp-figure-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RpFigureDialog, caption);
  gtk_widget_class_bind_template_child (widget_class, RpFigureDialog, credit);
  gtk_widget_class_bind_template_child (widget_class, RpFigureDialog, alt);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
rp_figure_dialog_init (RpFigureDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rp_names_adopt (GTK_WIDGET (self));
}

static void
show_words (GtkEditable *entry, RpMedia *media, RpMediaField field)
{
  const char *words = rp_media_get (media, field);

  gtk_editable_set_text (entry, words != NULL ? words : "");
}

void
rp_figure_dialog_present (GtkWindow *parent,
                          RpMedia *media,
                          RpFigureCallback callback,
                          GObject *owner)
{
  RpFigureDialog *self = g_object_new (RP_TYPE_FIGURE_DIALOG, "transient-for", parent, NULL);

  g_return_if_fail (RP_IS_MEDIA (media) && callback != NULL);

  self->media = g_object_ref (media);
  self->owner = g_object_ref (owner);
  self->callback = callback;
  show_words (self->caption, media, RP_MEDIA_CAPTION);
  show_words (self->credit, media, RP_MEDIA_CREDIT);
  show_words (self->alt, media, RP_MEDIA_ALT);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->caption));
}
