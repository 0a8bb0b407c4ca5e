/* What is to be done at all partners that show an article: updating it because the source has
 * corrected it, taking it down because the source has cancelled it or the licence does not allow it
 * any more. It is proposed to a person, or done by the partner's rule. Main thread. */
#pragma once

#include "rp-workspace.h"

G_BEGIN_DECLS

typedef enum {
  RP_FANOUT_UPDATE,
  RP_FANOUT_WITHDRAW,
} RpFanOutAction;

typedef struct {
  char *article_id;
  char *headline;
  RpFanOutAction action;
  char *reason;        /* a whole sentence */
  GPtrArray *partners; /* of char *: ids of those that show it */
} RpFanOut;

void rp_fanout_free (RpFanOut *fanout);
JsonObject *rp_fanout_to_json (const RpFanOut *fanout); /* gives */

/* Judges what is published now, and notes what the licence does not allow any more: such articles
 * need attention. article_id NULL = everything that is published. Gives an array of RpFanOut. */
void rp_fanout_list_async (RpWorkspace *workspace,
                           const char *article_id,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
GPtrArray *rp_fanout_list_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error);

/* Queues it: gives how many deliveries. `reason` of a withdrawal is the proposal's. */
void rp_fanout_do_async (RpWorkspace *workspace,
                         const RpFanOut *fanout,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
gboolean
rp_fanout_do_finish (RpWorkspace *workspace, GAsyncResult *result, guint *out, GError **error);

/* In the background: lists everything and does what partners' rules say. The setting "follow" of a
 * partner: "ask" (as without), "corrections", "withdrawals", "all". */
void rp_fanout_follow (RpWorkspace *workspace);
/* Whether the partner's rule does that without a person. */
gboolean rp_fanout_is_followed (RpPartner *partner, RpFanOutAction action);

G_END_DECLS
