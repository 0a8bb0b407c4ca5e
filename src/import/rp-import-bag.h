/* Texts compared as bags of words. Any thread. */
#pragma once

#include "rp-xml.h"

G_BEGIN_DECLS

/* How well the text below `candidate` covers `declared`: 1 is the same, below 0 is another text. */
double rp_bag_agreement (const char *declared, const xmlNode *candidate);

G_END_DECLS
