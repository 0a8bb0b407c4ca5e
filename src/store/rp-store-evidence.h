/* What was found at public addresses, kept: the page as it was, and what it said; and which
 * articles are to be looked at next. */
#pragma once

#include <json-glib/json-glib.h>

#include "rp-store.h"

G_BEGIN_DECLS

#define RP_VERDICT_WHOLE "whole"   /* all that was sent is there */
#define RP_VERDICT_WORN "worn"     /* something is missing that the licence does not demand */
#define RP_VERDICT_BROKEN "broken" /* something is missing that it demands */
#define RP_VERDICT_GONE "gone"     /* nothing is there: right after a withdrawal, else alarming */
#define RP_VERDICT_STILL_THERE "still" /* it was withdrawn, and is shown all the same */
#define RP_VERDICT_UNSEEN "unseen" /* nobody could look: no address, no answer, a sign-in page */

typedef struct {
  char *id;
  char *article_id;
  char *partner_id;
  gint64 at;
  char *verdict;        /* RP_VERDICT_… */
  char *url;            /* the page, NULL = none known */
  guint status;         /* HTTP, 0 = no answer */
  char *blob;           /* the page as it was, SHA-256; NULL = none */
  JsonObject *document; /* see flow/rp-readback.h; "message" in words */
} RpEvidence;

RpEvidence *rp_evidence_new (const char *article_id, const char *partner_id);
void rp_evidence_free (RpEvidence *evidence);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpEvidence, rp_evidence_free)

gboolean rp_store_add_evidence (RpStore *store, RpEvidence *evidence, GError **error);
/* Newest first; partner_id NULL = all. Gives an array of RpEvidence. */
GPtrArray *rp_store_list_evidence (RpStore *store,
                                   const char *article_id,
                                   const char *partner_id,
                                   guint limit,
                                   GError **error);
/* An article of the latest verdicts: is one of them that something demanded is missing, that it is
 * gone, or that it is still there? Drafts and what was taken down since do not count. */
gboolean
rp_store_has_bad_verdict (RpStore *store, const char *article_id, gboolean *out, GError **error);

typedef struct {
  char *article_id;
  char *partner_id;
  guint tries;
} RpPlannedCheck;

void rp_planned_check_free (RpPlannedCheck *check);
/* Replaces what was planned for the two. */
gboolean rp_store_plan_check (RpStore *store,
                              const char *article_id,
                              const char *partner_id,
                              gint64 due,
                              guint tries,
                              GError **error);
gboolean rp_store_drop_check (RpStore *store,
                              const char *article_id,
                              const char *partner_id,
                              GError **error);
/* Those that are due, and not due again for `lease`: another program does not take them as well.
 * Gives an array of RpPlannedCheck. */
GPtrArray *
rp_store_claim_checks (RpStore *store, guint most, gint64 now, gint64 lease, GError **error);
gboolean rp_store_next_check (RpStore *store, gint64 *out, GError **error); /* 0 = none */

G_END_DECLS
