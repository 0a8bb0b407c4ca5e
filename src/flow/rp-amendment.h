/* One change to an article that its verdict depends on: revision, change, event and a new verdict
 * in one transaction. Main thread; only flow includes this. */
#pragma once

#include "rp-licence-book.h"
#include "rp-store.h"
#include "rp-workspace.h"

G_BEGIN_DECLS

typedef struct _RpAmendment RpAmendment;

/* On the store's thread. `data` is the RpAmendment. */
typedef gboolean (*RpAmendFunc) (RpStore *store, RpArticle *article, gpointer data, GError **error);

struct _RpAmendment {
  char *article_id; /* owned */
  RpAmendFunc amend;
  RpLicenceBook *book; /* owned copy */
  GPtrArray *partners; /* owned, of RpPartner: copies */
  GStrv partner_ids;   /* owned: whom it is about, may be NULL */
  char *kind;          /* owned: event kind */
  char *words;         /* owned: event words */
  char *value;         /* owned: what the change needs */
  char *name;          /* owned: who approved, or the licence's */
  char *reason;        /* owned */
};

/* Takes `words`. Gives. */
RpAmendment *rp_amendment_new (RpWorkspace *workspace,
                               const char *article_id,
                               RpAmendFunc amend,
                               const char *kind,
                               char *words);
/* Takes the job. */
void rp_amendment_start (RpWorkspace *workspace,
                         RpAmendment *job,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
void rp_amendment_free (gpointer job);
/* For many articles in one job: the same for `article_id`, on the store's thread. */
gboolean
rp_amendment_apply (RpStore *store, RpAmendment *job, const char *article_id, GError **error);
gboolean rp_amendment_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error);

G_END_DECLS
