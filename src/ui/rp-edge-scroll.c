#include "rp-edge-scroll.h"

#define EDGE 36.0   /* pixels from an edge in which a drag scrolls */
#define SPEED 900.0 /* pixels a second at the very edge */

typedef struct {
  double pull; /* -1 at the upper edge, 1 at the lower one, 0 between them */
  gint64 last; /* frame time in microseconds, 0 before the first one */
  guint tick;
} EdgeScroll;

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  GtkAdjustment *along = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (widget));
  EdgeScroll *self = user_data;
  gint64 now = gdk_frame_clock_get_frame_time (clock);

  if (self->pull == 0.0) {
    self->tick = 0;
    return G_SOURCE_REMOVE;
  }
  if (self->last != 0)
    gtk_adjustment_set_value (along,
                              gtk_adjustment_get_value (along) +
                                self->pull * SPEED * (double) (now - self->last) / G_USEC_PER_SEC);
  self->last = now;

  return G_SOURCE_CONTINUE;
}

static void
motion_cb (GtkDropControllerMotion *motion, double x, double y, EdgeScroll *self)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (motion));
  double below = gtk_widget_get_height (widget) - y;

  self->pull = 0.0;
  if (y < EDGE)
    self->pull = CLAMP (y / EDGE, 0.0, 1.0) - 1.0;
  else if (below < EDGE)
    self->pull = 1.0 - CLAMP (below / EDGE, 0.0, 1.0);
  if (self->pull == 0.0 || self->tick != 0)
    return;
  self->last = 0;
  self->tick = gtk_widget_add_tick_callback (widget, tick_cb, self, NULL);
}

static void
leave_cb (GtkDropControllerMotion *motion, EdgeScroll *self)
{
  self->pull = 0.0;
}

/* The controller and the tick both go with the widget: what they use goes after them. */
void
rp_edge_scroll_add (GtkScrolledWindow *scroller)
{
  GtkEventController *motion = gtk_drop_controller_motion_new ();
  EdgeScroll *self = g_new0 (EdgeScroll, 1);

  g_object_set_data_full (G_OBJECT (scroller), "rp-edge-scroll", self, g_free);
  gtk_event_controller_set_propagation_phase (motion, GTK_PHASE_CAPTURE);
  g_signal_connect (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (scroller), motion);
}
