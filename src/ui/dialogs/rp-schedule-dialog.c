#include "rp-schedule-dialog.h"

#include <glib/gi18n-lib.h>

#include "rp-help.h"
#include "rp-names.h"
#include "rp-time.h"

struct _RpScheduleDialog {
  AdwWindow parent_instance;

  GtkWidget *accept;
  GtkCalendar *calendar;
  GtkSpinButton *hour;
  GtkSpinButton *minute;
  GtkLabel *words;
  GtkCheckButton *there;

  RpScheduleCallback callback;
  gpointer user_data; /* not owned: lives as long as the parent */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (RpScheduleDialog, rp_schedule_dialog, ADW_TYPE_WINDOW)

/* RP_TIME_NONE for an hour that the clock skips. */
static gint64
read_time (RpScheduleDialog *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->calendar);
  g_autoptr (GDateTime) time = g_date_time_new_local (
    g_date_time_get_year (day), g_date_time_get_month (day), g_date_time_get_day_of_month (day),
    gtk_spin_button_get_value_as_int (self->hour), gtk_spin_button_get_value_as_int (self->minute),
    0);

  return time != NULL ? g_date_time_to_unix (time) * G_USEC_PER_SEC : RP_TIME_NONE;
}

static void
changed_cb (RpScheduleDialog *self)
{
  gint64 when;
  gboolean future;
  g_autofree char *time = NULL;
  g_autofree char *words = NULL;

  if (self->filling)
    return;
  when = read_time (self);
  future = when > rp_time_now ();
  time = rp_time_format_long (when);
  if (!future)
    words = g_strdup (_ ("This time is already over."));
  else if (gtk_check_button_get_active (self->there))
    words = g_strdup_printf (_ ("It is handed over now, and published by the partners on %s. Those "
                                "that cannot wait get it then."),
                             time);
  else
    words = g_strdup_printf (_ ("It will be sent on %s."), time);
  gtk_label_set_text (self->words, words);
  gtk_widget_set_sensitive (self->accept, future);
}

static gboolean
output_cb (GtkSpinButton *button)
{
  g_autofree char *text = g_strdup_printf ("%02d", gtk_spin_button_get_value_as_int (button));

  gtk_editable_set_text (GTK_EDITABLE (button), text);

  return TRUE;
}

static void
accept_cb (RpScheduleDialog *self)
{
  gint64 when = read_time (self);

  if (when <= rp_time_now ()) {
    changed_cb (self); /* the time has passed while the dialog was open */
    return;
  }
  self->callback (when, gtk_check_button_get_active (self->there), self->user_data);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
rp_schedule_dialog_dispose (GObject *object)
{
  RP_SCHEDULE_DIALOG (object)->filling = TRUE; /* nothing that changes from now on counts */
  gtk_widget_dispose_template (GTK_WIDGET (object), RP_TYPE_SCHEDULE_DIALOG);
  G_OBJECT_CLASS (rp_schedule_dialog_parent_class)->dispose (object);
}

static void
rp_schedule_dialog_class_init (RpScheduleDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_schedule_dialog_dispose;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/app/reprint/Reprint/dialogs/rp-schedule-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RpScheduleDialog, accept);
  gtk_widget_class_bind_template_child (widget_class, RpScheduleDialog, calendar);
  gtk_widget_class_bind_template_child (widget_class, RpScheduleDialog, hour);
  gtk_widget_class_bind_template_child (widget_class, RpScheduleDialog, minute);
  gtk_widget_class_bind_template_child (widget_class, RpScheduleDialog, words);
  gtk_widget_class_bind_template_child (widget_class, RpScheduleDialog, there);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, output_cb);
  gtk_widget_class_bind_template_callback (widget_class, accept_cb);
}

static void
rp_schedule_dialog_init (RpScheduleDialog *self)
{
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  rp_help_set_page (GTK_WINDOW (self), "schedule");
  rp_names_adopt (GTK_WIDGET (self));
}

static void
fill (RpScheduleDialog *self, gint64 proposed)
{
  g_autoptr (GDateTime) time = NULL;

  if (proposed <= rp_time_now ())
    proposed = (rp_time_now () / G_TIME_SPAN_HOUR + 1) * G_TIME_SPAN_HOUR;
  else /* not a moment before the minute is full */
    proposed = (proposed + G_TIME_SPAN_MINUTE - 1) / G_TIME_SPAN_MINUTE * G_TIME_SPAN_MINUTE;
  time = g_date_time_new_from_unix_local (proposed / G_USEC_PER_SEC);
  gtk_calendar_select_day (self->calendar, time);
  gtk_spin_button_set_value (self->hour, g_date_time_get_hour (time));
  gtk_spin_button_set_value (self->minute, g_date_time_get_minute (time));
  self->filling = FALSE;
  changed_cb (self);
}

void
rp_schedule_dialog_present (GtkWindow *parent,
                            gint64 proposed,
                            RpScheduleCallback callback,
                            gpointer user_data)
{
  RpScheduleDialog *self = g_object_new (RP_TYPE_SCHEDULE_DIALOG, "transient-for", parent,
                                         "destroy-with-parent", TRUE, NULL);

  self->callback = callback;
  self->user_data = user_data;
  fill (self, proposed);
  gtk_window_present (GTK_WINDOW (self));
}
