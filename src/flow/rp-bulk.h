/* One deed on many articles: done off the main loop in small portions, so that it can be watched
 * and stopped, and undone as one step. What cannot be done with an article is not done and is named
 * with its reason. Main thread. */
#pragma once

#include "rp-workspace.h"

G_BEGIN_DECLS

typedef enum {
  RP_BULK_ARCHIVE,
  RP_BULK_TRASH,
  RP_BULK_RESTORE, /* back to the desk */
  RP_BULK_READ,
  RP_BULK_UNREAD,
  RP_BULK_CONFIRM, /* the licence that was recognised is right */
  RP_BULK_LICENCE, /* `value` is the licence's id */
  RP_BULK_PUBLISH, /* to `partner_ids` */
  RP_BULK_EXPORT,  /* `value` is the folder */
} RpBulkDeed;

typedef struct {
  char *reason;   /* a sentence */
  char *headline; /* of the first one */
  guint count;
} RpBulkProblem;

#define RP_TYPE_BULK (rp_bulk_get_type ())
G_DECLARE_FINAL_TYPE (RpBulk, rp_bulk, RP, BULK, GObject)

/* Takes `ids`, an array of char *. `partner_ids` only for publishing. */
RpBulk *rp_bulk_new (RpWorkspace *workspace,
                     RpBulkDeed deed,
                     GPtrArray *ids,
                     const char *value,
                     const char *const *partner_ids);
/* Signal "progress" (guint done, guint total). Cancelled, it ends where it is: what has been done
 * stays, and can be undone. The error is of the library or the disk; FALSE does not mean that
 * nothing was done. */
void rp_bulk_run_async (RpBulk *self,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
gboolean rp_bulk_run_finish (RpBulk *self, GAsyncResult *result, GError **error);
/* Once after a run: everything that it did. */
void rp_bulk_undo_async (RpBulk *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
gboolean rp_bulk_undo_finish (RpBulk *self, GAsyncResult *result, GError **error);

RpBulkDeed rp_bulk_get_deed (RpBulk *self);
guint rp_bulk_get_n_done (RpBulk *self);  /* articles with which it was done */
guint rp_bulk_get_total (RpBulk *self);   /* articles that were meant */
gboolean rp_bulk_can_undo (RpBulk *self); /* something was done that has a way back */
/* Publishing of which nothing has left yet; and after undo: of which something had. */
gboolean rp_bulk_is_held (RpBulk *self);
gboolean rp_bulk_was_late (RpBulk *self);
GPtrArray *rp_bulk_get_problems (RpBulk *self); /* lends; of RpBulkProblem */

G_END_DECLS
