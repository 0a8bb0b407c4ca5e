/* The styles of an ODT: what a paragraph of one is, what a run of one looks like, which lists
 * count. One thread. */
#pragma once

#include "rp-import-rich.h"
#include "rp-xml.h"

G_BEGIN_DECLS

typedef struct {
  GHashTable *styles; /* owned: style nodes by family and name ("paragraph/P1") */
  GHashTable *lists;  /* owned: list style nodes by name */
} RpOdtStyles;

void rp_odt_styles_init (RpOdtStyles *self);
/* The document must live as long as the styles. */
void rp_odt_styles_add (RpOdtStyles *self, xmlNode *root);
void rp_odt_styles_clear (RpOdtStyles *self);

RpRichKind rp_odt_styles_find_kind (const RpOdtStyles *self, const char *name, guint *out_level);
/* What a style of runs (or, for `family` "paragraph", of whole paragraphs) sets. */
RpRichMarks
rp_odt_styles_find_marks (const RpOdtStyles *self, const char *family, const char *name);
gboolean rp_odt_styles_is_ordered (const RpOdtStyles *self, const char *list, guint level);

G_END_DECLS
