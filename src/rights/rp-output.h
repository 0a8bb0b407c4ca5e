/* Reads a rendition as a reader's browser would, and says which duties it fulfils. Private to
 * rights/. */
#pragma once

#include "rp-rights-case.h"

G_BEGIN_DECLS

/* Fills `output`; leaves it unknown when there is no rendition. */
void rp_output_inspect (RpCaseOutput *output, const RpRightsInput *input);

G_END_DECLS
