/* How long a request may take without a sign of life: a socket that is silent for a while ends by
 * itself; a server that says a word now and then does not, nor does a request that was lost between
 * sockets when a network came and went. On the main context of its maker; base only. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _RpPatience RpPatience;

/* What is waited for was cancelled, and has not said so: whoever waits goes on without it. */
typedef void (*RpPatienceLost) (gpointer user_data);

/* `callers` (optional, borrowed for its life) cancels what is waited for, too. Gives. */
RpPatience *
rp_patience_new (GCancellable *callers, guint seconds, RpPatienceLost lost, gpointer user_data);
void rp_patience_free (RpPatience *self);
/* Everything that is waited for takes this one. Lends. */
GCancellable *rp_patience_get_cancellable (RpPatience *self);
void rp_patience_note_sign (RpPatience *self);
/* It has ended, which is why that was cancelled. */
gboolean rp_patience_is_over (RpPatience *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpPatience, rp_patience_free)

G_END_DECLS
