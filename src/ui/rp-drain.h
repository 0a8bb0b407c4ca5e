/* Keeps the program until what was published in it has left: its windows may be closed in the
 * seconds in which that can still be undone. Main thread. */
#pragma once

#include <gio/gio.h>

#include "rp-workspace.h"

G_BEGIN_DECLS

typedef struct _RpDrain RpDrain;
typedef void (*RpDrainEnded) (gpointer user_data);

/* `ended` comes whenever everything that was waited for has left. Borrows all of it for its life.
 * Gives. */
RpDrain *rp_drain_new (GApplication *application,
                       RpWorkspace *workspace,
                       RpDrainEnded ended,
                       gpointer user_data);
gboolean rp_drain_is_busy (const RpDrain *drain);
void rp_drain_free (RpDrain *drain);

G_END_DECLS
