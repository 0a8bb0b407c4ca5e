/* What texts that people wrote (documents, mails, Markdown) have in common: headline, byline, date
 * and dateline stand at the head of the text itself. Any thread. */
#pragma once

#include "rp-html.h"
#include "rp-import-statement.h"

G_BEGIN_DECLS

/* Takes label, headline, byline and date lines out of the head of a clean or raw body into the
 * article's empty fields. A repeated headline goes, too. */
void rp_document_take_head (RpArticle *article, xmlNode *body);
/* All of it for a body as HTML: head, rights, pictures, cleaned body, dateline. */
void rp_document_set_body (RpArticle *article,
                           RpRightsScan *scan,
                           const char *html,
                           const char *base_url);
/* The bytes of pictures into the article's media by their addresses: `find` gives NULL when it has
 * none. Mime type and file name are set where they are empty, and what the picture says of itself.
 */
typedef GBytes *(*RpFindPicture) (const char *url, char **out_name, gpointer user_data);
void rp_document_attach_pictures (RpArticle *article, RpFindPicture find, gpointer user_data);
/* A picture that came beside the text, not in it. */
void rp_document_add_picture (RpArticle *article, const char *path, GBytes *bytes);
/* An address within a file: "cid:" and the name, escaped. Gives. */
char *rp_document_dup_cid (const char *name);

G_END_DECLS
