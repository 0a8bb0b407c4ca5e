/* Steps that the importers of news-agency formats share: dates as wires write them, keywords,
 * pictures, and what a message declares of its rights. Any thread. */
#pragma once

#include "rp-import-statement.h"
#include "rp-importer.h"

G_BEGIN_DECLS

/* As rp_fields_set_time, and "20140829134951", a space before the time, placeholders such as
 * 00010101 (left out, with a remark). Only an empty field is filled. */
void rp_wire_set_time (RpArticle *article, RpArticleField field, const char *text);
/* Later than what `field` holds, as instants. */
gboolean rp_wire_is_later (RpArticle *article, RpArticleField field, const char *text);
/* "budget; tax, vote": one tag each. */
void rp_wire_add_keywords (RpArticle *article, const char *list);
/* Plain text that may hold markup or entities; only an empty field is filled. */
void rp_wire_fill (RpArticle *article, RpArticleField field, const char *text);
/* A line for the desk: below those that are there. */
void rp_wire_add_note (RpArticle *article, const char *note);

/* A picture as a message refers to it: its web address, or its place beside the message. One that
 * cannot be reached from here keeps its name, caption and rights and has no address. Gives. */
RpMedia *rp_wire_picture_new (const RpSource *source, const char *href);
/* Adds it, unless nothing is known of it; a credit is looked for in its caption. */
void rp_wire_add_picture (RpArticle *article, RpMedia *picture);

/* What a message declares of its rights. Strings owned. */
typedef struct {
  const char *evidence; /* lent: "nitf" */
  char *notice;
  char *holder;
  char *licensor;
  char *credit;
  char *licence;    /* its address */
  char *address;    /* of the terms */
  char *policy;     /* ODRL, RSL or RightsML as text, or its address */
  char *tdm;        /* reserved, allowed */
  GPtrArray *terms; /* of char *, NULL = none */
} RpWireRights;

/* Takes `value` for a field that is still empty. */
void rp_wire_rights_take (char **field, char *value);
/* A sentence of the usage terms, once each; `label` ("Territory: %s", may be NULL) frames it. */
void rp_wire_rights_add_terms (RpWireRights *self, const char *label, const char *terms);
/* The window of use: both ends as terms, the start as embargo when it is later than the
 * publication, the end as expiry. Each may be NULL; dates come first. */
void rp_wire_rights_set_window (RpWireRights *self,
                                RpArticle *article,
                                const char *start,
                                const char *end);
/* An expression that may be a string within a string, or escaped. */
void rp_wire_rights_set_policy (RpWireRights *self, const char *expression);
/* "DMI-PROHIBITED", "reserved", "allowed", in any spelling. */
void rp_wire_rights_set_tdm (RpWireRights *self, const char *words);
void rp_wire_rights_apply (const RpWireRights *self, RpArticle *article, RpRightsScan *scan);
void rp_wire_rights_clear (RpWireRights *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RpWireRights, rp_wire_rights_clear)

/* The last steps: reads the notes for the desk for rights, settles the statement, the headline and
 * the status, remarks an empty item, and hands the article on. FALSE = the receiver has had enough.
 */
gboolean rp_wire_give (RpArticle *article, RpRightsScan *scan, RpImportSink *sink);

G_END_DECLS
