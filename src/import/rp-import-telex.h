/* Messages framed by control characters, as teleprinter circuits carried them: SOH header STX text
 * ETX trailer, with SYN, NUL and DEL as padding; several in one file. Any thread. */
#pragma once

#include "rp-import-statement.h"
#include "rp-importer.h"

G_BEGIN_DECLS

typedef struct {
  char *header; /* owned, as the following; never NULL */
  char *text;   /* lines end on \n */
  char *trailer;
} RpTelex;

/* The source begins with SOH, padding aside. */
gboolean rp_telex_is_framed (const RpSource *source);
/* What ANPA 1312 has and IPTC 7901 has not: a unit separator behind the story number. */
gboolean rp_telex_has_units (const RpSource *source);
/* Of RpTelex; windows-1252 unless the bytes say otherwise. Gives. */
GPtrArray *rp_telex_split (const RpSource *source);

/* "KILL", "WITHHOLD": what a flag above the headline does to the status, if anything. */
void rp_telex_read_flag (RpArticle *article, const char *flag);
/* "City (agency) -" at the head of the text: dateline and provider. */
void rp_telex_read_dateline (RpArticle *article, const char *body);
/* The body, by way of the rights statements in it. */
void rp_telex_read_body (RpArticle *article, RpRightsScan *scan, const char *body);

G_END_DECLS
