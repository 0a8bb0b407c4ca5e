/* Decisions that deliveries relied on, approvals that people recorded, and the ledger of uses. */
#pragma once

#include "rp-decision.h"
#include "rp-licence-record.h"
#include "rp-store.h"

G_BEGIN_DECLS

/* Gives the decision's id. */
char *rp_store_save_decision (RpStore *store,
                              RpDecision *decision,
                              const char *article_id,
                              const char *partner_id,
                              const char *licence_id,
                              gint64 licence_version,
                              gint64 now,
                              GError **error);
RpDecision *rp_store_get_decision (RpStore *store, const char *id, GError **error); /* gives */

/* kind: "republish", "fee" … with who said so and why. */
gboolean rp_store_record_approval (RpStore *store,
                                   const char *article_id,
                                   const char *kind,
                                   const char *name,
                                   const char *reason,
                                   gint64 now,
                                   GError **error);
GStrv
rp_store_list_approvals (RpStore *store, const char *article_id, GError **error); /* kinds; gives */

/* One use of a licence, and what it costs by its terms: once per article and partner. */
gboolean rp_store_record_use (RpStore *store,
                              RpLicence *licence,
                              const char *article_id,
                              const char *partner_id,
                              gint64 now,
                              GError **error);
/* The ledger of a licence, newest first. Gives an array of RpLicenceUse. */
GPtrArray *rp_store_list_uses (RpStore *store, const char *licence_id, guint limit, GError **error);
gboolean rp_store_count_uses (RpStore *store,
                              const char *licence_id,
                              gint64 since,
                              gint64 *out,
                              GError **error);

G_END_DECLS
