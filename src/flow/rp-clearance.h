/* Clearance: what the licence says to an article for each partner, and the fixes that change it.
 * Main thread; judging is done elsewhere and never blocks. */
#pragma once

#include "rp-decision.h"
#include "rp-turn.h"
#include "rp-workspace.h"

G_BEGIN_DECLS

typedef struct {
  RpPartner *partner; /* owned; NULL = judged for nobody in particular (there is no partner yet) */
  RpDecision *decision; /* owned */
  GPtrArray *turns;     /* owned, of RpTurn: the timeline, earliest first */
  char *words;          /* owned: what the licence says to this partner, or why it says no */
  RpChange changes;     /* what may be changed, permissions on record included */
} RpVerdictFor;

/* Judges the article as given (edited, not necessarily saved) for each partner (NULL-terminated
 * ids; NULL = all) at `publish_at` (0 = now). Gives an array of RpVerdictFor, in the partners'
 * order. */
void rp_clearance_judge_async (RpWorkspace *workspace,
                               RpArticle *article,
                               const char *const *partner_ids,
                               gint64 publish_at,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
GPtrArray *rp_clearance_judge_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error);

/* The licence of an article, by a person: keeps it, marks it confirmed. NULL = none. */
void rp_clearance_set_licence_async (RpWorkspace *workspace,
                                     const char *article_id,
                                     const char *licence_id,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean
rp_clearance_set_licence_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error);
/* The guess is right: confidence becomes "confirmed". */
void rp_clearance_confirm_async (RpWorkspace *workspace,
                                 const char *article_id,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean rp_clearance_confirm_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error);
/* The licence is a guess, or another one fits as well, and nobody has confirmed it. */
gboolean rp_clearance_needs_review (RpWorkspace *workspace, RpArticle *article);
/* Somebody has allowed it: kind ("republish", "fee"), who, and how that is known. */
void rp_clearance_approve_async (RpWorkspace *workspace,
                                 const char *article_id,
                                 const char *kind,
                                 const char *name,
                                 const char *reason,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean rp_clearance_approve_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error);
/* Fixes are in rp-remedy.h. */

/* What the book thinks of an article: see RpProposal. Blocks briefly; any article. Gives. */
RpProposal *rp_clearance_propose (RpWorkspace *workspace, RpArticle *article);
RpLicence *
rp_clearance_get_licence (RpWorkspace *workspace, RpArticle *article); /* lends, NULL = none */
/* Any rendition by the renderer's id ("html", "ninjs", "jsonld"; "page" is the whole document that
 * the preview shows), as this partner (NULL = nobody in particular) would get it; nothing is sent.
 */
void rp_clearance_render_async (RpWorkspace *workspace,
                                RpArticle *article,
                                const char *renderer_id,
                                RpPartner *partner,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
GBytes *rp_clearance_render_finish (RpWorkspace *workspace,
                                    GAsyncResult *result,
                                    GError **error); /* gives */
/* A mail to the owner with everything filled in, as a mailto: address. `kind` is what is asked for
 * (see rp-rights.h: "republish", "headline" …); NULL = whether it may be published at all. Gives.
 */
char *rp_clearance_dup_ask_owner (RpWorkspace *workspace, RpArticle *article, const char *kind);
/* The same to tell the owner that it is published: where, and since when. Blocks briefly. Gives. */
char *rp_clearance_dup_tell_owner (RpWorkspace *workspace, RpArticle *article);
/* `reprintctl rights check`: CASE.json in, decision out. Blocks briefly. Gives. */
RpDecision *rp_clearance_judge_case (JsonObject *rights_case, GError **error);
/* `reprintctl rights evaluate`: an ODRL policy, a request and a context (may be NULL) in, which
 * rules are active and what follows out. Blocks briefly. Gives. */
JsonObject *rp_clearance_evaluate_policy (GBytes *policy,
                                          JsonObject *request,
                                          JsonObject *context,
                                          GError **error);
/* A decision on one article, or the message that shows there is none; see rp-rights.h. */
void rp_verdict_for_free (RpVerdictFor *verdict);

G_END_DECLS
