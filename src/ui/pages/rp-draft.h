/* What stands in the editor's page: an article as a document to edit, and back. Plain struct, main
 * thread. */
#pragma once

#include "rp-article.h"
#include "rp-licence.h"

G_BEGIN_DECLS

typedef struct {
  char *article_id;
  char *headline;
  char *standfirst;
  char *byline;
  char *body_html;
} RpDraft;

RpDraft *rp_draft_new_from_json (JsonObject *message); /* as the editor's script tells it; gives */
void rp_draft_free (RpDraft *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpDraft, rp_draft_free)

/* Writes what was typed into an article; FALSE when nothing is different. The body is cleaned. */
gboolean rp_draft_apply (const RpDraft *draft, RpArticle *article);
/* The editor's page: headline, standfirst, byline, body and the locked credit line. What `changes`
 * leaves out cannot be edited. Gives. */
char *rp_draft_build_page (RpArticle *article, RpLicence *licence, RpChange changes);

G_END_DECLS
