/* Delivering while no window is open: the program stays until nothing is planned any more, if the
 * person wants that, and asks the desktop (through the portal) to be allowed to and to be started
 * again at log-in. Main thread. */
#pragma once

#include <gio/gio.h>

#include "rp-workspace.h"

G_BEGIN_DECLS

typedef struct _RpBackground RpBackground;

/* Both borrowed for its life. Gives. */
RpBackground *rp_background_new (GApplication *application, RpWorkspace *workspace);
void rp_background_free (RpBackground *background);

G_END_DECLS
