/* Counts the articles that a search finds, beside everything else: on a connection and a thread of
 * its own, and not to the end when nobody wants to know any more. Main thread. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _RpCounter RpCounter; /* counted; the last one out closes the connection */

RpCounter *rp_counter_new (const char *uri);
void rp_counter_unref (RpCounter *counter);
/* `query` as in rp-store-query.h. */
void rp_counter_count_async (RpCounter *counter,
                             const char *query,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
/* -1 with an error. */
gint64 rp_counter_count_finish (GAsyncResult *result, GError **error);

G_END_DECLS
