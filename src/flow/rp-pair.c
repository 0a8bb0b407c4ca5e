#include "rp-pair.h"

RpPair *
rp_pair_new (const char *id, const char *value)
{
  RpPair *pair = g_new0 (RpPair, 1);

  pair->id = g_strdup (id);
  pair->value = g_strdup (value);

  return pair;
}

void
rp_pair_free (gpointer data)
{
  RpPair *pair = data;

  g_free (pair->id);
  g_free (pair->value);
  g_free (pair);
}
