/* One row of the checks: a finding, and the partners that it is about. The same finding for several
 * partners is one concern. Main thread. */
#pragma once

#include "rp-clearance.h"

G_BEGIN_DECLS

typedef struct {
  RpDecision *decision;     /* owned: keeps the finding */
  const RpFinding *finding; /* lent by the decision */
  GPtrArray *partners;      /* owned, of RpPartner; empty = judged for nobody in particular */
  gboolean everybody;       /* true of every partner that was judged */
} RpConcern;

/* Of RpConcern, worst first. Gives. */
GPtrArray *rp_concern_list (GPtrArray *verdicts);
/* The sentence, with the partners' names where it is not about all of them. Gives. */
char *rp_concern_dup_words (const RpConcern *concern);
/* It keeps the article from somebody, or asks for attention; a duty does neither. */
gboolean rp_concern_is_to_fix (const RpConcern *concern);

G_END_DECLS
