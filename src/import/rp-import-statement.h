/* The rights statement detector: reads the lines of an article, finds those that speak of licence,
 * permission, copyright, origin, embargo or use, and fills the article's RpStatement. Used by every
 * importer, before anything is cleaned away. Any thread. */
#pragma once

#include "rp-article.h"

G_BEGIN_DECLS

typedef enum {
  RP_ZONE_BODY,
  RP_ZONE_HEAD,    /* above or around the headline */
  RP_ZONE_CAPTION, /* of a picture: describes only that */
  RP_ZONE_OUTSIDE, /* the site's foot, margin, menus */
} RpZone;

typedef struct {
  char *anchor; /* owned */
  char *url;    /* owned */
  char *rel;    /* owned, NULL = none */
} RpBlockLink;

typedef struct {
  char *text; /* owned, as it stood; line breaks within are kept */
  RpZone zone;
  GPtrArray *links;       /* owned, of RpBlockLink; NULL = none */
  char *attribution_name; /* owned: cc:attributionName of a CC badge, else NULL */
  char *attribution_url;  /* owned */
  gpointer data;          /* the caller's */
  gboolean leaves;        /* out: the whole block is a statement, not text */
  gboolean is_foot;       /* out: it is the site's own foot */
} RpBlock;

RpBlock *rp_block_new (const char *text, RpZone zone);
void rp_block_add_link (RpBlock *block, const char *anchor, const char *url, const char *rel);
void rp_block_free (RpBlock *block);

/* What is known of where the text was found, so that its site's own notices are told from the
 * article's. All may be NULL. Borrowed. */
typedef struct {
  const char *host;
  const char *site_name;
} RpScanHints;

/* Values of markup, as declared: they rank beside what the words say. NULL ones are left out. */
typedef struct {
  const char *licence; /* address or words */
  const char *notice;  /* copyrightNotice, DC.rights … */
  const char *holder;
  const char *usage_terms;
  const char *acquire_page;
  const char *credit;
  const char *original_url; /* only when on another host */
  const char *policy;       /* RSL or ODRL */
  gboolean of_picture;      /* said of an ImageObject only */
  const char *evidence;     /* "json-ld" */
} RpMarkupRights;

typedef struct _RpRightsScan RpRightsScan;

RpRightsScan *rp_rights_scan_new (const RpScanHints *hints);
/* When they become known only later. Borrowed until the scan is freed. */
void rp_rights_scan_set_hints (RpRightsScan *self, const char *host, const char *site_name);
void rp_rights_scan_markup (RpRightsScan *self, const RpMarkupRights *rights);
/* In the order of the page; sets `leaves` and `is_foot` of each. */
void rp_rights_scan_blocks (RpRightsScan *self, GPtrArray *blocks);
/* Fills the article's statement; adds the warning licence.conflict when words and markup differ. */
void rp_rights_scan_finish (RpRightsScan *self, RpArticle *article);
void rp_rights_scan_free (RpRightsScan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpRightsScan, rp_rights_scan_free)

G_END_DECLS
