/* Texts compared as bags of words. Any thread. */
#pragma once

#include "rp-xml.h"

G_BEGIN_DECLS

/* How well the text below `candidate` covers `declared`: 1 is the same, below 0 is another text. */
double rp_bag_agreement (const char *declared, const xmlNode *candidate);

/* The runs of words of a text, to ask which blocks of a page are in it. */
typedef GHashTable RpBagRuns;
RpBagRuns *rp_bag_runs_new (const char *text); /* free with g_hash_table_unref */
/* Which share of the runs of `text` is there, 0 to 1; -1 when it is too short to say. */
double rp_bag_runs_share (RpBagRuns *self, const char *text);

G_END_DECLS
