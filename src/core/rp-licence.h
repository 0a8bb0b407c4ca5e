/* A licence of the book: the profile of rights.md B5 as data. Immutable: a change is a new object
 * with the next version. Any thread.
 *
 * The profile is the JSON object of B5 (absent and null are different things there: null means
 * "says nothing on purpose"), plus our own members: "id", "name", "version", "credit_template" (a
 * string or an object of strings by language), "credit_editable" (boolean), "notes", "match" (array
 * of patterns: host, feed or page address prefix, "licensor:NAME", "holder:NAME", "provider:NAME",
 * "feed:ADDRESS", "word:WORDS"), "builtin" (boolean), "summary". Template words: {title} {author}
 * {source} {holder} {url} {licence} {licence_url} {licensor} {date}; a part in [square brackets]
 * drops out when a word in it is unknown. Built-in files may also hold "based_on" (another file's
 * members are taken over), "abstract" (only there to be based on), "same_as" (more addresses) and
 * "ports" (jurisdictions that SPDX lists). A "template" is what an outlet publishes as its rules,
 * noted on the date "read" from "terms_url": it is proposed by its "match" as a guess, never taken
 * for an agreement, and "licence_name" is the public licence that its credit names. */
#pragma once

#include <json-glib/json-glib.h>

#include "rp-article.h"
#include "rp-partner.h"
#include "rp-terms.h"

G_BEGIN_DECLS

#define RP_TYPE_LICENCE (rp_licence_get_type ())
G_DECLARE_FINAL_TYPE (RpLicence, rp_licence, RP, LICENCE, GObject)

/* Checks the types of the known fields; the error names the field. Unknown members are kept.
 * Copies. */
RpLicence *rp_licence_new_from_json (JsonObject *profile, GError **error);
JsonObject *rp_licence_get_profile (RpLicence *self);  /* lends; do not change it */
const RpTerms *rp_licence_get_terms (RpLicence *self); /* the profile as typed fields, lends */
const char *rp_licence_get_id (RpLicence *self);
const char *rp_licence_get_name (RpLicence *self);
const char *rp_licence_get_spdx (RpLicence *self); /* NULL for an agreement */
const char *rp_licence_get_url (RpLicence *self);
const char *rp_licence_get (RpLicence *self, const char *member); /* a string member or NULL */
gint64 rp_licence_get_version (RpLicence *self);
gboolean rp_licence_is_builtin (RpLicence *self);
gboolean rp_licence_is_creative_commons_by (RpLicence *self); /* CC BY*, any version and port */
gboolean rp_licence_is_public_domain (RpLicence *self);       /* CC0, PDDL, public domain mark */

/* The visible credit sentence for an article, from the template of its language. Plain text; the
 * HTML form links source and licence (rel="license"). Gives; NULL when the licence demands none and
 * has no template. */
char *rp_licence_build_credit (RpLicence *self, RpArticle *article);
char *rp_licence_build_credit_html (RpLicence *self, RpArticle *article);
/* Creative Commons leave the wording of the credit to who gives it, and so does an agreement that
 * says "credit_editable": then the article's own template counts. */
gboolean rp_licence_lets_edit_credit (RpLicence *self);
/* A credit line as a person typed it, as a template: what it says of title, author, source and
 * licence follows the article from then on, and links. Gives; NULL for an empty one. */
char *rp_licence_dup_credit_template (RpLicence *self, RpArticle *article, const char *typed);
/* Any other template of the licence (a mandatory line) with the same words filled in. Gives; never
 * NULL. */
char *rp_licence_fill (RpLicence *self, RpArticle *article, const char *template_text);
char *rp_licence_fill_html (RpLicence *self, RpArticle *article, const char *template_text);
/* Who is to be named as source: the licensor of an agreement, else the article's. NULL when
 * unknown. Gives. */
char *rp_licence_dup_source (RpLicence *self, RpArticle *article);

/* What the licence allows, in plain words for the inspector: "May be published unchanged until 3
 * March 2027, with this credit line and a link back." Pango markup free. Gives. */
char *rp_licence_describe (RpLicence *self, RpArticle *article);
/* The same for one partner, which the licence allows: "The Herald may publish it unchanged until 3
 * March 2027. The credit line stands at the top and links to the original." Gives. */
char *rp_licence_describe_for (RpLicence *self, RpArticle *article, RpPartner *partner);
/* The same as three lists for the book's page: you may, you must, you may not. Each gives a strv.
 */
GStrv rp_licence_list_may (RpLicence *self);
GStrv rp_licence_list_must (RpLicence *self);
GStrv rp_licence_list_may_not (RpLicence *self);

/* A profile for a new agreement with the licensor that an article's statement names, for the "make
 * one in two clicks" dialog: permission, "match" and credit template filled in. Gives. */
JsonObject *rp_licence_draft_for (RpArticle *article);

G_END_DECLS
