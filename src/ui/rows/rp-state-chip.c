#include "rp-state-chip.h"

struct _RpStateChip {
  AdwBin parent_instance;

  GtkStack *stack;
  char *shown; /* owned: the words that are shown */
};

G_DEFINE_FINAL_TYPE (RpStateChip, rp_state_chip, ADW_TYPE_BIN)

static const char *
get_icon_style (const char *style)
{
  if (g_strcmp0 (style, "ok") == 0)
    return "success";
  if (g_strcmp0 (style, "warn") == 0)
    return "warning";

  return g_strcmp0 (style, "bad") == 0 ? "error" : "dim-label";
}

static GtkWidget *
make_sign (const RpSign *sign)
{
  GtkWidget *image = gtk_image_new_from_icon_name (sign->icon);

  gtk_image_set_pixel_size (GTK_IMAGE (image), 12);
  gtk_widget_add_css_class (image, get_icon_style (sign->style));

  return image;
}

static GtkWidget *
make_spinner (void)
{
  GtkWidget *spinner = gtk_spinner_new ();

  gtk_spinner_set_spinning (GTK_SPINNER (spinner), TRUE);

  return spinner;
}

static GtkWidget *
make_pill (const RpSign *sign)
{
  GtkWidget *pill = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 5);

  gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (pill, GTK_ALIGN_END);
  gtk_widget_add_css_class (pill, "rp-chip");
  if (sign->style != NULL)
    gtk_widget_add_css_class (pill, sign->style);
  gtk_box_append (GTK_BOX (pill), sign->icon != NULL ? make_sign (sign) : make_spinner ());
  gtk_box_append (GTK_BOX (pill), gtk_label_new (sign->words));

  return pill;
}

/* The one before stays until the next, so that it can fade out. */
static void
remove_faded (GtkStack *stack)
{
  GtkWidget *visible = gtk_stack_get_visible_child (stack);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (stack));

  while (child != NULL) {
    GtkWidget *next = gtk_widget_get_next_sibling (child);

    if (child != visible)
      gtk_stack_remove (stack, child);
    child = next;
  }
}

static void
rp_state_chip_finalize (GObject *object)
{
  g_free (RP_STATE_CHIP (object)->shown);
  G_OBJECT_CLASS (rp_state_chip_parent_class)->finalize (object);
}

static void
rp_state_chip_class_init (RpStateChipClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rp_state_chip_finalize;
}

static void
rp_state_chip_init (RpStateChip *self)
{
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_transition_type (self->stack, GTK_STACK_TRANSITION_TYPE_CROSSFADE);
  gtk_stack_set_hhomogeneous (self->stack, FALSE);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
}

void
rp_state_chip_set_sign (RpStateChip *self, const RpSign *sign)
{
  GtkWidget *pill;

  g_return_if_fail (RP_IS_STATE_CHIP (self) && sign != NULL);

  if (g_strcmp0 (self->shown, sign->words) == 0)
    return;
  g_free (self->shown);
  self->shown = g_strdup (sign->words);
  remove_faded (self->stack);
  pill = make_pill (sign);
  gtk_stack_add_child (self->stack, pill);
  gtk_stack_set_visible_child (self->stack, pill);
}
