/* What was worked out about an article for judging it (rp_rights_case_to_facts), kept so that the
 * whole desk can be judged again in seconds: after a change of a licence or a partner, and when a
 * moment has come at which an answer changes. On the store's thread, or a connection of its own. */
#pragma once

#include "rp-store.h"

G_BEGIN_DECLS

typedef struct {
  char *article_id;
  char *state;
  char *licence_id; /* of the article now; NULL = none */
  char *facts;      /* NULL: there are none, or they are of an older version of the article */
  char *judged_by;  /* the licence that they were worked out for */
  gint64 judged_version;
  char *others;     /* ids of the other licences that the source points at, with spaces between */
  char *approvals;  /* kinds, with spaces between */
  gint64 seq;       /* to go on after */
  gint64 changed;   /* when the article was, to notice that it was again; 0 = does not matter */
  gint64 next_turn; /* RP_TIME_NONE = nothing changes by itself */
  gint64 allowed;   /* how many partners may have it */
  gboolean review;  /* the licence is a guess, or sources disagree, and nobody has confirmed it */
} RpFactsRow;

void rp_facts_row_free (RpFactsRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpFactsRow, rp_facts_row_free)

typedef struct {
  const char *state;   /* of the articles */
  gint64 due;          /* only those whose next turn has come; RP_TIME_NONE = all */
  guint part, n_parts; /* every n-th row from this one, so that threads can share the work */
} RpFactsScope;

/* The next rows after `seq`, in order. Gives an array of RpFactsRow. */
GPtrArray *rp_store_list_facts (RpStore *store,
                                const RpFactsScope *scope,
                                gint64 seq,
                                guint limit,
                                GError **error);
/* `row` says article, licence, others, facts, next turn and how many are allowed. Nothing is
 * written when the article has changed since. */
gboolean rp_store_save_facts (RpStore *store, const RpFactsRow *row, GError **error);
/* TRUE in `out`: the last judgement of the article as it is now found nobody who may have it. */
gboolean rp_store_is_barred (RpStore *store, const char *article_id, gboolean *out, GError **error);
/* Whether there is anything whose next turn has come. */
gboolean rp_store_has_turns (RpStore *store, gint64 now, gboolean *out, GError **error);
/* It is judged again at the next turn. */
gboolean rp_store_make_due (RpStore *store, const char *article_id, GError **error);
/* Only what judging again has changed. */
gboolean rp_store_note_turn (RpStore *store, const RpFactsRow *row, GError **error);
/* Moves the article to `row->state`, unless somebody has changed or moved it since. */
gboolean rp_store_move_judged (RpStore *store,
                               const RpFactsRow *row,
                               const char *state_before,
                               GError **error);

G_END_DECLS
