/* The state of an article on the desk, worked out from its licence, its partners and its
 * deliveries; and the judging of one article for one partner. Store's or sender's thread; only flow
 * includes this. */
#pragma once

#include "rp-decision.h"
#include "rp-licence-book.h"
#include "rp-partner.h"
#include "rp-store.h"

G_BEGIN_DECLS

/* Everything that a verdict depends on besides the library. Borrowed. */
typedef struct {
  RpArticle *article;
  RpArticle *original;       /* as imported; NULL = read from the library */
  RpLicence *licence;        /* NULL = unknown */
  RpPartner *partner;        /* NULL = nobody in particular */
  const char *const *others; /* names of other licences that the source points to; NULL = none */
  gint64 publish_at;         /* 0 = now */
  gint64 now;
} RpJudgement;

RpDecision *
rp_article_state_judge (RpStore *store, const RpJudgement *judgement, GError **error); /* gives */
/* Names of other licences that fit as well, while nobody has confirmed one; on the book's thread.
 * Gives. */
GStrv rp_article_state_dup_others (RpLicenceBook *book, RpArticle *article);
/* A sentence that says what was changed against the original; NULL = nothing. Gives. */
char *rp_article_state_dup_changes (RpStore *store, RpArticle *article);
/* Judges for all partners and writes the state, unless the article is archived, in the trash,
 * published or needs attention (those are left by what settles them). */
gboolean rp_article_state_refresh (RpStore *store,
                                   RpArticle *article,
                                   RpLicence *licence,
                                   GPtrArray *partners,
                                   gint64 now,
                                   GError **error);
/* After a delivery has settled: published, scheduled, needs attention, or back to the desk. */
gboolean
rp_article_state_settle (RpStore *store, const char *article_id, gint64 now, GError **error);

G_END_DECLS
