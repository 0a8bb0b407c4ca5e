#include "rp-delivery-row.h"

#include <glib/gi18n-lib.h>

#include "rp-delivery-words.h"
#include "rp-names.h"
#include "rp-time.h"

struct _RpDeliveryRow {
  GtkListBoxRow parent_instance;

  GtkLabel *headline;
  RpStateChip *chip;
  GtkLabel *words;
  GtkLabel *when;
  GtkRevealer *upload;
  GtkProgressBar *upload_bar;
  GtkLabel *upload_words;
  GtkBox *buttons;

  RpDelivery *delivery; /* owned */
  int offered;          /* the state that the buttons are for; -1 = none */
};

G_DEFINE_FINAL_TYPE (RpDeliveryRow, rp_delivery_row, GTK_TYPE_LIST_BOX_ROW)

static void
offer (RpDeliveryRow *self, const char *label, const char *action, const char *target)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "rp-small");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  self->delivery->headline != NULL ? self->delivery->headline : "",
                                  -1);
  gtk_box_append (self->buttons, button);
}

static void
offer_ways (RpDeliveryRow *self)
{
  RpDelivery *delivery = self->delivery;

  if (delivery->state == RP_DELIVERY_PARKED)
    offer (self, _ ("Edit Partner…"), "outbox.edit-partner", delivery->partner_id);
  if (delivery->state == RP_DELIVERY_WAITING)
    offer (self, _ ("Try Now"), "outbox.retry", delivery->id);
  if (delivery->state == RP_DELIVERY_UNKNOWN)
    offer (self, _ ("Look Now"), "outbox.retry", delivery->id);
  if (delivery->state == RP_DELIVERY_PARKED || delivery->state == RP_DELIVERY_FAILED)
    offer (self, _ ("Try Again"), "outbox.retry", delivery->id);
  if (!rp_delivery_state_is_settled (delivery->state) && delivery->state != RP_DELIVERY_SENDING)
    offer (self, _ ("Cancel"), "outbox.cancel", delivery->id);
  if (delivery->state == RP_DELIVERY_SENDING)
    offer (self, _ ("Stop Sending"), "outbox.stop", delivery->id);
  if (delivery->state != RP_DELIVERY_QUEUED)
    offer (self, _ ("What Was Sent"), "outbox.transcript", delivery->id);
}

/* Buttons stay, and keep the focus, while the state does. */
static void
show_ways (RpDeliveryRow *self)
{
  GtkWidget *child;

  if (self->offered == (int) self->delivery->state)
    return;
  self->offered = (int) self->delivery->state;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->buttons))) != NULL)
    gtk_box_remove (self->buttons, child);
  offer_ways (self);
}

static char *
dup_words (RpDelivery *delivery, gint64 now)
{
  const char *partner =
    delivery->partner_name != NULL ? delivery->partner_name : delivery->partner_id;
  g_autofree char *reason = rp_delivery_dup_reason (delivery, now);

  if (reason == NULL)
    return g_strdup (partner);

  /* Translators: a partner's name, then a sentence about the delivery to it. */
  return g_strdup_printf (_ ("%s: %s"), partner, reason);
}

static void
rp_delivery_row_dispose (GObject *object)
{
  g_clear_object (&RP_DELIVERY_ROW (object)->delivery);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RP_TYPE_DELIVERY_ROW);
  G_OBJECT_CLASS (rp_delivery_row_parent_class)->dispose (object);
}

static void
rp_delivery_row_class_init (RpDeliveryRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_delivery_row_dispose;
  g_type_ensure (RP_TYPE_STATE_CHIP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/rows/rp-delivery-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RpDeliveryRow, headline);
  gtk_widget_class_bind_template_child (widget_class, RpDeliveryRow, chip);
  gtk_widget_class_bind_template_child (widget_class, RpDeliveryRow, words);
  gtk_widget_class_bind_template_child (widget_class, RpDeliveryRow, when);
  gtk_widget_class_bind_template_child (widget_class, RpDeliveryRow, upload);
  gtk_widget_class_bind_template_child (widget_class, RpDeliveryRow, upload_bar);
  gtk_widget_class_bind_template_child (widget_class, RpDeliveryRow, upload_words);
  gtk_widget_class_bind_template_child (widget_class, RpDeliveryRow, buttons);
}

static void
rp_delivery_row_init (RpDeliveryRow *self)
{
  self->offered = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  rp_names_adopt (GTK_WIDGET (self));
}

GtkWidget *
rp_delivery_row_new (RpDelivery *delivery)
{
  RpDeliveryRow *self = g_object_new (RP_TYPE_DELIVERY_ROW, NULL);

  rp_delivery_row_show (self, delivery);

  return GTK_WIDGET (self);
}

void
rp_delivery_row_show (RpDeliveryRow *self, RpDelivery *delivery)
{
  gint64 now = rp_time_now ();
  RpSign sign = rp_delivery_get_sign (delivery, now);
  const char *headline = delivery->headline != NULL ? delivery->headline : _ ("Untitled");
  g_autofree char *words = dup_words (delivery, now);
  g_autofree char *when = rp_delivery_dup_when (delivery, now);
  g_autofree char *summary = g_strdup_printf ("%s, %s, %s", headline, sign.words, words);

  g_set_object (&self->delivery, delivery);
  gtk_label_set_text (self->headline, headline);
  rp_state_chip_set_sign (self->chip, &sign);
  gtk_label_set_text (self->words, words);
  gtk_label_set_text (self->when, when != NULL ? when : "");
  gtk_widget_set_visible (GTK_WIDGET (self->when), when != NULL);
  show_ways (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, summary,
                                  -1);
}

void
rp_delivery_row_show_upload (RpDeliveryRow *self, const RpUpload *upload)
{
  rp_delivery_show_upload (self->upload, self->upload_bar, self->upload_words,
                           self->delivery->state == RP_DELIVERY_SENDING ? upload : NULL);
}

RpDelivery *
rp_delivery_row_get_delivery (RpDeliveryRow *self)
{
  return self->delivery;
}
