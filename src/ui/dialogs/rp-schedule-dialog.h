/* Asks for a day and a time to publish at. Main thread. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RP_TYPE_SCHEDULE_DIALOG (rp_schedule_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RpScheduleDialog, rp_schedule_dialog, RP, SCHEDULE_DIALOG, AdwWindow)

/* `when` is microseconds UTC, always in the future; `there`: the partner is to publish it then by
 * itself, where it can. Not called when the dialog is dismissed. */
typedef void (*RpScheduleCallback) (gint64 when, gboolean there, gpointer user_data);

/* `proposed` 0 = the next full hour. `user_data` has to live as long as `parent`. */
void rp_schedule_dialog_present (GtkWindow *parent,
                                 gint64 proposed,
                                 RpScheduleCallback callback,
                                 gpointer user_data);

G_END_DECLS
