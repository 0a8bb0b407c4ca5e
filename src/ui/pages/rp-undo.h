/* What was typed before: the states of the whole editor, all fields and the HTML source together,
 * so that one Undo takes back the last thing that was done, wherever that was. Any thread. */
#pragma once

#include "rp-draft.h"

G_BEGIN_DECLS

typedef struct _RpUndo RpUndo;

RpUndo *rp_undo_new (void);
void rp_undo_free (RpUndo *self);
/* Forgets everything and begins with this state, which has all fields. */
void rp_undo_begin (RpUndo *self, const RpDraft *first);
/* The editor looks like this now; fields that are NULL are as before. States with the same `run`
 * (not 0), one after the other, are one step. Nothing happens when nothing is different. */
void rp_undo_note (RpUndo *self, const RpDraft *now, guint run);
/* One step back or on: the state to show. Lends, NULL when there is none. */
const RpDraft *rp_undo_go_back (RpUndo *self);
const RpDraft *rp_undo_go_on (RpUndo *self);
const RpDraft *rp_undo_get_now (RpUndo *self); /* lends, NULL before it began */
gboolean rp_undo_can_go_back (RpUndo *self);
gboolean rp_undo_can_go_on (RpUndo *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpUndo, rp_undo_free)

G_END_DECLS
