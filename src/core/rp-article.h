/* One article: headline, byline, body, dates, pictures, and what its source says of rights.
 * A plain object with text fields; importers fill it, the editor changes it, the store keeps it,
 * renderers read it. It belongs to one thread at a time. Mapping per format: docs of each importer;
 * names follow IPTC ninjs and schema.org. Every text field is also a GObject property of the same
 * name. */
#pragma once

#include <json-glib/json-glib.h>

#include "rp-media.h"
#include "rp-statement.h"

G_BEGIN_DECLS

typedef enum {
  RP_ARTICLE_ID,       /* our own UUIDv7; NULL before it is saved */
  RP_ARTICLE_GUID,     /* the source's id, never invented when there is one */
  RP_ARTICLE_VERSION,  /* the source's version */
  RP_ARTICLE_HEADLINE, /* plain text, as all but body_html */
  RP_ARTICLE_SUBHEADLINE,
  RP_ARTICLE_SLUGLINE,
  RP_ARTICLE_DATELINE,
  RP_ARTICLE_PUBLISHED, /* RFC 3339 with its zone, or wall time and the remark date.no_zone */
  RP_ARTICLE_UPDATED,
  RP_ARTICLE_EMBARGOED_UNTIL,
  RP_ARTICLE_EXPIRES,
  RP_ARTICLE_PUBSTATUS,     /* usable, withheld, canceled; NULL = usable */
  RP_ARTICLE_URGENCY,       /* "1" (highest) to "9" */
  RP_ARTICLE_LANGUAGE,      /* BCP 47 */
  RP_ARTICLE_CANONICAL_URL, /* the original's address: links back and rel=canonical point here */
  RP_ARTICLE_SITE_NAME,
  RP_ARTICLE_PROVIDER,
  RP_ARTICLE_SUMMARY,
  RP_ARTICLE_BODY_HTML, /* cleaned fragment, see rp-html.h */
  RP_ARTICLE_ED_NOTE,
  RP_ARTICLE_FORMAT,             /* id of the importer that read it */
  RP_ARTICLE_SOURCE_NAME,        /* file name or page address as a person knows it */
  RP_ARTICLE_SOURCE_URL,         /* where the bytes came from, NULL for dropped text */
  RP_ARTICLE_SNAPSHOT,           /* SHA-256 of the bytes that arrived */
  RP_ARTICLE_LICENCE_ID,         /* id in the licence book, NULL = unknown */
  RP_ARTICLE_LICENCE_NAME,       /* its name, for lists */
  RP_ARTICLE_LICENCE_CONFIDENCE, /* declared, parsed, guessed; confirmed by a person */
  RP_ARTICLE_CREDIT_TEMPLATE,    /* a person's own words for the credit line, where it may be so */
  RP_ARTICLE_COPY_LICENCE,       /* SPDX id of the changed version, where the licence wants one */
  RP_ARTICLE_STATE,              /* see rp-article-row.h */
  RP_ARTICLE_N_FIELDS,
} RpArticleField;

typedef struct {
  char *name;
  char *uri;
  char *email;
} RpAuthor;

typedef struct {
  char *code;
  char *name;
  char *scheme;
} RpSubject;

#define RP_TYPE_ARTICLE (rp_article_get_type ())
G_DECLARE_FINAL_TYPE (RpArticle, rp_article, RP, ARTICLE, GObject)

RpArticle *rp_article_new (void);
RpArticle *rp_article_copy (RpArticle *self); /* deep, gives */

const char *rp_article_get (RpArticle *self, RpArticleField field);             /* lends */
void rp_article_set (RpArticle *self, RpArticleField field, const char *value); /* "" is NULL */
/* Sets only a field that is still empty; TRUE if it did. */
gboolean rp_article_fill (RpArticle *self, RpArticleField field, const char *value);
/* The running text of the body, NULL without one; worked out once until the body changes. Lends. */
const char *rp_article_get_body_text (RpArticle *self);
/* For who has the body as a tree anyway; `text` must be rp_html_tree_to_text of it. */
void rp_article_take_body_text (RpArticle *self, char *text);
const char *rp_article_field_name (RpArticleField field); /* the JSON member: "body_html" */
gboolean rp_article_field_from_name (const char *name, RpArticleField *out_field);

void rp_article_add_author (RpArticle *self, const char *name, const char *uri, const char *email);
void rp_article_clear_authors (RpArticle *self);
GPtrArray *rp_article_get_authors (RpArticle *self); /* of RpAuthor, lends */
char *rp_article_dup_byline (RpArticle *self);       /* "A, B and C"; NULL without authors; gives */

void
rp_article_add_subject (RpArticle *self, const char *code, const char *name, const char *scheme);
GPtrArray *rp_article_get_subjects (RpArticle *self);       /* of RpSubject, lends */
void rp_article_add_tag (RpArticle *self, const char *tag); /* once each */
void rp_article_clear_tags (RpArticle *self);
GPtrArray *rp_article_get_tags (RpArticle *self); /* of char *, lends */

/* The same address twice is one picture: the first keeps its place and takes what it lacks. */
void rp_article_add_media (RpArticle *self, RpMedia *media);
RpMedia *rp_article_find_media (RpArticle *self, const char *url); /* lends, NULL = it has none */
/* The picture goes from the media and from the body. */
void rp_article_take_out_picture (RpArticle *self, RpMedia *media);
GPtrArray *rp_article_get_media (RpArticle *self); /* of RpMedia, lends; the featured one first */

RpStatement *rp_article_get_statement (RpArticle *self); /* lends, never NULL */

/* Remarks of the importer, "code: words" ("headline.derived: The first sentence became the
 * headline"). */
void rp_article_add_warning (RpArticle *self, const char *code, const char *format, ...)
  G_GNUC_PRINTF (3, 4);
GPtrArray *rp_article_get_warnings (RpArticle *self); /* of char *, lends */

/* The object of `reprintctl inspect --json` (without "file"); also what the store keeps. Gives. */
JsonObject *rp_article_to_json (RpArticle *self);
RpArticle *rp_article_from_json (JsonObject *object); /* gives */

G_END_DECLS
