#include "rp-thrift.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

#define REST 500 /* milliseconds */

static guint waiting; /* source id */

/* glibc keeps what was freed; other libraries give it back by themselves. */
static gpointer
give_back (gpointer data)
{
#ifdef __GLIBC__
  malloc_trim (0);
#endif

  return NULL;
}

static gboolean
rested_cb (gpointer user_data)
{
  waiting = 0;
  g_thread_unref (g_thread_new ("thrift", give_back, NULL));

  return G_SOURCE_REMOVE;
}

void
rp_thrift_soon (void)
{
  g_clear_handle_id (&waiting, g_source_remove);
  waiting = g_timeout_add_full (G_PRIORITY_LOW, REST, rested_cb, NULL, NULL);
}
