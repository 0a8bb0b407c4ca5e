/* Big libraries that few files need are loaded when the first such file arrives: linked, they would
 * cost every start of the program several milliseconds. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  const char *const *names;   /* file names to try, NULL-terminated */
  const char *const *symbols; /* as many as there are slots, NULL-terminated */
  gpointer *slots;            /* where their addresses go, in the same order */
  GOnce once;
} RpLazy;

/* FALSE when the library or one of the symbols is missing on this machine. The first call loads,
 * the others wait for it. */
gboolean rp_lazy_load (RpLazy *self);

/* gexiv2's XMP reader keeps tables that threads must not share: whoever calls into it holds this.
 */
void rp_lazy_lock (void);
void rp_lazy_unlock (void);

/* A struct of typed pointers from a list of functions: RP_LAZY_MEMBER for each. */
#define RP_LAZY_MEMBER(function) __typeof__ (&function) function;
#define RP_LAZY_NAME(function) #function,

G_END_DECLS
