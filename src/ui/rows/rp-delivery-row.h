/* One delivery of the outbox: article, partner, why it is where it is, what can be done. Its
 * buttons use the actions "outbox.retry", "outbox.cancel", "outbox.transcript" with the delivery's
 * id and "outbox.edit-partner" with the partner's. Main thread. */
#pragma once

#include <adwaita.h>

#include "rp-delivery.h"
#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_DELIVERY_ROW (rp_delivery_row_get_type ())
G_DECLARE_FINAL_TYPE (RpDeliveryRow, rp_delivery_row, RP, DELIVERY_ROW, GtkListBoxRow)

GtkWidget *rp_delivery_row_new (RpDelivery *delivery);
/* The same delivery, as it is now: changes in place. */
void rp_delivery_row_show (RpDeliveryRow *self, RpDelivery *delivery);
RpDelivery *rp_delivery_row_get_delivery (RpDeliveryRow *self); /* lends */

/* How far its upload has come; NULL = there is none, or it does not take long. */
void rp_delivery_row_show_upload (RpDeliveryRow *self, const RpUpload *upload);

G_END_DECLS
