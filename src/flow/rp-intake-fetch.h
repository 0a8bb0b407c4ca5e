/* Fetching for the intake: pages and pictures within limits of size, time and address. Main thread;
 * only flow includes this. */
#pragma once

#include "rp-http.h"
#include "rp-importer.h"

G_BEGIN_DECLS

/* An address as a source: bytes, declared type and charset, base address after redirects. Gives. */
void rp_intake_fetch_async (RpHttp *http,
                            const char *url,
                            gsize limit,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
RpSource *rp_intake_fetch_finish (RpHttp *http, GAsyncResult *result, GError **error);

/* An answer as a source. Gives. */
RpSource *rp_intake_fetch_take_answer (const RpResponse *response);

G_END_DECLS
