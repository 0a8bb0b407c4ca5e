/* What partners show of an article: the last look at each, and a new one when it is asked for. Main
 * thread. */
#pragma once

#include "rp-readback.h"
#include "rp-workspace.h"

G_BEGIN_DECLS

typedef struct {
  char *article_id;
  char *partner_id;
  char *partner_name;
  char *public_url; /* NULL = the partner did not name one */
  char *verdict;    /* "whole", "worn", "broken", "gone", "still", "unseen" */
  char *message;    /* one or several sentences */
  char *page;       /* the page as it was, SHA-256; NULL = none */
  guint status;     /* what the page's server answered, HTTP; 0 = nothing */
  gint64 at;
  RpReadback readback; /* for "whole", "worn" and "broken" */
  GStrv remedies;      /* what can be done, whole sentences; may be empty */
} RpVerification;

void rp_verification_free (RpVerification *verification);
JsonObject *
rp_verification_to_json (const RpVerification *verification); /* cli.md "verify"; gives */

/* The last look at each partner that has or had it, without looking again. Gives an array of
 * RpVerification. */
void rp_verify_list_async (RpWorkspace *workspace,
                           const char *article_id,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
/* Looks now, and then lists. */
void rp_verify_async (RpWorkspace *workspace,
                      const char *article_id,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);
GPtrArray *rp_verify_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error);

G_END_DECLS
