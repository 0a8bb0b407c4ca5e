#include "rp-list-rows.h"

#include "rp-article-item.h"
#include "rp-drag-out.h"

typedef struct {
  RpWorkspace *workspace; /* owned */
  RpSelection *selection; /* owned */
} Maker;

static void
maker_free (gpointer data, GClosure *closure)
{
  Maker *maker = data;

  g_object_unref (maker->workspace);
  g_object_unref (maker->selection);
  g_free (maker);
}

static RpSelection *
get_selection (GtkListItem *item)
{
  return g_object_get_data (G_OBJECT (item), "rp-selection");
}

static void
show_mark (GtkListItem *item)
{
  GtkWidget *child = gtk_list_item_get_child (item);

  if (child != NULL)
    rp_article_item_set_check (RP_ARTICLE_ITEM (child),
                               rp_selection_get_gathering (get_selection (item)),
                               gtk_list_item_get_selected (item));
}

/* While rows are gathered a click adds or takes away; with Shift the list reaches from the last one
 * to this. */
static void
released_cb (GtkGestureClick *gesture, int n_press, double x, double y, GtkListItem *item)
{
  RpSelection *selection = get_selection (item);
  GdkModifierType keys =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  if (!rp_selection_get_gathering (selection) || (keys & GDK_SHIFT_MASK) != 0)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  rp_selection_toggle (selection, gtk_list_item_get_position (item));
}

/* ---- dragging out ---- */

/* A row of a selection brings the others along. */
static GPtrArray *
list_dragged (RpSelection *selection, const char *id)
{
  GPtrArray *ids;

  if (rp_selection_has (selection, id))
    return rp_selection_dup_ids (selection);
  ids = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (ids, g_strdup (id));

  return ids;
}

static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, GtkListItem *item)
{
  RpArticleRow *row = RP_ARTICLE_ROW (gtk_list_item_get_item (item));
  const char *id = row != NULL ? rp_article_row_get_id (row) : NULL;

  if (id == NULL)
    return NULL;

  return rp_drag_out_new (g_object_get_data (G_OBJECT (item), "rp-workspace"),
                          list_dragged (get_selection (item), id));
}

static void
drag_begun_cb (GtkDragSource *source, GdkDrag *drag, GtkListItem *item)
{
  g_autoptr (GdkPaintable) icon = gtk_widget_paintable_new (gtk_list_item_get_child (item));
  GdkContentProvider *content = gdk_drag_get_content (drag);

  gtk_drag_source_set_icon (source, icon, 0, 0);
  if (RP_IS_DRAG_OUT (content))
    rp_drag_out_set_drag (RP_DRAG_OUT (content), drag);
}

static void
add_controllers (GtkWidget *child, GtkListItem *item)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkDragSource *drag = gtk_drag_source_new ();

  g_signal_connect (click, "released", G_CALLBACK (released_cb), item);
  gtk_widget_add_controller (child, GTK_EVENT_CONTROLLER (click));
  gtk_drag_source_set_actions (drag, GDK_ACTION_COPY | GDK_ACTION_LINK);
  g_signal_connect (drag, "prepare", G_CALLBACK (prepare_cb), item);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begun_cb), item);
  gtk_widget_add_controller (child, GTK_EVENT_CONTROLLER (drag));
}

/* ---- the factory ---- */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Maker *maker)
{
  GtkWidget *child = rp_article_item_new ();

  g_object_set_data_full (G_OBJECT (item), "rp-selection", g_object_ref (maker->selection),
                          g_object_unref);
  g_object_set_data_full (G_OBJECT (item), "rp-workspace", g_object_ref (maker->workspace),
                          g_object_unref);
  add_controllers (child, item);
  gtk_list_item_set_child (item, child);
  g_signal_connect (item, "notify::selected", G_CALLBACK (show_mark), NULL);
  g_signal_connect_object (maker->selection, "notify::gathering", G_CALLBACK (show_mark), item,
                           G_CONNECT_SWAPPED);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  rp_article_item_set_row (RP_ARTICLE_ITEM (gtk_list_item_get_child (item)),
                           gtk_list_item_get_item (item));
  show_mark (item);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  rp_article_item_set_row (RP_ARTICLE_ITEM (gtk_list_item_get_child (item)), NULL);
}

GtkListItemFactory *
rp_list_rows_new (RpWorkspace *workspace, RpSelection *selection)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Maker *maker = g_new0 (Maker, 1);

  maker->workspace = g_object_ref (workspace);
  maker->selection = g_object_ref (selection);
  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_cb), maker, maker_free, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);

  return factory;
}
