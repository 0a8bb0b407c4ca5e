/* A moment at which a licence's answer changes, or something becomes due: the timeline of an
 * article, and what tells the desk when to judge again. Any thread. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum {
  RP_TURN_LICENCE_BEGINS,
  RP_TURN_EMBARGO_ENDS,
  RP_TURN_EXCLUSIVE_ENDS, /* somebody else has had it to himself until then */
  RP_TURN_PUBLISHED,      /* as planned */
  RP_TURN_QUOTA_REFILLS,
  RP_TURN_FIRST_USE_ENDS, /* too old for a first use from then on */
  RP_TURN_REMOVAL,        /* the copy has to be gone */
  RP_TURN_ARTICLE_ENDS,
  RP_TURN_LICENCE_ENDS,
} RpTurnKind;

typedef struct {
  gint64 at;
  RpTurnKind kind;
  char *words; /* owned: "The licence ends." */
} RpTurn;

RpTurn *rp_turn_new (gint64 at, RpTurnKind kind); /* gives; the words are in the desk's language */
void rp_turn_free (RpTurn *turn);
int rp_turn_compare (gconstpointer a, gconstpointer b); /* of RpTurn **, earliest first */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpTurn, rp_turn_free)

G_END_DECLS
