/* Judging the desk again: after a licence, a rule or a partner has changed, and by itself when a
 * moment comes at which an answer changes (an embargo ends, a licence does). Works on threads and
 * connections of its own, so that neither the window nor the library's thread waits for it. Main
 * thread. */
#pragma once

#include "rp-workspace.h"

G_BEGIN_DECLS

typedef struct {
  guint judged;  /* articles */
  guint changed; /* of them, whose state on the desk is another one now */
} RpRejudged;

/* All articles of the desk whose state follows from their licence. With `book_changed` those whose
 * licence nobody has confirmed are rendered again, too: the book may propose another one now. */
void rp_rejudge_async (RpWorkspace *workspace,
                       gboolean book_changed,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
/* The same, in the background and without an answer; calls that come while it runs become one more
 * run. Whoever changes the book or a partner calls this. */
void rp_rejudge_soon (RpWorkspace *workspace, gboolean book_changed);
/* In the background, those whose moment has come; nothing when there are none. */
void rp_rejudge_due (RpWorkspace *workspace);
/* Runs the main context until what was begun in the background is done. */
void rp_rejudge_wait (RpWorkspace *workspace);
gboolean
rp_rejudge_finish (RpWorkspace *workspace, GAsyncResult *result, RpRejudged *out, GError **error);

G_END_DECLS
