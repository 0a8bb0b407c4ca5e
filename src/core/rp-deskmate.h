/* Somebody at a window on the same library, with the article that is open there. Plain struct, any
 * thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  char *holder;     /* names the window's program */
  char *name;       /* of the person, for people */
  char *article_id; /* what is open */
  gint64 since;     /* microseconds, UTC, by the clock of the library */
  gint64 edits;     /* since when it is edited there, 0 = it is only read */
  gint64 until;     /* whoever says nothing until then has gone */
} RpDeskmate;

RpDeskmate *rp_deskmate_copy (const RpDeskmate *mate); /* gives */
void rp_deskmate_free (RpDeskmate *mate);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpDeskmate, rp_deskmate_free)

G_END_DECLS
