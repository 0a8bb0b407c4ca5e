/* Removals that plan themselves: a licence that lets a copy stay for some days puts its withdrawal
 * into the outbox as soon as the copy is out. A planned removal is a withdrawal with a time.
 * Sender's thread; only rp-sender*.c include this. */
#pragma once

#include "rp-sender-trip.h"

G_BEGIN_DECLS

gboolean rp_removal_is_planned (RpDelivery *delivery);
/* After a success: takes the plan back that there was, and makes the one that the licence asks for
 * now. Within the transaction that settles the trip. */
gboolean rp_removal_plan (RpTrip *trip, gint64 now, GError **error);
/* Right before one leaves: the licence may let the copy stay longer by now, or for good, and the
 * partner may have it no more. FALSE in `out_due` = it was moved or called off, and the trip is
 * over. TRUE for any other delivery. */
gboolean rp_removal_check (RpTrip *trip, gboolean *out_due, GError **error);

G_END_DECLS
