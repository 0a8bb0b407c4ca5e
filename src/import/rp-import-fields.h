/* Small steps that every importer takes to fill an article. Any thread. */
#pragma once

#include "rp-article.h"

G_BEGIN_DECLS

/* "By A, Title; B und C" -> authors, without prefixes, job titles and agencies; once each. */
void rp_fields_add_byline (RpArticle *article, const char *byline);
/* One name as a source declares it: cleaned, refused when it is an address, a role or far too long.
 */
void
rp_fields_add_author (RpArticle *article, const char *name, const char *uri, const char *email);
gboolean rp_fields_is_byline (const char *line);
/* RFC 3339 with the stated zone; without one the remark date.no_zone. What is no time leaves the
 * field empty. Only an empty field is filled. */
void rp_fields_set_time (RpArticle *article, RpArticleField field, const char *text);
/* Declared language to BCP 47: "en_GB" -> "en-GB", "swe" -> "sv". */
void rp_fields_set_language (RpArticle *article, const char *language);
/* usable, withheld, canceled from any spelling. */
void rp_fields_set_pubstatus (RpArticle *article, const char *status);
/* "1" to "9", or the letters f u b r d. */
void rp_fields_set_urgency (RpArticle *article, const char *urgency);
/* Plain text of a value that may hold markup or entities, once decoded; NULL when empty. Gives. */
char *rp_fields_dup_plain (const char *value);
/* When the headline is missing: the first heading or sentence of the body, and the remark
 * headline.derived. */
void rp_fields_derive_headline (RpArticle *article);

/* Lines above the text of a release or a paste: "FOR IMMEDIATE RELEASE"; a date and nothing else.
 */
gboolean rp_fields_is_label (const char *line);
gboolean rp_fields_is_date_line (const char *line);
/* "CITY (AGENCY) - " at the head of the first paragraph; only empty fields are filled. */
void rp_fields_set_dateline (RpArticle *article, const char *paragraph);
/* For what a document may say more than once: the first stays. Takes `value`, which may be NULL. */
void rp_fields_take (char **slot, char *value);

G_END_DECLS
