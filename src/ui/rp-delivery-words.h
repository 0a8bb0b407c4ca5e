/* What a delivery says to a person: a sign, and sentences. Shared by the inspector and the outbox.
 * Main thread. */
#pragma once

#include "rp-delivery.h"
#include "rp-state-chip.h"
#include "rp-workspace.h"

G_BEGIN_DECLS

RpSign rp_delivery_get_sign (RpDelivery *delivery, gint64 now);
/* Why it is where it is, and what comes next: whole sentences. Gives; NULL = nothing to say. */
char *rp_delivery_dup_reason (RpDelivery *delivery, gint64 now);
char *rp_delivery_dup_when (RpDelivery *delivery, gint64 now);

/* By which partners an article is shown, of their ids. Gives. */
char *rp_delivery_dup_shown_by (RpWorkspace *workspace, GPtrArray *partner_ids);

/* How far a large upload has come; NULL = there is none. */
void rp_delivery_show_upload (GtkRevealer *revealer,
                              GtkProgressBar *bar,
                              GtkLabel *words,
                              const RpUpload *upload);

G_END_DECLS
