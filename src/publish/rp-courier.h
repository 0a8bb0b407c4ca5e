/* The courier: carries one exchange through its connector's steps over the network. It owns
 * sockets, keeps the transcript (secrets redacted), and turns what happens into an error code that
 * says how to go on. Asynchronous, on the thread-default main context of its caller. */
#pragma once

#include "rp-connector.h"
#include "rp-http.h"

G_BEGIN_DECLS

#define RP_TYPE_COURIER (rp_courier_get_type ())
G_DECLARE_FINAL_TYPE (RpCourier, rp_courier, RP, COURIER, GObject)

/* Called on the same thread, synchronously; FALSE stops the exchange with the error. */
typedef struct {
  /* The request (redacted) is about to leave: write delivery and transcript to disk. */
  gboolean (*about_to_send) (RpExchange *exchange, const RpRequest *redacted, GError **error);
  /* It was answered (`response`, redacted) or failed (`failure`, in words). */
  gboolean (*answered) (RpExchange *exchange,
                        const RpResponse *redacted,
                        const char *failure,
                        GError **error);
} RpCourierLog;

RpCourier *rp_courier_new (RpHttp *http, const RpCourierLog *log); /* log may be NULL (probes) */

/* Everything is borrowed until the callback. `probe` runs the connector's test instead of its step.
 */
void rp_courier_carry_async (RpCourier *self,
                             const RpConnector *connector,
                             RpExchange *exchange,
                             gboolean probe,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean rp_courier_carry_finish (RpCourier *self, GAsyncResult *result, GError **error);

/* Seconds until the next try after `tries` tries: exponential with jitter, at most an hour; the
 * partner's own wish (retry_after >= 0) wins. `dice` is 0…1. */
gint64 rp_courier_get_delay (guint tries, gint64 retry_after, double dice);

G_END_DECLS
