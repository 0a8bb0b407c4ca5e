#include "rp-undo.h"

#include <string.h>

#define MOST_BYTES (32 * 1024 * 1024)

typedef struct {
  RpDraft *draft; /* owned */
  guint run;
} State;

struct _RpUndo {
  GPtrArray *states; /* owned, of State; oldest first */
  guint now;         /* index of what is shown */
  gsize bytes;
};

static void
state_free (gpointer data)
{
  State *state = data;

  rp_draft_free (state->draft);
  g_free (state);
}

static gsize
measure (const RpDraft *draft)
{
  const char *fields[] = {draft->headline, draft->standfirst, draft->byline, draft->body_html};
  gsize bytes = sizeof (RpDraft);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    bytes += fields[i] != NULL ? strlen (fields[i]) : 0;

  return bytes;
}

static void
remove_state (RpUndo *self, guint at)
{
  State *state = g_ptr_array_index (self->states, at);

  self->bytes -= measure (state->draft);
  g_ptr_array_remove_index (self->states, at);
}

/* What was undone is gone once something else is typed; the oldest goes when there is too much. */
static void
push (RpUndo *self, RpDraft *draft, guint run)
{
  State *state = g_new0 (State, 1);

  state->draft = draft;
  state->run = run;
  while (self->states->len > self->now + 1)
    remove_state (self, self->states->len - 1);
  g_ptr_array_add (self->states, state);
  self->bytes += measure (draft);
  while (self->states->len > 2 && self->bytes > MOST_BYTES)
    remove_state (self, 0);
  self->now = self->states->len - 1;
}

static gboolean
is_same_order (GStrv a, GStrv b)
{
  return a == b || (a != NULL && b != NULL &&
                    g_strv_equal ((const char *const *) a, (const char *const *) b));
}

static gboolean
is_same (const RpDraft *a, const RpDraft *b)
{
  return g_strcmp0 (a->headline, b->headline) == 0 &&
         g_strcmp0 (a->standfirst, b->standfirst) == 0 && g_strcmp0 (a->byline, b->byline) == 0 &&
         g_strcmp0 (a->body_html, b->body_html) == 0 && g_strcmp0 (a->language, b->language) == 0 &&
         is_same_order (a->order, b->order);
}

RpUndo *
rp_undo_new (void)
{
  RpUndo *self = g_new0 (RpUndo, 1);

  self->states = g_ptr_array_new_with_free_func (state_free);

  return self;
}

void
rp_undo_free (RpUndo *self)
{
  g_ptr_array_unref (self->states);
  g_free (self);
}

void
rp_undo_begin (RpUndo *self, const RpDraft *first)
{
  g_return_if_fail (self != NULL && first != NULL);

  g_ptr_array_set_size (self->states, 0);
  self->bytes = 0;
  self->now = 0;
  push (self, rp_draft_copy (first), 0);
}

void
rp_undo_note (RpUndo *self, const RpDraft *now, guint run)
{
  RpDraft *next;
  State *last;

  g_return_if_fail (self != NULL && self->states->len > 0);

  last = g_ptr_array_index (self->states, self->now);
  next = rp_draft_copy (last->draft);
  rp_draft_merge (next, now);
  if (is_same (last->draft, next)) {
    rp_draft_free (next);
    return;
  }
  /* the first state is where all began and stays */
  if (run != 0 && run == last->run && self->now == self->states->len - 1 && self->now > 0)
    remove_state (self, self->now--);
  push (self, next, run);
}

const RpDraft *
rp_undo_get_now (RpUndo *self)
{
  return self->states->len > 0 ? ((State *) g_ptr_array_index (self->states, self->now))->draft
                               : NULL;
}

/* After a step back or on, typing begins a step of its own. */
static const RpDraft *
arrive (RpUndo *self, guint at)
{
  State *state = g_ptr_array_index (self->states, at);

  self->now = at;
  state->run = 0;

  return state->draft;
}

const RpDraft *
rp_undo_go_back (RpUndo *self)
{
  return rp_undo_can_go_back (self) ? arrive (self, self->now - 1) : NULL;
}

const RpDraft *
rp_undo_go_on (RpUndo *self)
{
  return rp_undo_can_go_on (self) ? arrive (self, self->now + 1) : NULL;
}

gboolean
rp_undo_can_go_back (RpUndo *self)
{
  return self->now > 0;
}

gboolean
rp_undo_can_go_on (RpUndo *self)
{
  return self->now + 1 < self->states->len;
}
