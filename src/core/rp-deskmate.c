#include "rp-deskmate.h"

RpDeskmate *
rp_deskmate_copy (const RpDeskmate *mate)
{
  RpDeskmate *copy = g_new (RpDeskmate, 1);

  *copy = *mate;
  copy->holder = g_strdup (mate->holder);
  copy->name = g_strdup (mate->name);
  copy->article_id = g_strdup (mate->article_id);

  return copy;
}

void
rp_deskmate_free (RpDeskmate *mate)
{
  g_free (mate->holder);
  g_free (mate->name);
  g_free (mate->article_id);
  g_free (mate);
}
