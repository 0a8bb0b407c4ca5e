#include "rp-first-run.h"

struct _RpFirstRun {
  AdwBin parent_instance;

  GtkStack *views;
  GtkSpinner *spinner;
};

G_DEFINE_FINAL_TYPE (RpFirstRun, rp_first_run, ADW_TYPE_BIN)

static void
rp_first_run_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RP_TYPE_FIRST_RUN);
  G_OBJECT_CLASS (rp_first_run_parent_class)->dispose (object);
}

static void
rp_first_run_class_init (RpFirstRunClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_first_run_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/pages/rp-first-run.ui");
  gtk_widget_class_bind_template_child (widget_class, RpFirstRun, views);
  gtk_widget_class_bind_template_child (widget_class, RpFirstRun, spinner);
}

static void
rp_first_run_init (RpFirstRun *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rp_first_run_set_busy (RpFirstRun *self, gboolean busy)
{
  g_return_if_fail (RP_IS_FIRST_RUN (self));

  gtk_stack_set_visible_child_name (self->views, busy ? "spinner" : "button");
  gtk_spinner_set_spinning (self->spinner, busy);
}
