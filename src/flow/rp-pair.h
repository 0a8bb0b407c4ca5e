/* Two strings for a job on the store's thread; only flow includes this. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  char *id;    /* owned */
  char *value; /* owned, may be NULL */
} RpPair;

RpPair *rp_pair_new (const char *id, const char *value);
void rp_pair_free (gpointer data);

G_END_DECLS
