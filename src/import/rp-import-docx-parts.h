/* The parts of a DOCX beside its text: what its styles and lists mean, where its links lead. One
 * thread. */
#pragma once

#include "rp-import-office.h"
#include "rp-import-rich.h"

G_BEGIN_DECLS

typedef struct {
  RpRichBlock block;     /* what a paragraph of this style is */
  const char *numbering; /* lent: the list that comes with the style, NULL = none */
  RpRichMarks marks;     /* of a character style */
} RpDocxStyle;

typedef struct {
  GHashTable *styles; /* owned: RpDocxStyle by id */
  GHashTable *lists;  /* owned: of each list and level ("4/0") "o" ordered or "u" not */
  xmlDoc *style_doc;  /* owned, may be NULL */
} RpDocxParts;

void rp_docx_parts_read (RpDocxParts *self, RpOffice *office, const char *folder);
void rp_docx_parts_clear (RpDocxParts *self);
/* Targets by id, external ones as they are, others as part names. Gives, never NULL. */
GHashTable *rp_docx_read_links (RpOffice *office, const char *part);
/* The document's language as its styles say; NULL when they do not. Gives. */
char *rp_docx_dup_language (const RpDocxParts *self);

G_END_DECLS
