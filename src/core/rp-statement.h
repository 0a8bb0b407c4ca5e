/* What the source itself says about rights: statements, links, holders, notices. It is evidence,
 * not permission: a licence of the book is what permits. Plain object, any thread. Kinds are those
 * of the licence-line detector: creative-commons, public-domain, licensed, permission,
 * agency-copyright, all-rights-reserved, original-link, usage-restriction, embargo, image-credit,
 * site-footer, none. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum {
  RP_STATEMENT_KIND,
  RP_STATEMENT_STATEMENT, /* the words, exactly as they stood */
  RP_STATEMENT_URL,       /* licence address */
  RP_STATEMENT_SPDX,
  RP_STATEMENT_LICENSOR,
  RP_STATEMENT_RIGHTS_HOLDER,
  RP_STATEMENT_COPYRIGHT_NOTICE,
  RP_STATEMENT_USAGE_TERMS,
  RP_STATEMENT_ORIGINAL_URL,
  RP_STATEMENT_EMBARGOED_UNTIL, /* RFC 3339 */
  RP_STATEMENT_EXPIRES,         /* RFC 3339, or an ISO 8601 duration from receipt */
  RP_STATEMENT_CREDIT_LINE,     /* only when the source demands one */
  RP_STATEMENT_POLICY,          /* an ODRL or RSL expression as text, or its address */
  RP_STATEMENT_TDM,             /* "reserved", "allowed" or NULL */
  RP_STATEMENT_TRACKING_HTML,   /* the licensor's page counter that was taken out of the body */
  RP_STATEMENT_SITE_FOOTER,     /* a rejected footer, kept for the editor to see */
  RP_STATEMENT_CONFIDENCE,      /* declared (markup or structured), parsed (from words), guessed */
  RP_STATEMENT_N_FIELDS,
} RpStatementField;

#define RP_TYPE_STATEMENT (rp_statement_get_type ())
G_DECLARE_FINAL_TYPE (RpStatement, rp_statement, RP, STATEMENT, GObject)

RpStatement *rp_statement_new (void);
const char *rp_statement_get (RpStatement *self, RpStatementField field); /* lends */
void rp_statement_set (RpStatement *self, RpStatementField field, const char *value);
/* Keeps what is there: sets only a field that is still empty; TRUE if it did. */
gboolean rp_statement_fill (RpStatement *self, RpStatementField field, const char *value);
gboolean rp_statement_get_reserved (RpStatement *self); /* all rights reserved, in any language */
void rp_statement_set_reserved (RpStatement *self, gboolean reserved);
/* Where a value was read: "text: last paragraph", "json-ld license", "inherited:feed". */
void rp_statement_add_evidence (RpStatement *self, const char *evidence);
GPtrArray *rp_statement_get_evidence (RpStatement *self); /* of char *, lends */
gboolean rp_statement_is_empty (RpStatement *self);
JsonObject *rp_statement_to_json (RpStatement *self);     /* gives; the "licence" of inspect */
RpStatement *rp_statement_from_json (JsonObject *object); /* gives */

G_END_DECLS
