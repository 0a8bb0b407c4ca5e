/* Two versions of an article, word by word: passages in the order in which both are read, each with
 * what stayed, what went and what is new. Plain struct, read only after it was made; any thread. */
#pragma once

#include "rp-article.h"

G_BEGIN_DECLS

typedef enum {
  RP_RUN_SAME,
  RP_RUN_GONE,
  RP_RUN_NEW,
} RpRunKind;

typedef struct {
  RpRunKind kind;
  char *text; /* words with single spaces between them */
} RpRun;

typedef struct {
  const char *role; /* "headline", "standfirst", "heading", "quote", "item", "text" */
  GPtrArray *runs;  /* owned, of RpRun */
  gboolean before;  /* the first version has it */
  gboolean after;   /* the second one has it */
  gboolean changed;
} RpPassage;

typedef struct {
  GPtrArray *passages; /* owned, of RpPassage */
  guint words_before;
  guint words_gone;
  guint words_new;
  guint n_changed; /* passages */
} RpComparison;

RpComparison *rp_comparison_new (RpArticle *before, RpArticle *after); /* gives */
void rp_comparison_free (RpComparison *comparison);
/* Of a hundred words of the first version, how many were changed: the larger of what went and what
 * came, 100 at most; at least 1 when anything was. */
guint rp_comparison_get_percent (const RpComparison *comparison);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpComparison, rp_comparison_free)

G_END_DECLS
