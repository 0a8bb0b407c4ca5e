/* Everything that the library knows of one article, as rows for a proof. */
#pragma once

#include <json-glib/json-glib.h>

#include "rp-store.h"

G_BEGIN_DECLS

/* Names of what can be listed: "deliveries", "exchanges", "receipts", "decisions", "approvals",
 * "history", "evidence", "uses", "revisions"; NULL-terminated. */
const char *const *rp_store_get_proof_names (void);
/* Oldest first; times as RFC 3339, documents as JSON. Gives. */
JsonArray *
rp_store_list_proof_rows (RpStore *store, const char *name, const char *article_id, GError **error);

G_END_DECLS
