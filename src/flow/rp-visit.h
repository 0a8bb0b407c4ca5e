/* One visit to one source: ask whether there is something new, import it, write down what changed.
 * Main thread; only flow includes this. */
#pragma once

#include "rp-glance.h"
#include "rp-polite.h"
#include "rp-subscription.h"
#include "rp-workspace.h"

G_BEGIN_DECLS

typedef struct {
  RpSubscription *source; /* owned: as it is in the library now */
  GPtrArray *rows;        /* owned, of RpIntakeResult: what is new, changed, vanished or back */
  gboolean failed;        /* its message says why */
} RpVisitReport;

void rp_visit_report_free (RpVisitReport *report);

/* `source` is copied; `taken` is an answer of just now that need not be asked for again, or NULL
 * (takes it). With `if_due` another program may have been first: then finish gives NULL without an
 * error. */
void rp_visit_async (RpWorkspace *workspace,
                     RpPolite *polite,
                     RpSubscription *source,
                     RpResponse *taken,
                     gboolean if_due,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data);
/* Gives. An error means that the library could not be written, or that it was cancelled. */
RpVisitReport *rp_visit_finish (GAsyncResult *result, GError **error);

G_END_DECLS
