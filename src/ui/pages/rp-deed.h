/* A change that the inspector asked for: waits for it, says what went wrong, and has the article
 * read again. Main thread. */
#pragma once

#include "rp-inspector.h"

G_BEGIN_DECLS

typedef gboolean (*RpDeedFinish) (RpWorkspace *workspace, GAsyncResult *result, GError **error);

/* The user data that goes with rp_deed_done_cb. `replaces`: the stored article is another one
 * then. */
gpointer rp_deed_new (RpInspector *inspector, RpDeedFinish finish, gboolean replaces);
void rp_deed_done_cb (GObject *source, GAsyncResult *result, gpointer user_data);
/* Publishes, and withdraws, for the article of the inspector; says what was kept back. */
void rp_deed_publish_at (RpInspector *inspector, gint64 when, gboolean there);
void rp_deed_withdraw (RpInspector *inspector, const char *partner_id, const char *reason);

/* Opens a mail to the owner, filled in; `kind` as in rp_clearance_dup_ask_owner. */
void rp_deed_ask_owner (RpInspector *self, const char *kind);

G_END_DECLS
