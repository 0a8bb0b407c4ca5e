/* Which articles of a list are meant: by their ids, however long the list is. A list loads only the
 * rows that somebody looks at; what else was picked is looked up in the library, off the main loop.
 * Main thread. */
#pragma once

#include "rp-workspace.h"

G_BEGIN_DECLS

/* `list` is one of rp_workspace_list_articles; these only look at what is loaded. Lends; NULL, or
 * G_MAXUINT = not loaded. */
RpArticleRow *rp_picks_peek (GListModel *list, guint position);
guint rp_picks_find (GListModel *list, const char *id);

/* How many there are is known; until then there may be more than the list has. */
gboolean rp_picks_are_counted (GListModel *list);

/* The ids of the articles from `position` on, as the search finds them now. Gives an array of
 * char *. */
void rp_picks_resolve_async (RpWorkspace *workspace,
                             const char *query,
                             guint position,
                             guint count,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
GPtrArray *rp_picks_resolve_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error);

/* What a number of articles are: how many stand in each state (RP_STATE_…) and how many are
 * unread. */
typedef struct {
  GHashTable *states; /* owned: char * -> GUINT_TO_POINTER */
  guint unread;
  guint unconfirmed; /* their licence waits for a person's word */
} RpPickSummary;

void rp_pick_summary_free (RpPickSummary *summary);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpPickSummary, rp_pick_summary_free)

/* Takes `ids`, an array of char *. */
void rp_picks_summarise_async (RpWorkspace *workspace,
                               GPtrArray *ids,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
RpPickSummary *rp_picks_summarise_finish (RpWorkspace *workspace,
                                          GAsyncResult *result,
                                          GError **error); /* gives */

G_END_DECLS
