/* One question to the licence: terms, facts of the article, and the plan (where, when, how changed,
 * with which credit). A plain struct that rules read; any thread. What is not known is told apart
 * from "no": flags are RP_FLAG_ABSENT, strings and lists NULL, numbers -1. Absent facts never fire
 * a rule. */
#pragma once

#include "rp-article.h"
#include "rp-edits.h"
#include "rp-licence.h"
#include "rp-partner.h"
#include "rp-policy.h"

G_BEGIN_DECLS

/* Of rp_rights_case_to_facts: a new number makes the kept ones worthless. */
#define RP_RIGHTS_FACTS_VERSION 2

typedef enum {
  RP_FLAG_ABSENT,
  RP_FLAG_NO,
  RP_FLAG_YES,
} RpFlag;

typedef struct {
  char *url;
  char *caption;
  char *credit;
  char *licence_url;
} RpCaseImage;

typedef struct {
  char *pubstatus;
  char *headline;
  char *embargoed_until; /* times as text, with their zone */
  gboolean embargo_open; /* the source speaks of an embargo, but not of its end */
  char *expires;
  char *published;
  char *canonical_url;
  char *site_name;
  char *licensor;          /* whom the article's own statement names */
  char *confidence;        /* in the licence that was chosen for it */
  gboolean tdm_reserved;   /* the source reserves text and data mining */
  char *policy;            /* its own rights expression as text; NULL = none, or not in ODRL */
  RpPolicy *parsed_policy; /* owned; NULL = none, or it cannot be read */
  char *policy_error;      /* why it cannot be read */
  GStrv authors;
  GPtrArray *images; /* owned, of RpCaseImage */
} RpCaseArticle;

typedef struct {
  char *id;
  char *name;
  GStrv channels;
  GStrv territories;
  RpFlag commercial;
  RpFlag paywalled;
  RpFlag can_unpublish;
  RpFlag accredited;
  RpFlag feeds_ai_training;
  RpFlag indexable;
  char *ads; /* none, around, targeted */
  /* Known of real partners only: what their pages carry without our help. */
  gboolean carries_canonical; /* our canonical address */
  gboolean unlisted;          /* a word that keeps search engines away */
} RpCaseEndpoint;

RpCaseEndpoint *rp_case_endpoint_new (RpPartner *partner); /* gives */
void rp_case_endpoint_free (RpCaseEndpoint *endpoint);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpCaseEndpoint, rp_case_endpoint_free)

typedef struct {
  gboolean known; /* FALSE: nothing was rendered, and no duty can be judged */
  RpFlag credit_author;
  RpFlag credit_source;
  RpFlag link_original;
  RpFlag link_licence;
  RpFlag title_present;
  RpFlag changes_note;
  RpFlag mandatory_line;
  RpFlag noindex;
  RpFlag tracking;
  char *credit_position; /* top, end */
  char *canonical;
  char *licence_on_copy; /* SPDX id */
  double links_kept;     /* 0 to 1, -1 = not known */
} RpCaseOutput;

typedef struct {
  gint64 now;
  gint64 at;                /* when it would be published */
  RpTerms *terms;           /* owned; NULL = no licence data at all */
  RpPolicy *licence_policy; /* owned; what the licence's terms cannot say; may be NULL */
  GPtrArray *others;        /* owned, of RpLicence: what else the source points at; may be NULL */
  RpCaseArticle article;
  RpCaseEndpoint endpoint;      /* its strings belong to own_endpoint, or to who set it */
  RpCaseEndpoint *own_endpoint; /* owned, may be NULL */
  RpEdits edits;
  RpCaseOutput output;
  gint64 items_from_source_30d;
  gint64 uses_total;
  GStrv approvals;
} RpRightsCase;

/* Borrowed. */
typedef struct {
  RpArticle *article;
  RpArticle *original;        /* as imported; NULL = not kept, edits are not judged */
  const RpEdits *edits;       /* between the two, when they are known already; may be NULL */
  RpLicence *licence;         /* NULL = unknown */
  RpPartner *partner;         /* NULL = nobody in particular */
  const char *rendition_html; /* what would be sent; NULL = duties on the output are not judged */
  gint64 now;
  gint64 publish_at; /* 0 = now */
  guint items_from_source_30d;
  guint uses_total;
  const char *const *approvals; /* see RP_FIX_RECORD_APPROVAL; may be NULL */
  GPtrArray *others;            /* of RpLicence that other statements point at; may be NULL */
} RpRightsInput;

/* The CASE of `reprintctl rights check`: {now, licence, article, plan}. Gives. */
RpRightsCase *rp_rights_case_new_from_json (JsonObject *case_object, GError **error);
/* Works the plan out by itself: edits by comparing with the original, output by reading the
 * rendition. Gives. */
RpRightsCase *rp_rights_case_new (const RpRightsInput *input);
void rp_rights_case_free (RpRightsCase *rights_case);
/* The same question for another partner: lends, it must stay for as long as the case is judged. */
void rp_rights_case_set_endpoint (RpRightsCase *rights_case, const RpCaseEndpoint *endpoint);

/* What a verdict depends on besides licence, partner, moment, history and approvals, as text to be
 * kept: working it out compares and renders the article, reading it back does not. Gives. */
char *rp_rights_case_to_facts (const RpRightsCase *rights_case);
/* A case of such a text; `licence` NULL = none. The endpoint is empty, `at` is `now`, history and
 * approvals are the caller's to set. NULL when the text is of another version. Gives. */
RpRightsCase *rp_rights_case_new_from_facts (const char *facts,
                                             RpLicence *licence,
                                             GPtrArray *others,
                                             gint64 now);

gboolean rp_rights_case_has_approval (const RpRightsCase *rights_case, const char *kind);
/* Whether the verdict depends on how often the licence was used. */
gboolean rp_rights_case_asks_for_uses (const RpRightsCase *rights_case);
gboolean rp_rights_case_is_print_only (const RpRightsCase *rights_case);
/* The canonical address that the reader's page will name; NULL when none. Lends. */
const char *rp_rights_case_get_canonical (const RpRightsCase *rights_case);
/* The endpoint as a person knows it; "This partner" when it has no name. Lends. */
const char *rp_rights_case_get_endpoint_name (const RpRightsCase *rights_case);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpRightsCase, rp_rights_case_free)

G_END_DECLS
