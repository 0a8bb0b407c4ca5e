#include "rp-picks.h"

#include "rp-article-list.h"
#include "rp-store-articles.h"
#include "rp-work.h"

RpArticleRow *
rp_picks_peek (GListModel *list, guint position)
{
  return RP_IS_ARTICLE_LIST (list) ? rp_article_list_peek (RP_ARTICLE_LIST (list), position) : NULL;
}

guint
rp_picks_find (GListModel *list, const char *id)
{
  return id != NULL && RP_IS_ARTICLE_LIST (list) ? rp_article_list_find (RP_ARTICLE_LIST (list), id)
                                                 : G_MAXUINT;
}

gboolean
rp_picks_are_counted (GListModel *list)
{
  return !RP_IS_ARTICLE_LIST (list) || rp_article_list_is_counted (RP_ARTICLE_LIST (list));
}

/* ---- positions become ids ---- */

typedef struct {
  char *query; /* owned */
  guint position;
  guint count;
} Span;

static void
span_free (gpointer data)
{
  Span *span = data;

  g_free (span->query);
  g_free (span);
}

static gpointer
resolve (RpStore *store, gpointer data, GError **error)
{
  Span *span = data;

  return rp_store_list_article_ids (store, span->query, span->position, span->count, error);
}

void
rp_picks_resolve_async (RpWorkspace *workspace,
                        const char *query,
                        guint position,
                        guint count,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  Span *span = g_new0 (Span, 1);

  span->query = g_strdup (query);
  span->position = position;
  span->count = count;
  rp_workspace_run_async (workspace, resolve, span, span_free, (GDestroyNotify) g_ptr_array_unref,
                          cancellable, callback, user_data);
}

GPtrArray *
rp_picks_resolve_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error)
{
  return rp_workspace_run_finish (workspace, result, error);
}

/* ---- what they are ---- */

void
rp_pick_summary_free (RpPickSummary *summary)
{
  g_hash_table_unref (summary->states);
  g_free (summary);
}

static gboolean
add_one (RpStore *store, const char *id, RpPickSummary *summary, GError **error)
{
  g_autoptr (RpDbRows) rows =
    rp_db_query (rp_store_get_db (store), error,
                 "SELECT a.state, a.unread, coalesce (f.review, 0) FROM articles a"
                 " LEFT JOIN facts f ON f.article_id = a.id WHERE a.id = $1",
                 "s", id);
  g_autoptr (GError) local = NULL;
  const char *state;
  gpointer count;

  if (rows == NULL)
    return FALSE;
  if (!rp_db_next (rows, &local)) {
    if (local == NULL)
      return TRUE; /* gone in the meantime */
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  state = rp_db_text (rows, 0);
  count = g_hash_table_lookup (summary->states, state);
  g_hash_table_insert (summary->states, g_strdup (state),
                       GUINT_TO_POINTER (GPOINTER_TO_UINT (count) + 1));
  summary->unread += rp_db_int (rows, 1) != 0;
  summary->unconfirmed += rp_db_int (rows, 2) != 0 && (g_str_equal (state, RP_STATE_READY) ||
                                                       g_str_equal (state, RP_STATE_BLOCKED));

  return TRUE;
}

static gpointer
summarise (RpStore *store, gpointer data, GError **error)
{
  GPtrArray *ids = data;
  g_autoptr (RpPickSummary) summary = g_new0 (RpPickSummary, 1);

  summary->states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < ids->len; i++)
    if (!add_one (store, ids->pdata[i], summary, error))
      return NULL;

  return g_steal_pointer (&summary);
}

void
rp_picks_summarise_async (RpWorkspace *workspace,
                          GPtrArray *ids,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  rp_workspace_run_async (workspace, summarise, ids, (GDestroyNotify) g_ptr_array_unref,
                          (GDestroyNotify) rp_pick_summary_free, cancellable, callback, user_data);
}

RpPickSummary *
rp_picks_summarise_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error)
{
  return rp_workspace_run_finish (workspace, result, error);
}
