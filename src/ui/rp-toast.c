#include "rp-toast.h"

#define GOING "rp-toast-going"                        /* until when a toast goes */
#define LONGEST_GOING (400 * G_TIME_SPAN_MILLISECOND) /* libadwaita takes 300 ms at most */

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

/* ---- libadwaita 1.2 falls over a toast that comes while another one goes ---- */

static void
dismissed_cb (AdwToast *toast, GObject *overlay)
{
  gint64 until = g_get_monotonic_time () + LONGEST_GOING;

  g_object_set_data_full (overlay, GOING, g_memdup2 (&until, sizeof until), g_free);
}

typedef struct {
  GtkWidget *overlay; /* owned */
  AdwToast *toast;    /* owned */
} Waiting;

static void
waiting_free (gpointer data)
{
  Waiting *waiting = data;

  g_clear_object (&waiting->toast);
  g_object_unref (waiting->overlay);
  g_free (waiting);
}

static gboolean
gone_cb (gpointer user_data)
{
  Waiting *waiting = user_data;

  if (gtk_widget_get_root (waiting->overlay) != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (waiting->overlay),
                                 g_steal_pointer (&waiting->toast));

  return G_SOURCE_REMOVE;
}

static void
add_toast (GtkWidget *overlay, AdwToast *toast) /* taken */
{
  const gint64 *until = g_object_get_data (G_OBJECT (overlay), GOING);
  gint64 left = until != NULL ? *until - g_get_monotonic_time () : 0;
  Waiting *waiting;

  g_signal_connect_object (toast, "dismissed", G_CALLBACK (dismissed_cb), overlay, 0);
  if (left <= 0) {
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
    return;
  }
  waiting = g_new0 (Waiting, 1);
  waiting->overlay = g_object_ref (overlay);
  waiting->toast = toast;
  g_timeout_add_full (G_PRIORITY_DEFAULT, (guint) (left / G_TIME_SPAN_MILLISECOND) + 1, gone_cb,
                      waiting, waiting_free);
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
  add_toast (overlay, toast);
}

void
rp_toast_show_error (GtkWidget *widget, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    rp_toast_show (widget, error->message, NULL);
}
