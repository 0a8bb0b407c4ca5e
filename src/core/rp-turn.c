#include "rp-turn.h"

#include <glib/gi18n-lib.h>

static const char *
get_words (RpTurnKind kind)
{
  static const char *const words[] = {
    [RP_TURN_LICENCE_BEGINS] = N_ ("The licence begins."),
    [RP_TURN_EMBARGO_ENDS] = N_ ("The embargo ends."),
    [RP_TURN_EXCLUSIVE_ENDS] = N_ ("It is no longer exclusive to somebody else."),
    [RP_TURN_PUBLISHED] = N_ ("It would be published."),
    [RP_TURN_QUOTA_REFILLS] = N_ ("The quota refills."),
    [RP_TURN_FIRST_USE_ENDS] = N_ ("It becomes too old for a first use."),
    [RP_TURN_REMOVAL] = N_ ("The copies have to be taken down."),
    [RP_TURN_ARTICLE_ENDS] = N_ ("The source lets it be used until then."),
    [RP_TURN_LICENCE_ENDS] = N_ ("The licence ends."),
  };

  return _ (words[kind]);
}

RpTurn *
rp_turn_new (gint64 at, RpTurnKind kind)
{
  RpTurn *turn = g_new0 (RpTurn, 1);

  turn->at = at;
  turn->kind = kind;
  turn->words = g_strdup (get_words (kind));

  return turn;
}

void
rp_turn_free (RpTurn *turn)
{
  g_free (turn->words);
  g_free (turn);
}

int
rp_turn_compare (gconstpointer a, gconstpointer b)
{
  const RpTurn *one = *(RpTurn *const *) a;
  const RpTurn *two = *(RpTurn *const *) b;

  if (one->at != two->at)
    return one->at < two->at ? -1 : 1;

  return (int) one->kind - (int) two->kind;
}
