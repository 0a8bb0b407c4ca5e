/* History: what happened to an article, and what was sent and answered, for people and for
 * `reprintctl show` and `outbox`. Main thread. */
#pragma once

#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_HISTORY_ITEM (rp_history_item_get_type ())
G_DECLARE_FINAL_TYPE (RpHistoryItem, rp_history_item, RP, HISTORY_ITEM, GObject)

struct _RpHistoryItem {
  GObject parent_instance;

  gint64 at;
  char *kind;  /* imported, edited, licence, approved, queued, delivered, failed, withdrawn … */
  char *words; /* a whole sentence */
  char *delivery_id; /* NULL = none: else its transcript can be read */
  char *url;         /* NULL = none */
};

/* Newest first, of RpHistoryItem. */
void rp_history_list_async (RpWorkspace *workspace,
                            const char *article_id,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
GPtrArray *rp_history_list_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error);
/* What a delivery sent and was answered, secrets hidden, as readable text. Gives. */
void rp_history_transcript_async (RpWorkspace *workspace,
                                  const char *delivery_id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
char *rp_history_transcript_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error);
/* The article, its deliveries, receipts and history as one JSON object: `reprintctl show --json`.
 * Gives. */
void rp_history_show_async (RpWorkspace *workspace,
                            const char *article_id,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
JsonObject *rp_history_show_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error);
/* The first rows of a search, newest first, of RpArticleRow; a wrong filter word is
 * RP_ERROR_INVALID. For reprintctl and the shell; the window uses rp_workspace_list_articles. */
void rp_history_search_async (RpWorkspace *workspace,
                              const char *query,
                              guint limit,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
GPtrArray *rp_history_search_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error);

G_END_DECLS
