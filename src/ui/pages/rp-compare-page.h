/* A comparison as a page to look at, side by side or in one column; changed passages have the ids
 * "change-1", "change-2" … Any thread. */
#pragma once

#include "rp-comparison.h"

G_BEGIN_DECLS

typedef struct {
  const char *before; /* over the first version, when they stand side by side */
  const char *after;
  const char *language; /* of the article, may be NULL */
} RpCompareHeads;

/* Gives. */
char *rp_compare_page_build (const RpComparison *comparison,
                             const RpCompareHeads *heads,
                             gboolean in_one);

G_END_DECLS
