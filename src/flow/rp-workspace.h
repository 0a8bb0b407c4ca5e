/* The workspace: one open library with everything around it: the licence book, the partners, the
 * outbox's sender, the HTTP session. The composition root of reprint and reprintctl. Main thread;
 * work on the library is done on a thread of its own, so nothing here blocks. Every change that is
 * made, also by another program on the same library, is told by signals:
 *
 *   "articles-changed" ()           lists and counts are stale
 *   "article-changed" (char *id)    this article, its deliveries or its history
 *   "outbox-changed" ()
 *   "uploading" (char *delivery_id) a large upload of this program goes on
 *   "changed-elsewhere" ()          somebody else has changed something, whatever it was
 *   "presence-changed" ()           somebody has come or gone; see rp-presence.h
 *
 * Property "away" (boolean, notifies): the server with the library does not answer. What is asked
 * for then fails; it is looked for, and what was missed is told when it is back.
 *
 * Partners and licences are GListModels that change by themselves. */
#pragma once

#include <gio/gio.h>

#include "rp-article-row.h"
#include "rp-article.h"
#include "rp-http.h"
#include "rp-licence-book.h"
#include "rp-partner.h"
#include "rp-role.h"
#include "rp-secrets.h"

G_BEGIN_DECLS

#define RP_TYPE_WORKSPACE (rp_workspace_get_type ())
G_DECLARE_FINAL_TYPE (RpWorkspace, rp_workspace, RP, WORKSPACE, GObject)

typedef enum {
  RP_WORKSPACE_SEND = 1 << 0,  /* deliver what is due, and go on doing so */
  RP_WORKSPACE_WATCH = 1 << 1, /* notice what other programs change in the library */
  RP_WORKSPACE_POLL = 1 << 2,  /* read what is due of the sources, and go on doing so */
} RpWorkspaceFlags;

