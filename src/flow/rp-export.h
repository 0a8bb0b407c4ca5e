/* Articles as files: the page that a browser shows and the article as ninjs, beside each other in a
 * folder. For exporting and for dragging out. Main thread; written on the library's thread. */
#pragma once

#include "rp-licence-book.h"
#include "rp-workspace.h"

G_BEGIN_DECLS

/* Takes `ids`, an array of char *. Gives the paths that were written, an array of char *; the
 * article that cannot be written ends it with an error. */
void rp_export_async (RpWorkspace *workspace,
                      GPtrArray *ids,
                      const char *folder,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);
GPtrArray *rp_export_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error);

/* One article, for flow only: on the store's thread, with a copy of the book. Adds the paths. */
struct _RpStore;
gboolean rp_export_write (struct _RpStore *store,
                          RpLicenceBook *book,
                          const char *id,
                          const char *folder,
                          GPtrArray *paths,
                          GError **error);

G_END_DECLS
