#include "rp-finding-row.h"

#include <glib/gi18n-lib.h>

struct _RpFindingRow {
  GtkListBoxRow parent_instance;

  GtkImage *sign;
  GtkLabel *words;
  GtkBox *ways;
};

G_DEFINE_FINAL_TYPE (RpFindingRow, rp_finding_row, GTK_TYPE_LIST_BOX_ROW)

enum {
  FIX,
  LEAVE_OUT,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
fix_cb (RpFindingRow *self)
{
  g_signal_emit (self, signals[FIX], 0);
}

static void
leave_out_cb (RpFindingRow *self)
{
  g_signal_emit (self, signals[LEAVE_OUT], 0);
}

static void
rp_finding_row_dispose (GObject *object)
{
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RP_TYPE_FINDING_ROW);
  G_OBJECT_CLASS (rp_finding_row_parent_class)->dispose (object);
}

static void
rp_finding_row_class_init (RpFindingRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_finding_row_dispose;
  signals[FIX] = g_signal_new ("fix", RP_TYPE_FINDING_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
  signals[LEAVE_OUT] = g_signal_new ("leave-out", RP_TYPE_FINDING_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/rows/rp-finding-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RpFindingRow, sign);
  gtk_widget_class_bind_template_child (widget_class, RpFindingRow, words);
  gtk_widget_class_bind_template_child (widget_class, RpFindingRow, ways);
}

static void
rp_finding_row_init (RpFindingRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_sign (RpFindingRow *self, RpSeverity severity)
{
  static const struct {
    const char *icon;
    const char *style;
    const char *words;
  } signs[] = {
    [RP_SEVERITY_INFO] = {"view-pin-symbolic", "dim-label", N_ ("To keep in mind")},
    [RP_SEVERITY_WARN] = {"dialog-warning-symbolic", "warning", N_ ("To look at")},
    [RP_SEVERITY_BLOCK] = {"action-unavailable-symbolic", "error",
                           N_ ("Keeps it from being published")},
  };

  gtk_image_set_from_icon_name (self->sign, signs[severity].icon);
  gtk_widget_add_css_class (GTK_WIDGET (self->sign), signs[severity].style);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->sign), _ (signs[severity].words));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->sign), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (signs[severity].words), -1);
}

static void
add_way (RpFindingRow *self, const char *label, const char *about, GCallback pressed)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "rp-small");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  about, -1);
  g_signal_connect_object (button, "clicked", pressed, self, G_CONNECT_SWAPPED);
  gtk_box_append (self->ways, button);
  gtk_widget_set_visible (GTK_WIDGET (self->ways), TRUE);
}

GtkWidget *
rp_finding_row_new (const RpConcern *concern, gboolean may_fix)
{
  RpFindingRow *self = g_object_new (RP_TYPE_FINDING_ROW, NULL);
  g_autofree char *words = rp_concern_dup_words (concern);
  const RpFinding *finding = concern->finding;

  show_sign (self, finding->severity);
  gtk_label_set_text (self->words, words);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->words), finding->evidence);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  if (may_fix && finding->fix_action != NULL && finding->fix_label != NULL)
    add_way (self, finding->fix_label, words, G_CALLBACK (fix_cb));
  if (finding->severity == RP_SEVERITY_BLOCK && !concern->everybody &&
      g_strcmp0 (finding->fix_action, "choose-partner") != 0)
    add_way (self, _ ("Leave Out"), words, G_CALLBACK (leave_out_cb));

  return GTK_WIDGET (self);
}
