/* What stands in the editor: an article as a document to edit, and back. A field that is NULL was
 * not touched and stays. Plain struct, main thread. */
#pragma once

#include "rp-article.h"
#include "rp-licence.h"

G_BEGIN_DECLS

typedef struct {
  char *article_id;
  char *headline;
  char *standfirst;
  char *byline;
  char *body_html;    /* as the page holds it, pictures by reprint-media:; or as `is_source` says */
  gboolean is_source; /* the body is as the library keeps it: the HTML that a person can see */
  char *language;     /* "" = none is stated */
  GStrv order;        /* the addresses of the pictures, in their order (rp-picture-order.h) */
  GPtrArray *pictures; /* owned, of RpMedia; NULL = none: new ones, or with new words */
  RpArticle *base;     /* owned: what stood in the editor before; never changed; NULL = not known */
} RpDraft;

RpDraft *rp_draft_new_from_json (JsonObject *message); /* as the editor's script tells it; gives */
RpDraft *rp_draft_new_from_article (RpArticle *article); /* gives */
RpDraft *rp_draft_copy (const RpDraft *draft);           /* gives */
void rp_draft_free (RpDraft *draft);
JsonObject *rp_draft_to_json (const RpDraft *draft); /* what rp_draft_new_from_json reads; gives */
/* What `from` says replaces what `to` said; the rest of `to` stays, and so does what it began from.
 */
void rp_draft_merge (RpDraft *to, const RpDraft *from);
void rp_draft_take_picture (RpDraft *draft, RpMedia *media); /* keeps `media` */
/* Forgets what was typed into a field, by its name in rp-merge.h. */
void rp_draft_drop (RpDraft *draft, const char *field);
/* The body as a person sees it in the source, or for the page. `article` knows the pictures, as do
 * those of the draft. Give; NULL when the draft has no body. */
char *rp_draft_dup_source (const RpDraft *draft, RpArticle *article);
char *rp_draft_dup_page_body (const RpDraft *draft, RpArticle *article);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpDraft, rp_draft_free)

/* Writes what was typed into an article; FALSE when nothing is different. The body is cleaned. */
gboolean rp_draft_apply (const RpDraft *draft, RpArticle *article);
/* The editor's page: headline, standfirst, byline, body and the locked credit line. What `changes`
 * leaves out cannot be edited. Gives. */
char *rp_draft_build_page (RpArticle *article, RpLicence *licence, RpChange changes);

G_END_DECLS
