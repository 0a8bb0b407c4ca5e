/* Memory that a start or an import needed and the window at rest does not goes back to the system.
 * Main thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Soon, when nothing large has come after it; called where something large has ended. */
void rp_thrift_soon (void);

G_END_DECLS
