#include "rp-frames.h"

#include <time.h>

/* Processor time of this thread, in microseconds. */
static gint64
spend (void)
{
  struct timespec at;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &at);

  return (gint64) at.tv_sec * G_USEC_PER_SEC + at.tv_nsec / 1000;
}

static void
before_paint_cb (GdkFrameClock *clock, gint64 *begin)
{
  *begin = spend ();
}

static void
after_paint_cb (GdkFrameClock *clock, gint64 *begin)
{
  g_debug ("A frame took %" G_GINT64_FORMAT " µs", spend () - *begin);
}

static void
realize_cb (GtkWidget *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  gint64 *begin = g_new0 (gint64, 1);

  g_signal_connect_data (clock, "before-paint", G_CALLBACK (before_paint_cb), begin,
                         (GClosureNotify) (GCallback) g_free, 0);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), begin);
}

void
rp_frames_watch (GtkWindow *window)
{
  if (!g_log_writer_default_would_drop (G_LOG_LEVEL_DEBUG, G_LOG_DOMAIN))
    g_signal_connect (window, "realize", G_CALLBACK (realize_cb), NULL);
}
