#include "rp-grace-bar.h"

#include <glib/gi18n-lib.h>

struct _RpGraceBar {
  AdwBin parent_instance;

  GtkRevealer *revealer;
  GtkLabel *words;

  RpPublisher *publisher; /* owned */
};

G_DEFINE_FINAL_TYPE (RpGraceBar, rp_grace_bar, ADW_TYPE_BIN)

/* While it goes, it says what it said; then there is nothing to be read, or pressed. */
static void
revealed_cb (RpGraceBar *self)
{
  if (!gtk_revealer_get_child_revealed (self->revealer))
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
show_held (RpGraceBar *self)
{
  guint n = rp_publisher_get_held (self->publisher);
  g_autofree char *words = g_strdup_printf (
    ngettext ("Leaves in a moment for %u partner.", "Leaves in a moment for %u partners.", n), n);

  if (n > 0) {
    gtk_label_set_text (self->words, words);
    gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  }
  gtk_revealer_set_reveal_child (self->revealer, n > 0);
}

static void
undo_cb (RpGraceBar *self)
{
  rp_publisher_undo (self->publisher);
}

static void
rp_grace_bar_dispose (GObject *object)
{
  g_clear_object (&RP_GRACE_BAR (object)->publisher);
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RP_TYPE_GRACE_BAR);
  G_OBJECT_CLASS (rp_grace_bar_parent_class)->dispose (object);
}

static void
rp_grace_bar_class_init (RpGraceBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_grace_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/pages/rp-grace-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, RpGraceBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, RpGraceBar, words);
  gtk_widget_class_bind_template_callback (widget_class, revealed_cb);
  gtk_widget_class_bind_template_callback (widget_class, undo_cb);
}

static void
rp_grace_bar_init (RpGraceBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rp_grace_bar_set_publisher (RpGraceBar *self, RpPublisher *publisher)
{
  g_return_if_fail (RP_IS_GRACE_BAR (self) && self->publisher == NULL);

  self->publisher = g_object_ref (publisher);
  g_signal_connect_object (publisher, "notify::held", G_CALLBACK (show_held), self,
                           G_CONNECT_SWAPPED);
}