/* `uri` NULL = the default library. Gives the workspace by finish. */
void rp_workspace_open_async (const char *uri,
                              RpWorkspaceFlags flags,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
RpWorkspace *rp_workspace_open_finish (GAsyncResult *result, GError **error);
/* Stops the sender after the request that is on its way, and waits for it. Nothing is lost either
 * way. */
void rp_workspace_close (RpWorkspace *self);

const char *rp_workspace_get_uri (RpWorkspace *self);
/* What the person may do in this library besides reading; all of it in one that is a file. What
 * sends and what reads sources rests when they may not. */
RpMay rp_workspace_get_rights (RpWorkspace *self);
gboolean rp_workspace_is_away (RpWorkspace *self);
/* Who works here, as others at the desk see it; NULL = nobody in particular, for programs. */
void rp_workspace_set_person (RpWorkspace *self, const char *name);
const char *rp_workspace_get_person (RpWorkspace *self);
/* How long what is published at once waits before it leaves, in microseconds, so that it can be
 * undone; 0, as for programs, = not at all. */
void rp_workspace_set_grace (RpWorkspace *self, gint64 grace);
gint64 rp_workspace_get_grace (RpWorkspace *self);
/* Until when something waits so, by rp_time_steady; 0 = nothing has. */
gint64 rp_workspace_get_held_until (RpWorkspace *self);
RpHttp *rp_workspace_get_http (RpWorkspace *self);         /* lends */
RpLicenceBook *rp_workspace_get_book (RpWorkspace *self);  /* lends; a GListModel of RpLicence */
GListModel *rp_workspace_get_partners (RpWorkspace *self); /* lends; of RpPartner, by name */
RpPartner *rp_workspace_find_partner (RpWorkspace *self, const char *id_or_name); /* lends, NULL */
/* For people; of one that is not there any more its id. Lends. */
const char *rp_workspace_get_partner_name (RpWorkspace *self, const char *id);
RpSecrets *rp_workspace_get_secrets (RpWorkspace *self); /* lends */
/* Articles in a state (RP_STATE_…, or "inbox"); 0 until the first count is there. */
guint rp_workspace_get_count (RpWorkspace *self, const char *state);

/* A list of RpArticleRow for a search (words and filters, see docs), newest first, that follows
 * changes by itself. A wrong filter word makes it empty: rp_workspace_check_query says why. Gives.
 */
GListModel *rp_workspace_list_articles (RpWorkspace *self, const char *query);
gboolean rp_workspace_check_query (RpWorkspace *self, const char *query, GError **error);

/* Articles. get marks it as read. */
void rp_workspace_get_article_async (RpWorkspace *self,
                                     const char *id,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
RpArticle *rp_workspace_get_article_finish (RpWorkspace *self,
                                            GAsyncResult *result,
                                            GError **error); /* gives */
void rp_workspace_get_original_async (RpWorkspace *self,
                                      const char *id,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
RpArticle *rp_workspace_get_original_finish (RpWorkspace *self,
                                             GAsyncResult *result,
                                             GError **error); /* as imported; gives */
/* Saves what has changed in `article` since `base`, which is the article as it was when the changes
 * began: what others have changed in other fields meanwhile stays. When a field was changed by both
 * (rp_merge), nothing is saved, and what is in the library stays in the history:
 * save_article_finish is RP_ERROR_CONFLICT then, merge_article_finish says what it is about. Also
 * keeps the version before as a revision (at most one a minute, somebody else's always), cleans the
 * body, and brings the article's state up to date. Both articles are copied at once. */
typedef struct {
  RpArticle *article; /* owned: in the library now */
  GStrv both;         /* owned: what both have changed; NULL = it is saved */
  gboolean changed;   /* something new was saved */
} RpMerged;

void rp_merged_free (RpMerged *merged);
void rp_workspace_save_article_async (RpWorkspace *self,
                                      RpArticle *article,
                                      RpArticle *base,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean rp_workspace_save_article_finish (RpWorkspace *self, GAsyncResult *result, GError **error);
RpMerged *rp_workspace_merge_article_finish (RpWorkspace *self,
                                             GAsyncResult *result,
                                             GError **error); /* gives */
/* RP_STATE_ARCHIVE, RP_STATE_TRASH, or NULL = back to the desk. */
void rp_workspace_move_article_async (RpWorkspace *self,
                                      const char *id,
                                      const char *state,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean rp_workspace_move_article_finish (RpWorkspace *self, GAsyncResult *result, GError **error);
/* What arrived, or a picture, byte for byte, by its SHA-256. */
void rp_workspace_get_blob_async (RpWorkspace *self,
                                  const char *sha256,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
GBytes *
rp_workspace_get_blob_finish (RpWorkspace *self, GAsyncResult *result, GError **error); /* gives */
char *rp_workspace_resolve_article (RpWorkspace *self,
                                    const char *id_or_prefix,
                                    GError **error); /* blocks; for reprintctl; gives */

/* Licences and partners: kept in the library, then in the models. */
void rp_workspace_save_licence_async (RpWorkspace *self,
                                      RpLicence *licence,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
RpLicence *rp_workspace_save_licence_finish (RpWorkspace *self,
                                             GAsyncResult *result,
                                             GError **error); /* gives */
void rp_workspace_remove_licence_async (RpWorkspace *self,
                                        const char *id,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean
rp_workspace_remove_licence_finish (RpWorkspace *self, GAsyncResult *result, GError **error);
/* "whatever comes from PATTERN is under LICENCE"; licence_id NULL removes the rule. */
void rp_workspace_set_licence_rule_async (RpWorkspace *self,
                                          const char *pattern,
                                          const char *licence_id,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
gboolean
rp_workspace_set_licence_rule_finish (RpWorkspace *self, GAsyncResult *result, GError **error);
void rp_workspace_save_partner_async (RpWorkspace *self,
                                      RpPartner *partner,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean rp_workspace_save_partner_finish (RpWorkspace *self, GAsyncResult *result, GError **error);
void rp_workspace_remove_partner_async (RpWorkspace *self,
                                        const char *id,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean
rp_workspace_remove_partner_finish (RpWorkspace *self, GAsyncResult *result, GError **error);

/* The library as a whole. */
void rp_workspace_backup_async (RpWorkspace *self,
                                const char *path,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean rp_workspace_backup_finish (RpWorkspace *self, GAsyncResult *result, GError **error);
void rp_workspace_check_async (RpWorkspace *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean rp_workspace_check_finish (RpWorkspace *self, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpMerged, rp_merged_free)

/* How far a large upload of this program has come, in bytes. */
typedef struct {
  guint64 sent, size;
} RpUpload;

/* NULL = none of this delivery goes on. Lends until the next turn of the main loop. */
const RpUpload *rp_workspace_get_upload (RpWorkspace *self, const char *delivery_id);

G_END_DECLS
