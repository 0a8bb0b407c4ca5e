/* The one HTTP session of the program (libsoup, HTTP/1.1 and 2). Main thread, asynchronous.
 *
 * Reads follow at most five redirects; a hop to another host loses Authorization and every secret
 * header, and https never becomes http. Requests that change something follow none. The body is cut
 * off with RP_ERROR_TOO_LARGE at the limit. Errors: RP_ERROR_UNREACHABLE when nothing can have
 * arrived (DNS, connect, TLS), RP_ERROR_UNKNOWN_OUTCOME when a changing request may have arrived
 * although no whole answer came back, RP_ERROR_BUSY for a read that timed out;
 * G_IO_ERROR_CANCELLED. */
#pragma once

#include <gio/gio.h>

#include "rp-http-message.h"

G_BEGIN_DECLS

#define RP_TYPE_HTTP (rp_http_get_type ())
G_DECLARE_FINAL_TYPE (RpHttp, rp_http, RP, HTTP, GObject)

#define RP_HTTP_DEFAULT_LIMIT (32 * 1024 * 1024)

RpHttp *rp_http_new (void);
/* A PEM file of certificate authorities to trust beside the system's; NULL for none. */
gboolean rp_http_trust (RpHttp *self, const char *pem_path, GError **error);
/* How long nothing may come before it counts as unreachable, or as not answered; 30 by itself. */
void rp_http_set_timeout (RpHttp *self, guint seconds);

/* How much of a large body has left: told every hundredth, on the session's thread. */
typedef void (*RpHttpProgress) (const RpRequest *request,
                                goffset sent,
                                goffset size,
                                gpointer user_data);
#define RP_HTTP_LARGE (512 * 1024)
/* For requests from now on with at least RP_HTTP_LARGE bytes; `user_data` outlives the session. */
void rp_http_set_progress (RpHttp *self, RpHttpProgress progress, gpointer user_data);

/* `request` is borrowed until the callback. `limit` in bytes, 0 = RP_HTTP_DEFAULT_LIMIT. */
void rp_http_send_async (RpHttp *self,
                         const RpRequest *request,
                         gsize limit,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
RpResponse *rp_http_send_finish (RpHttp *self, GAsyncResult *result, GError **error); /* gives */

G_END_DECLS
