/* The ledger as a table for the licensor: what was published where, since when, until when, for
 * what fee. Main thread. */
#pragma once

#include "rp-workspace.h"

G_BEGIN_DECLS

/* What to list; NULL and 0 = no limit. */
typedef struct {
  const char *licence_id;
  const char *partner_id;
  gint64 from, to; /* of the use: from <= at < to */
} RpLedgerScope;

/* CSV by RFC 4180 with a head, oldest first; times in RFC 3339, UTC. Text that a spreadsheet would
 * take for a formula is disarmed. Gives. */
void rp_ledger_export_async (RpWorkspace *workspace,
                             const RpLedgerScope *scope,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
char *rp_ledger_export_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error);

G_END_DECLS
