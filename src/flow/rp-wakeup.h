/* Notices that the network has come back, and that the machine has woken up (logind's
 * PrepareForSleep): the moments at which a program that waits should look again. Main thread. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _RpWakeup RpWakeup;

/* `woken` is called on the thread-default main context of the caller. Gives. */
RpWakeup *rp_wakeup_new (void (*woken) (gpointer user_data), gpointer user_data);
void rp_wakeup_free (RpWakeup *wakeup);

G_END_DECLS
