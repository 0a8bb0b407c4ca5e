#include "rp-id.h"

#include <string.h>
#include <sys/random.h>

#include "rp-time.h"

/* Milliseconds and a counter within them (RFC 9562, 6.2, method 1), so that the ids of one process
 * sort in the order in which they were made, also when the clock stands still or goes back. */
static guint64
next_tick (guint *out_counter)
{
  static GMutex lock;
  static guint64 last = 0;
  static guint counter = 0;
  guint64 tick = (guint64) (rp_time_real () / 1000);

  g_mutex_lock (&lock);
  if (tick > last) {
    last = tick;
    counter = 0;
  } else if (++counter > 0xfff) {
    last++;
    counter = 0;
  }
  tick = last;
  *out_counter = counter;
  g_mutex_unlock (&lock);

  return tick;
}

char *
rp_id_new (void)
{
  guint8 b[16];
  guint counter;
  guint64 milliseconds = next_tick (&counter);

  if (getrandom (b, sizeof b, 0) != (gssize) sizeof b)
    for (guint i = 0; i < sizeof b; i++)
      b[i] = (guint8) g_random_int_range (0, 256);

  for (guint i = 0; i < 6; i++)
    b[i] = (guint8) (milliseconds >> (8 * (5 - i)));
  b[6] = (guint8) (0x70 | (counter >> 8));
  b[7] = (guint8) counter;
  b[8] = (b[8] & 0x3f) | 0x80;

  return g_strdup_printf ("%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
                          b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11],
                          b[12], b[13], b[14], b[15]);
}

gboolean
rp_id_is_valid (const char *text)
{
  return text != NULL && g_uuid_string_is_valid (text);
}
