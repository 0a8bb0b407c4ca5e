/* Dispatch: publish, update, withdraw; the outbox and its sender. What is queued here is on disk
 * before the call comes back, and is delivered exactly once whatever happens to the program. Main
 * thread. */
#pragma once

#include "rp-decision.h"
#include "rp-delivery.h"
#include "rp-workspace.h"

G_BEGIN_DECLS

typedef struct {
  const char *status; /* "publish", "draft", NULL = the partner's setting; "schedule": with
                         publish_at, sent at once for the partner to show it then, where its system
                         can (else it leaves then) */
  gint64 publish_at;  /* 0 = now */
} RpPublishOptions;

/* What became of one partner: queued, or kept back by the licence. */
typedef struct {
  char *article_id;
  char *partner_id;
  RpDelivery *delivery; /* owned; NULL = not queued */
  RpDecision *decision; /* owned; NULL for a withdrawal */
  char *message;        /* why it was not queued; NULL = queued */
} RpQueued;

void rp_queued_free (RpQueued *queued);

/* Judges again, then queues an update where the partner has the article, else a first delivery. A
 * partner that the licence blocks is left out and named. Gives an array of RpQueued. */
void rp_dispatch_publish_async (RpWorkspace *workspace,
                                const char *article_id,
                                const char *const *partner_ids,
                                const RpPublishOptions *options,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
GPtrArray *
rp_dispatch_publish_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error);
/* As if those deliveries of the article, which rp_dispatch_publish_async has queued, had never been
 * asked for, as far as they have not left: all of that or nothing. Finish gives the ids of those
 * that have. */
void rp_dispatch_undo_async (RpWorkspace *workspace,
                             const char *article_id,
                             const char *const *delivery_ids,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
GStrv rp_dispatch_undo_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error);
/* partner_ids NULL = wherever it is. `reason` is kept in the history. Gives an array of RpQueued.
 */
void rp_dispatch_withdraw_async (RpWorkspace *workspace,
                                 const char *article_id,
                                 const char *const *partner_ids,
                                 const char *reason,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GPtrArray *
rp_dispatch_withdraw_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error);
/* The id of the renderer that a partner's connector sends: with rp_clearance_render_async it shows
 * what would leave. NULL for an unknown connector. Lends. */
const char *rp_dispatch_get_rendition (RpPartner *partner);

/* The outbox: of RpDelivery, newest first; article_id NULL = all, open_only leaves out what is
 * settled. */
void rp_dispatch_list_async (RpWorkspace *workspace,
                             const char *article_id,
                             gboolean open_only,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
GPtrArray *rp_dispatch_list_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error);
void rp_dispatch_retry_async (RpWorkspace *workspace,
                              const char *delivery_id,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean rp_dispatch_retry_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error);
/* Breaks off what this program is sending right now (a large picture …). Whether it arrived is
 * looked up when it is tried again. */
void rp_dispatch_stop (RpWorkspace *workspace, const char *delivery_id);
void rp_dispatch_cancel_async (RpWorkspace *workspace,
                               const char *delivery_id,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean rp_dispatch_cancel_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error);

/* Delivers what is due until nothing is left that could leave now (waiting retries stay), or until
 * the cancellable is set and what is being sent at that moment has come to its end. At most
 * `at_once` deliveries at the same time; 0 = as many as are good. For `reprintctl publish --wait`
 * and `outbox run`; the window's workspace delivers by itself. */
void rp_dispatch_run_async (RpWorkspace *workspace,
                            gboolean until_empty,
                            guint at_once,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean rp_dispatch_run_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error);

/* Whether something is to be delivered, taken down or looked at, now or later. */
void rp_dispatch_has_plans_async (RpWorkspace *workspace,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean rp_dispatch_has_plans_finish (RpWorkspace *workspace,
                                       GAsyncResult *result,
                                       gboolean *out,
                                       GError **error);

/* Tests a partner's settings and secrets without changing anything there; sets the partner's state
 * and saves it when it is known. The words (who we are there) are given by finish. */
void rp_dispatch_test_async (RpWorkspace *workspace,
                             RpPartner *partner,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
char *
rp_dispatch_test_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error); /* gives */

/* Kinds of partners, for the dialog and `partner add`: descriptors without functions. */
typedef struct {
  const char *key, *label, *hint,
    *fallback; /* label and hint translated; hint, fallback may be NULL */
  const char *const *choices, *const
                                *choice_labels; /* NULL = free text; labels untranslated: use _() */
  const char *learned; /* the member of partner "learned" that lists what can be chosen; NULL */
  const char *made_at; /* of a secret: where it is made, relative to "url"; NULL = not known */
  gboolean required, secret, address, flag, paper;
} RpPartnerSetting;

typedef struct {
  const char *id, *title, *summary; /* title, summary translated */
  GArray *settings;                 /* of RpPartnerSetting */
  const char *const *notes; /* untranslated sentences: what gets lost there …; NULL = none */
  gboolean can_draft, can_canonical, can_withdraw, can_schedule;
} RpPartnerKind;

GPtrArray *rp_dispatch_list_kinds (void); /* of RpPartnerKind; gives */
/* Checks the settings; the error names the field. */
gboolean rp_dispatch_check_partner (RpPartner *partner, GError **error);

G_END_DECLS
