/* The watch: sources are read again and again, politely, and what is new, changed, cancelled or
 * gone there comes to the desk. Owned by the workspace, which lends it; main thread. */
#pragma once

#include "rp-intake.h"
#include "rp-subscription.h"
#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_WATCH (rp_watch_get_type ())
G_DECLARE_FINAL_TYPE (RpWatch, rp_watch, RP, WATCH, GObject)

RpWatch *rp_watch_get (RpWorkspace *workspace); /* lends */

/* A list of RpSubscription, by title, that follows changes by itself. What it holds is replaced,
 * never changed. Lends. */
GListModel *rp_watch_get_sources (RpWatch *self);
/* By id, the beginning of one, address or title; RP_ERROR_NOT_FOUND. Reads the library when it has
 * not been read yet. Lends. */
RpSubscription *rp_watch_find (RpWatch *self, const char *name, GError **error);
/* Whether what is due is read by itself; off at first, and while there is no network. */
void rp_watch_set_automatic (RpWatch *self, gboolean automatic);
/* Reads the list again: it may have changed. */
void rp_watch_load_async (RpWatch *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean rp_watch_load_finish (RpWatch *self, GAsyncResult *result, GError **error);

/* Looks at the address first: a page that declares a feed is subscribed by that feed, unless it is
 * wanted `as_page`. Nothing is imported yet; it is due at once. RP_ERROR_CONFLICT when it is there
 * already. */
void rp_watch_add_async (RpWatch *self,
                         const char *url,
                         gboolean as_page,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
RpSubscription *
rp_watch_add_finish (RpWatch *self, GAsyncResult *result, GError **error); /* gives */
/* Of RpSubscription, as OPML lists them: without looking. Those that are there already are left
 * out; gives how many were added, -1 with an error. Also brings back what was removed. */
void rp_watch_restore_async (RpWatch *self,
                             GPtrArray *sources,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
int rp_watch_restore_finish (RpWatch *self, GAsyncResult *result, GError **error);
/* Articles that it brought stay. */
void rp_watch_remove_async (RpWatch *self,
                            const char *id,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean rp_watch_remove_finish (RpWatch *self, GAsyncResult *result, GError **error);
/* What a person may set. A source that goes on is due at once. */
void rp_watch_pause_async (RpWatch *self,
                           const char *id,
                           gboolean paused,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
/* For what it brings from now on; NULL = proposed for each article. */
void rp_watch_set_licence_async (RpWatch *self,
                                 const char *id,
                                 const char *licence_id,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean rp_watch_change_finish (RpWatch *self, GAsyncResult *result, GError **error);

typedef enum {
  RP_WATCH_DUE,  /* what is due by its plan, unless another program was first */
  RP_WATCH_OPEN, /* what its server does not ask to wait with */
  RP_WATCH_NOW,  /* a person insists; only what asks to be left alone is left alone */
} RpWatchWish;

typedef struct {
  RpSubscription *source; /* owned */
  GPtrArray *rows;        /* owned, of RpIntakeResult: new, changed, "vanished", "returned" */
  gboolean failed;        /* the source's message says why */
} RpWatchReport;

void rp_watch_report_free (RpWatchReport *report);

/* ids NULL = all that are not paused. Gives an array of RpWatchReport, one for each source that was
 * asked. */
void rp_watch_poll_async (RpWatch *self,
                          const char *const *ids,
                          RpWatchWish wish,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
GPtrArray *rp_watch_poll_finish (RpWatch *self, GAsyncResult *result, GError **error);
/* Signal "visits-changed" (): another source is being read, or none any more. */
gboolean rp_watch_is_visiting (RpWatch *self, const char *id);

/* For the workspace only. */
RpWatch *rp_watch_new (RpWorkspace *workspace);
void rp_watch_stop (RpWatch *self);

G_END_DECLS
