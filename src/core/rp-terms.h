/* The terms of a licence as typed fields: what the JSON profile of rp-licence.h says, with what a
 * Creative Commons id implies already worked in (NC means no commercial use, ND no changes). Plain
 * struct, read only after it was made; any thread. Absent fields are told apart from stated ones:
 * strings and lists are NULL, numbers -1. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum {
  RP_PERMISSION_UNKNOWN,
  RP_PERMISSION_YES,
  RP_PERMISSION_ASK,
  RP_PERMISSION_NO,
} RpPermission;

/* What may be changed: a set. */
typedef enum {
  RP_CHANGE_NONE = 0,
  RP_CHANGE_HEADLINE = 1 << 0,
  RP_CHANGE_STYLE = 1 << 1,
  RP_CHANGE_SHORTEN = 1 << 2,
  RP_CHANGE_TRANSLATE = 1 << 3,
  RP_CHANGE_REWRITE = 1 << 4,
  RP_CHANGE_ALL = (1 << 5) - 1,
} RpChange;

/* A Creative Commons licence, taken apart. */
typedef struct {
  gboolean attribution; /* BY: FALSE for CC0 and the public domain mark */
  gboolean non_commercial;
  gboolean no_derivatives;
  gboolean share_alike;
  int version;           /* in tenths: 40 is 4.0; 0 = not stated */
  char jurisdiction[16]; /* "DE", "IGO"; "" = international */
} RpCreativeCommons;

/* Reads an SPDX id (CC-BY-SA-3.0-DE) or an address below creativecommons.org. FALSE for anything
 * else. */
gboolean rp_creative_commons_read (const char *spdx_or_url, RpCreativeCommons *out);

typedef struct {
  char *id;
  char *name;
  char *spdx;
  char *url;
  char *licensor;
  char *rights_holder;
  char *contact;
  char *confidence;  /* declared, parsed, guessed, confirmed */
  GStrv conflicts;   /* names of the licences that other statements point at */
  gboolean disputed; /* sources disagree, whether named or not */
  gboolean
    is_template;   /* an outlet's published rules as we noted them: no agreement with anybody */
  char *terms_url; /* the page that states them */
  char *read;      /* the date on which they were noted there, as text */
  RpPermission permission;

  gboolean is_creative_commons_by;
  gboolean is_public_domain;
  RpCreativeCommons creative_commons;

  GStrv channels;
  GStrv outlets;
  gboolean requires_accreditation;
  char *exclusive_to;
  char *exclusive_until; /* times are RFC 3339 text, so that messages can keep the zone */
  GStrv territory_allow;
  GStrv territory_deny;
  char *valid_from;
  char *expires;
  gint64 max_age_days;
  gint64 archive_days;

  gboolean commercial_denied;
  gboolean direct_sale_denied;
  gboolean paywall_forbidden;

  RpChange changes;        /* what is allowed */
  gboolean changes_listed; /* the licence lists them itself */
  gboolean share_alike;
  char *licence_on_copy; /* SPDX id that an adaptation must carry; NULL = no demand */
  gint64 max_words;
  gint64 max_paragraphs;
  gint64 max_images;

  gboolean attribution_waived; /* the licensor says that no credit is needed */
  gboolean preserve_links;
  GStrv mandatory_lines; /* templates */
  char *credit_position; /* top, end */
  gboolean link_required;
  gboolean link_home_suffices;
  gboolean canonical_required;
  gboolean noindex_required;
  gboolean tracking_required;
  char *tracking_html;

  char *images; /* same, separate, excluded, only-credited-to */
  GStrv images_credited_to;

  gboolean ai_training_denied;
  gboolean tdm_reserved;
  char *tdm_policy;

  char *payment_model;
  char *payment_amount; /* with its currency, for messages */
  gint64 quota_max_uses;
  char *quota_period; /* see rp-quota.h; NULL = for good */
  gint64 max_items_30d;
  gboolean notify_required;
  char *notify_to;
  gint64 notify_within_days;
  gboolean must_honour_kill;
  gint64 takedown_hours;
} RpTerms;

RpTerms *rp_terms_new (JsonObject *profile); /* gives; members of the wrong type read as absent */
void rp_terms_free (RpTerms *terms);
gboolean rp_terms_allow_change (const RpTerms *terms, RpChange change);
/* Of a template: that a person has to confirm it, and with which page. Gives; NULL for any other.
 */
char *rp_terms_dup_template_words (const RpTerms *terms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpTerms, rp_terms_free)

G_END_DECLS
