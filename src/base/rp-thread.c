#include "rp-thread.h"

#include <errno.h>
#include <sys/resource.h>
#include <unistd.h>

#define NICE 10

void
rp_thread_give_way (void)
{
  /* Of one thread, where the kernel knows threads by number; and no harm where it may not. */
  if (setpriority (PRIO_PROCESS, (id_t) gettid (), NICE) != 0)
    g_debug ("A thread does not give way: %s", g_strerror (errno));
}
