#include "rp-desk-row.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _RpDeskRow {
  GtkListBoxRow parent_instance;

  GtkBox *content;
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *note;
  GtkLabel *count;
  GtkWidget *dot;

  char *key; /* owned */
};

G_DEFINE_FINAL_TYPE (RpDeskRow, rp_desk_row, GTK_TYPE_LIST_BOX_ROW)

/* What a dot says by its colour and shape, in words. */
static const struct {
  const char *state;
  const char *style;
  const char *words;
} dots[] = {
  {RP_PARTNER_CONNECTED, NULL, N_ ("%s is connected.")},
  {RP_PARTNER_NEEDS_YOU, "trouble", N_ ("%s needs you.")},
  {RP_PARTNER_PAUSED, "off", N_ ("%s is paused.")},
};

static void
show_dot (RpDeskRow *self, const char *name, const char *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (dots); i++) {
    gboolean is_it = g_strcmp0 (dots[i].state, state) == 0;

    if (dots[i].style != NULL && is_it)
      gtk_widget_add_css_class (self->dot, dots[i].style);
    else if (dots[i].style != NULL)
      gtk_widget_remove_css_class (self->dot, dots[i].style);
    if (is_it) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      g_autofree char *words = g_strdup_printf (_ (dots[i].words), name);
#pragma GCC diagnostic pop
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      words, -1);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self), words);
    }
  }
  gtk_widget_set_visible (self->dot, TRUE);
}

static void
partner_changed_cb (RpPartner *partner, GParamSpec *pspec, RpDeskRow *self)
{
  const char *state = rp_partner_get_state (partner);
  const char *message = rp_partner_get_message (partner);
  const char *name = rp_partner_get_name (partner);

  gtk_label_set_label (self->title, name);
  show_dot (self, name, state);
  if (g_strcmp0 (state, RP_PARTNER_PAUSED) == 0)
    message = _ ("Paused");
  rp_desk_row_set_note (self, message);
}

static void
rp_desk_row_dispose (GObject *object)
{
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RP_TYPE_DESK_ROW);
  G_OBJECT_CLASS (rp_desk_row_parent_class)->dispose (object);
}

static void
rp_desk_row_finalize (GObject *object)
{
  g_free (RP_DESK_ROW (object)->key);
  G_OBJECT_CLASS (rp_desk_row_parent_class)->finalize (object);
}

static void
rp_desk_row_class_init (RpDeskRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_desk_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = rp_desk_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/rows/rp-desk-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RpDeskRow, content);
  gtk_widget_class_bind_template_child (widget_class, RpDeskRow, icon);
  gtk_widget_class_bind_template_child (widget_class, RpDeskRow, title);
  gtk_widget_class_bind_template_child (widget_class, RpDeskRow, note);
  gtk_widget_class_bind_template_child (widget_class, RpDeskRow, count);
  gtk_widget_class_bind_template_child (widget_class, RpDeskRow, dot);
}

static void
rp_desk_row_init (RpDeskRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rp_desk_row_new (const char *key, const char *icon, const char *title)
{
  RpDeskRow *self = g_object_new (RP_TYPE_DESK_ROW, NULL);

  self->key = g_strdup (key);
  gtk_image_set_from_icon_name (self->icon, icon);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), icon != NULL);
  gtk_label_set_label (self->title, title);

  return GTK_WIDGET (self);
}

GtkWidget *
rp_desk_row_new_for_partner (RpPartner *partner)
{
  GtkWidget *row = rp_desk_row_new (rp_partner_get_id (partner), NULL, "");

  g_signal_connect_object (partner, "notify", G_CALLBACK (partner_changed_cb), row, 0);
  partner_changed_cb (partner, NULL, RP_DESK_ROW (row));

  return row;
}

const char *
rp_desk_row_get_key (RpDeskRow *self)
{
  g_return_val_if_fail (RP_IS_DESK_ROW (self), NULL);

  return self->key;
}

const char *
rp_desk_row_get_title (RpDeskRow *self)
{
  g_return_val_if_fail (RP_IS_DESK_ROW (self), NULL);

  return gtk_label_get_label (self->title);
}

void
rp_desk_row_set_title (RpDeskRow *self, const char *title)
{
  g_return_if_fail (RP_IS_DESK_ROW (self));

  gtk_label_set_label (self->title, title);
}

void
rp_desk_row_add_suffix (RpDeskRow *self, GtkWidget *widget)
{
  g_return_if_fail (RP_IS_DESK_ROW (self));

  gtk_box_append (self->content, widget);
}

void
rp_desk_row_set_count (RpDeskRow *self, guint count, gboolean urgent)
{
  g_autofree char *text = g_strdup_printf ("%'u", count);

  g_return_if_fail (RP_IS_DESK_ROW (self));

  gtk_label_set_label (self->count, text);
  gtk_widget_set_visible (GTK_WIDGET (self->count), count > 0);
  if (urgent)
    gtk_widget_add_css_class (GTK_WIDGET (self->count), "attention");
}

void
rp_desk_row_set_note (RpDeskRow *self, const char *note)
{
  g_return_if_fail (RP_IS_DESK_ROW (self));

  gtk_label_set_label (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL);
  if (note != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "rp-noted");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "rp-noted");
}
