#include "rp-drop.h"

#include "rp-transfer.h"

typedef struct {
  GtkRevealer *overlay; /* not owned: lives in the area */
  RpDropCallbacks callbacks;
  gpointer user_data;
} Zone;

static void
show_overlay (Zone *zone, gboolean show)
{
  if (show)
    gtk_widget_set_visible (GTK_WIDGET (zone->overlay), TRUE);
  gtk_revealer_set_reveal_child (zone->overlay, show);
}

static void
hidden_cb (GtkRevealer *overlay)
{
  gtk_widget_set_visible (GTK_WIDGET (overlay), gtk_revealer_get_reveal_child (overlay) ||
                                                  gtk_revealer_get_child_revealed (overlay));
}

static gboolean
accept_cb (GtkDropTargetAsync *target, GdkDrop *drop, gpointer user_data)
{
  g_autoptr (GdkContentFormats) formats = rp_transfer_formats ();

  return gdk_drop_get_drag (drop) == NULL && /* what moves within the window is its own */
         gdk_content_formats_match (formats, gdk_drop_get_formats (drop));
}

static void
hold (Zone *zone, double x, double y)
{
  if (zone->callbacks.held != NULL)
    zone->callbacks.held (x, y, zone->user_data);
}

static GdkDragAction
over_cb (GtkDropTargetAsync *target, GdkDrop *drop, double x, double y, Zone *zone)
{
  show_overlay (zone, TRUE);
  hold (zone, x, y);

  return GDK_ACTION_COPY;
}

static void
leave_cb (GtkDropTargetAsync *target, GdkDrop *drop, Zone *zone)
{
  show_overlay (zone, FALSE);
  hold (zone, -1, -1);
}

static gboolean
drop_cb (GtkDropTargetAsync *target, GdkDrop *drop, double x, double y, Zone *zone)
{
  show_overlay (zone, FALSE);
  zone->callbacks.dropped (drop, x, y, zone->user_data);
  hold (zone, -1, -1);

  return TRUE;
}

static void
zone_free (gpointer data, GClosure *closure)
{
  g_free (data);
}

/* Ahead of what is inside the area: a web view would take the drop for itself. */
void
rp_drop_attach (GtkWidget *area,
                GtkRevealer *overlay,
                const RpDropCallbacks *callbacks,
                gpointer user_data)
{
  GtkDropTargetAsync *target = gtk_drop_target_async_new (rp_transfer_formats (), GDK_ACTION_COPY);
  Zone *zone = g_new0 (Zone, 1);

  zone->overlay = overlay;
  zone->callbacks = *callbacks;
  zone->user_data = user_data;
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect (overlay, "notify::child-revealed", G_CALLBACK (hidden_cb), NULL);
  g_signal_connect (target, "accept", G_CALLBACK (accept_cb), NULL);
  g_signal_connect (target, "drag-enter", G_CALLBACK (over_cb), zone);
  g_signal_connect (target, "drag-motion", G_CALLBACK (over_cb), zone);
  g_signal_connect (target, "drag-leave", G_CALLBACK (leave_cb), zone);
  g_signal_connect_data (target, "drop", G_CALLBACK (drop_cb), zone, zone_free, 0);
  gtk_widget_add_controller (area, GTK_EVENT_CONTROLLER (target));
}
