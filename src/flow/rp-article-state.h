/* The state of an article on the desk, worked out from its licence, its partners and its
 * deliveries; and the judging of one article for one partner. Store's or sender's thread; only flow
 * includes this. */
#pragma once

#include "rp-decision.h"
#include "rp-licence-book.h"
#include "rp-partner.h"
#include "rp-rights.h"
#include "rp-store-facts.h"
#include "rp-store.h"

G_BEGIN_DECLS

/* Everything that a verdict depends on besides the library. Borrowed. */
typedef struct {
  RpArticle *article;
  RpArticle *original; /* as imported; NULL = read from the library */
  RpLicence *licence;  /* NULL = unknown */
  RpPartner *partner;  /* NULL = nobody in particular */
  GPtrArray *others;   /* of RpLicence: what else the source points to; NULL = nothing */
  gint64 publish_at;   /* 0 = now */
  gint64 now;
} RpJudgement;

RpDecision *
rp_article_state_judge (RpStore *store, const RpJudgement *judgement, GError **error); /* gives */
/* What keeps an article from being sent: the worst finding that blocks, or a licence that nobody
 * has confirmed. NULL = nothing. Lends. */
const RpFinding *rp_article_state_get_obstacle (RpDecision *decision);
/* The question without a partner, to be asked for each: comparing and rendering is done once.
 * Gives.
 */
RpRightsCase *
rp_article_state_new_case (RpStore *store, const RpJudgement *judgement, GError **error);
/* Once more for a case that was made before; how often its licence (NULL = none) was used. */
gboolean rp_article_state_count_uses (RpStore *store,
                                      RpRightsCase *rights_case,
                                      RpLicence *licence,
                                      GError **error);
/* How often the licence was used: what the case needs to know of the ledger. */
gboolean rp_article_state_read_uses (RpStore *store,
                                     RpLicence *licence,
                                     gint64 now,
                                     gint64 *out_recent,
                                     gint64 *out_total,
                                     GError **error);
/* Other licences that fit as well, while nobody has confirmed one; on the book's thread. Gives an
 * array of RpLicence; NULL = none. */
GPtrArray *rp_article_state_list_others (RpLicenceBook *book, RpArticle *article);
/* A sentence that says what was changed against the original (NULL = not kept); NULL = nothing.
 * Gives. */
char *rp_article_state_dup_changes (RpArticle *original, RpArticle *article);
/* Judges for all partners, keeps the facts for the next time (without a licence there is nothing to
 * judge), and writes the state, unless the
 * article is archived, in the trash, published or needs attention (those are left by what settles
 * them). */
gboolean rp_article_state_refresh (RpStore *store,
                                   RpArticle *article,
                                   RpLicence *licence,
                                   GPtrArray *others,
                                   GPtrArray *partners,
                                   gint64 now,
                                   GError **error);
/* The same from a case that is there: how many partners may have the article, and the state that
 * follows. `endpoints` is of RpCaseEndpoint; empty = for nobody in particular. */
const char *
rp_article_state_work_out (RpRightsCase *rights_case, GPtrArray *endpoints, gint64 *out_allowed);
/* Compares, renders and judges: what is to be kept of it, `state` too. Writes nothing. Gives. */
RpFactsRow *rp_article_state_new_facts (RpStore *store,
                                        const RpJudgement *judgement,
                                        GPtrArray *endpoints,
                                        GError **error);
/* A copy of the partners as the rules see them. Gives an array of RpCaseEndpoint. */
GPtrArray *rp_article_state_list_endpoints (GPtrArray *partners);
/* After a delivery has settled: published, scheduled, needs attention, or back to the desk. */
gboolean
rp_article_state_settle (RpStore *store, const char *article_id, gint64 now, GError **error);

G_END_DECLS
