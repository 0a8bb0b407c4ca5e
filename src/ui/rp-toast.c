#include "rp-toast.h"

typedef struct {
  GWeakRef owner;
  RpToastCallback callback;
  char *argument; /* owned */
} Press;

static void
press_free (gpointer data, GClosure *closure)
{
  Press *press = data;

  g_weak_ref_clear (&press->owner);
  g_free (press->argument);
  g_free (press);
}

static void
pressed_cb (AdwToast *toast, Press *press)
{
  g_autoptr (GObject) owner = g_weak_ref_get (&press->owner);

  if (owner != NULL)
    press->callback (owner, press->argument);
}

static void
add_button (AdwToast *toast, const RpToastButton *button)
{
  Press *press = g_new0 (Press, 1);

  g_weak_ref_init (&press->owner, button->owner);
  press->callback = button->callback;
  press->argument = g_strdup (button->argument);
  adw_toast_set_button_label (toast, button->label);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (pressed_cb), press, press_free, 0);
}

void
rp_toast_show (GtkWidget *widget, const char *words, const RpToastButton *button)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  g_autofree char *markup = g_markup_escape_text (words, -1);
  AdwToast *toast;

  if (overlay == NULL)
    return;
  toast = adw_toast_new (markup);
  /* What was just done can be undone at once; what was shown before comes back after it. */
  if (button != NULL)
    adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  if (button != NULL)
    add_button (toast, button);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

void
rp_toast_show_error (GtkWidget *widget, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    rp_toast_show (widget, error->message, NULL);
}
