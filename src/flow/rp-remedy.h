/* Remedies: what the button of a finding does when nobody has to be asked anything else. The
 * article (or the partner) is changed, the history says so, and the verdict is taken anew. Main
 * thread. */
#pragma once

#include "rp-decision.h"
#include "rp-workspace.h"

G_BEGIN_DECLS

/* Whether rp_remedy_fix_async can carry the finding's fix out for this article. FALSE = a person
 * has to say something first: `value` of rp_remedy_fix_async, or another place of the window. */
gboolean rp_remedy_can_fix (RpArticle *article, const RpFinding *finding);
/* What a person has to be asked for before "insert-counter" (the counter's address), "insert-title"
 * (the title) or "set-canonical" (an address) can be carried out; FALSE = nothing, or no remedy. */
gboolean rp_remedy_needs_value (RpArticle *article, const RpFinding *finding);
/* `partner_ids` (may be NULL): whom the finding is about. `value` (may be NULL): see above. */
void rp_remedy_fix_async (RpWorkspace *workspace,
                          const char *article_id,
                          const RpFinding *finding,
                          const char *const *partner_ids,
                          const char *value,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
gboolean rp_remedy_fix_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error);

G_END_DECLS
