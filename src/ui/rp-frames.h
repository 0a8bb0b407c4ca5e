/* What each frame of a window costs, for ./dev bench: with G_MESSAGES_DEBUG=reprint it is written
 * to the log, otherwise nothing is measured. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* From the next time that the window is realized, for as long as it lives. */
void rp_frames_watch (GtkWindow *window);

G_END_DECLS
