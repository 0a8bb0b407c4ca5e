/* What publish and withdraw share: printing what was queued, waiting for it, and the exit status.
 */
#pragma once

#include "rp-cli.h"

G_BEGIN_DECLS

/* `queued` of RpQueued. With `wait`, delivers first and prints how it ended. */
int rp_outcome_print (RpCli *cli, GPtrArray *queued, gboolean wait);
/* Partner names to ids; NULL: the message is printed. Gives. */
GStrv rp_outcome_resolve_partners (RpCli *cli, char **names);
/* Until nothing can leave any more; at_once as for rp_dispatch_run_async. */
gboolean rp_outcome_deliver (RpCli *cli, guint at_once, GError **error);

G_END_DECLS
