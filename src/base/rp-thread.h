/* What threads that work for a long time owe to the window. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* From now on this thread gets the processor when nobody who is waited for wants it; of a thread
 * that ends by itself, as it cannot be taken back. Any thread. */
void rp_thread_give_way (void);

G_END_DECLS
