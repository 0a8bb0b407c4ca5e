/* Requests that no person waits for: at most two at a time, one per host, and a pause before the
 * same host is asked again. Main thread; only flow includes this. */
#pragma once

#include "rp-http.h"

G_BEGIN_DECLS

#define RP_TYPE_POLITE (rp_polite_get_type ())
G_DECLARE_FINAL_TYPE (RpPolite, rp_polite, RP, POLITE, GObject)

RpPolite *rp_polite_new (RpHttp *http);
void rp_polite_set_pause (RpPolite *self, guint milliseconds); /* per host, default two seconds */
/* Takes the request, sends it in its turn. */
void rp_polite_send_async (RpPolite *self,
                           RpRequest *request,
                           gsize limit,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
RpResponse *rp_polite_send_finish (RpPolite *self, GAsyncResult *result, GError **error);
/* What waits for its turn ends with G_IO_ERROR_CANCELLED. */
void rp_polite_stop (RpPolite *self);

G_END_DECLS
