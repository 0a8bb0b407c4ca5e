/* Second copies of an article at a partner: a request that was doubled on its way makes one where a
 * create has no key. The first look after a create asks for them; each is put into the outbox as a
 * removal of its own, so that nothing leaves that is not written down. Sender's thread; only
 * rp-sender*.c include this. */
#pragma once

#include "rp-sender-trip.h"

G_BEGIN_DECLS

/* Puts the removal of what trip->exchange has found into the outbox, once; nothing without our mark
 * and never what the receipt names. Within the transaction that writes down what was seen. */
gboolean rp_copy_queue (RpTrip *trip, gint64 now, GError **error);
/* Right before one leaves: FALSE with RP_ERROR_CONFLICT when it is the article by now. TRUE for any
 * other delivery. */
gboolean rp_copy_check (RpTrip *trip, GError **error);
/* For the history, when it is done; and for the person, when it cannot be. Give. */
char *rp_copy_dup_done (RpTrip *trip);
char *rp_copy_dup_refused (RpTrip *trip);

G_END_DECLS
