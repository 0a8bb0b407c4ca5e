/* Work on the store's thread; only flow includes this. */
#pragma once

#include "rp-store-thread.h"
#include "rp-workspace.h"

G_BEGIN_DECLS

/* Takes `data`. The callback comes on the caller's main context. */
void rp_workspace_run_async (RpWorkspace *self,
                             RpWorkFunc func,
                             gpointer data,
                             GDestroyNotify free_data,
                             GDestroyNotify free_result,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
/* What only reads and is not waited for: beside all that, on a connection of its own. The same
 * finish. */
void rp_workspace_count_async (RpWorkspace *self,
                               const RpWork *work,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gpointer rp_workspace_run_finish (RpWorkspace *self, GAsyncResult *result, GError **error);
/* Blocks the caller until it is done; for reprintctl and for closing. */
gpointer rp_workspace_run (RpWorkspace *self, RpWorkFunc func, gpointer data, GError **error);

/* The result of a job that only does something. */
#define RP_WORK_DONE GINT_TO_POINTER (TRUE)
gboolean rp_workspace_finish_done (RpWorkspace *self, GAsyncResult *result, GError **error);

/* Reads partners, licences and rules again into the models; main thread. */
void rp_workspace_reload_shelf (RpWorkspace *self);
/* Tell everybody; NULL = some article, the lists are stale. Main thread. */
void rp_workspace_note_article (RpWorkspace *self, const char *id);
void rp_workspace_note_outbox (RpWorkspace *self);
void rp_workspace_wake_sender (RpWorkspace *self);
void rp_workspace_note_held (RpWorkspace *self); /* for as long as it was set */
struct _RpSender *
rp_workspace_get_sender (RpWorkspace *self); /* lends; NULL without RP_WORKSPACE_SEND */

struct _RpWatch *rp_workspace_get_watch (RpWorkspace *self); /* lends; made when it is asked for */
struct _RpPresence *rp_workspace_get_presence (RpWorkspace *self); /* the same */

/* A deep, immutable enough copy of what judging needs on another thread: gives a list of RpPartner
 * copies. */
GPtrArray *rp_workspace_copy_partners (RpWorkspace *self);

G_END_DECLS
