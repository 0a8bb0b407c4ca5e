#include "rp-sidebar.h"

#include <glib/gi18n-lib.h>

#include "rp-desk-row.h"
#include "rp-dispatch.h"
#include "rp-drag-out.h"
#include "rp-edge-scroll.h"
#include "rp-may.h"
#include "rp-rubric-list.h"
#include "rp-search-keeper.h"
#include "rp-searches.h"

#define RUBRICS_WAIT 300 /* milliseconds in which many changes are one */
#define N_RUBRICS 3

struct _RpSidebar {
  AdwBin parent_instance;

  AdwHeaderBar *header;
  GtkScrolledWindow *scroller;
  GtkListBox *desk;
  GtkBox *rubrics;
  AdwBin *licences_slot;
  RpRubricList *lists[N_RUBRICS]; /* owned by the box above, in RpRubricKind's order */
  GtkListBox *partners;
  GtkListBox *more;
  GtkListBox *footer;
  RpDeskRow *outbox; /* owned by the footer */

  RpWorkspace *workspace;    /* not owned: outlives the window */
  GCancellable *cancellable; /* owned */
  GtkWidget *marked;         /* weak: the row that something is dragged over */
  char *wanted;              /* owned: the key to be chosen when it is there; NULL = none */
  guint loading;             /* source id */
};

G_DEFINE_FINAL_TYPE (RpSidebar, rp_sidebar, ADW_TYPE_BIN)

enum {
  STATE_CHOSEN,
  SEARCH_CHOSEN,
  OUTBOX_CHOSEN,
  DROPPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const struct {
  const char *state;
  const char *icon;
  const char *title;
} places[] = {
  {"inbox", "mail-unread-symbolic", N_ ("Inbox")},
  {RP_STATE_NEEDS_LICENCE, "application-certificate-symbolic", N_ ("Needs licence")},
  {RP_STATE_REVIEW, "dialog-question-symbolic", N_ ("Licence to confirm")},
  {RP_STATE_READY, "object-select-symbolic", N_ ("Ready")},
  {RP_STATE_SCHEDULED, "alarm-symbolic", N_ ("Scheduled")},
  {RP_STATE_PUBLISHED, "rp-published-symbolic", N_ ("Published")},
  {RP_STATE_ATTENTION, "dialog-warning-symbolic", N_ ("Needs attention")},
  {RP_STATE_ARCHIVE, "folder-symbolic", N_ ("Archive")},
  {RP_STATE_TRASH, "user-trash-symbolic", N_ ("Trash")},
};

/* ---- what is dropped on a row ---- */

/* Rows of partners have the plain id as their key. NULL = nothing can be dropped there, or not by
 * this person. Gives. */
static char *
dup_target (RpSidebar *self, GtkWidget *row)
{
  const char *key = rp_desk_row_get_key (RP_DESK_ROW (row));
  gboolean partner = gtk_widget_get_parent (row) == GTK_WIDGET (self->partners);

  if (!rp_may_do (self->workspace, partner ? "win.publish" : "win.change-licence"))
    return NULL;
  if (partner)
    return g_strconcat ("partner:", key, NULL);

  return g_str_has_prefix (key, "licence:") ? g_strdup (key) : NULL;
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, RpSidebar *self)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));
  g_autofree char *where = dup_target (self, row);

  if (where == NULL)
    return FALSE;
  g_signal_emit (self, signals[DROPPED], 0, where, g_value_get_boxed (value));

  return TRUE;
}

static void
add_drop (RpSidebar *self, GtkWidget *row)
{
  GtkDropTarget *target;

  if (g_object_get_data (G_OBJECT (row), "rp-drop") != NULL)
    return;
  target = gtk_drop_target_new (RP_TYPE_DRAGGED_IDS, GDK_ACTION_COPY);
  g_object_set_data (G_OBJECT (row), "rp-drop", target);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, 0);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (target));
}

/* ---- counts ---- */

/* Finished work is not counted: a number asks for something to be done. */
static gboolean
is_counted (const char *state)
{
  return !g_str_equal (state, RP_STATE_PUBLISHED) && !g_str_equal (state, RP_STATE_ARCHIVE) &&
         !g_str_equal (state, RP_STATE_TRASH);
}

static void
count_places (RpSidebar *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->desk, (int) i);

    if (is_counted (places[i].state))
      rp_desk_row_set_count (RP_DESK_ROW (row),
                             rp_workspace_get_count (self->workspace, places[i].state),
                             g_str_equal (places[i].state, RP_STATE_ATTENTION));
  }
}

static void
open_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpSidebar) self = user_data;
  g_autoptr (GPtrArray) open = rp_dispatch_list_finish (RP_WORKSPACE (source), result, NULL);

  if (open != NULL && self->outbox != NULL)
    rp_desk_row_set_count (self->outbox, open->len, FALSE);
}

static void
count_outbox (RpSidebar *self)
{
  rp_dispatch_list_async (self->workspace, NULL, TRUE, self->cancellable, open_listed_cb,
                          g_object_ref (self));
}

/* ---- searches, sources, licences ---- */

static void
unselect_lists (RpSidebar *self, RpRubricList *except)
{
  for (guint i = 0; i < N_RUBRICS; i++)
    if (self->lists[i] != except)
      rp_rubric_list_unselect (self->lists[i]);
}

static gboolean
choose_rubric (RpSidebar *self, const char *key)
{
  for (guint i = 0; i < N_RUBRICS; i++)
    if (rp_rubric_list_choose (self->lists[i], key))
      return TRUE;

  return FALSE;
}

static void
add_drops (RpSidebar *self, GtkListBox *box)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (box, i)) != NULL; i++)
    add_drop (self, GTK_WIDGET (row));
}

static void
rubrics_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpSidebar) self = user_data;
  g_autoptr (RpRubrics) rubrics = rp_rubrics_load_finish (RP_WORKSPACE (source), result, NULL);
  g_autofree char *wanted = g_steal_pointer (&self->wanted);

  if (rubrics == NULL || self->outbox == NULL)
    return;
  rp_rubric_list_fill (self->lists[RP_RUBRIC_SEARCHES], rubrics->searches);
  rp_rubric_list_fill (self->lists[RP_RUBRIC_SOURCES], rubrics->sources);
  rp_rubric_list_fill (self->lists[RP_RUBRIC_LICENCES], rubrics->licences);
  add_drops (self, rp_rubric_list_get_box (self->lists[RP_RUBRIC_LICENCES]));
  if (wanted != NULL && !choose_rubric (self, wanted))
    rp_sidebar_choose (self, "inbox");
}

static gboolean
load_rubrics_cb (gpointer user_data)
{
  RpSidebar *self = user_data;

  self->loading = 0;
  rp_rubrics_load_async (self->workspace, self->cancellable, rubrics_loaded_cb,
                         g_object_ref (self));

  return G_SOURCE_REMOVE;
}

static void
load_rubrics_soon (RpSidebar *self)
{
  if (self->loading == 0)
    self->loading = g_timeout_add (RUBRICS_WAIT, load_rubrics_cb, self);
}

static void
rubric_chosen_cb (RpRubricList *list,
                  const char *key,
                  const char *query,
                  const char *title,
                  RpSidebar *self)
{
  gtk_list_box_unselect_all (self->desk);
  gtk_list_box_unselect_all (self->footer);
  unselect_lists (self, list);
  g_signal_emit (self, signals[SEARCH_CHOSEN], 0, key, query, title);
}

static void
add_lists (RpSidebar *self)
{
  for (guint i = 0; i < N_RUBRICS; i++) {
    self->lists[i] = RP_RUBRIC_LIST (rp_rubric_list_new ((RpRubricKind) i));
    g_signal_connect (self->lists[i], "chosen", G_CALLBACK (rubric_chosen_cb), self);
    if (i == RP_RUBRIC_LICENCES) /* after the partners, which matter more often */
      adw_bin_set_child (self->licences_slot, GTK_WIDGET (self->lists[i]));
    else
      gtk_box_append (self->rubrics, GTK_WIDGET (self->lists[i]));
  }
}

static const char *
find_search_name (RpSidebar *self, const char *id, const char **out_query)
{
  GtkListBox *box = rp_rubric_list_get_box (self->lists[RP_RUBRIC_SEARCHES]);
  g_autofree char *key = g_strconcat ("search:", id, NULL);
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (box, i)) != NULL; i++) {
    if (g_str_equal (rp_desk_row_get_key (RP_DESK_ROW (row)), key)) {
      *out_query = g_object_get_data (G_OBJECT (row), "rp-query");
      return rp_desk_row_get_title (RP_DESK_ROW (row));
    }
  }

  return NULL;
}

static void
rename_search_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RpSidebar *self = RP_SIDEBAR (widget);
  const char *id = g_variant_get_string (parameter, NULL);
  const char *query = NULL;
  const char *name = find_search_name (self, id, &query);

  if (name != NULL)
    rp_search_keeper_rename (widget, self->workspace, id, name, query);
}

static void
remove_search_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RpSidebar *self = RP_SIDEBAR (widget);
  const char *id = g_variant_get_string (parameter, NULL);
  const char *query = NULL;
  const char *name = find_search_name (self, id, &query);

  if (name != NULL)
    rp_search_keeper_remove (widget, self->workspace, id, name, query);
}

/* ---- places ---- */

static void
desk_selected_cb (GtkListBox *box, GtkListBoxRow *row, RpSidebar *self)
{
  if (row == NULL)
    return;
  gtk_list_box_unselect_all (self->footer);
  unselect_lists (self, NULL);
  g_signal_emit (self, signals[STATE_CHOSEN], 0, rp_desk_row_get_key (RP_DESK_ROW (row)),
                 rp_desk_row_get_title (RP_DESK_ROW (row)));
}

static void
partner_activated_cb (GtkListBox *box, GtkListBoxRow *row, RpSidebar *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.edit-partner", "s",
                              rp_desk_row_get_key (RP_DESK_ROW (row)));
}

static void
more_activated_cb (GtkListBox *box, GtkListBoxRow *row, RpSidebar *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.add-partner", NULL);
}

static void
footer_activated_cb (GtkListBox *box, GtkListBoxRow *row, RpSidebar *self)
{
  if (row == GTK_LIST_BOX_ROW (self->outbox)) {
    gtk_list_box_unselect_all (self->desk);
    unselect_lists (self, NULL);
    g_signal_emit (self, signals[OUTBOX_CHOSEN], 0);
    return;
  }
  gtk_list_box_unselect_row (box, row); /* a window of its own, not a page */
  gtk_widget_activate_action (GTK_WIDGET (self), rp_desk_row_get_key (RP_DESK_ROW (row)), NULL);
}

static GtkWidget *
make_partner_row (gpointer item, gpointer user_data)
{
  GtkWidget *row = rp_desk_row_new_for_partner (item);

  add_drop (user_data, row);

  return row;
}

static void
rp_sidebar_dispose (GObject *object)
{
  RpSidebar *self = RP_SIDEBAR (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->loading, g_source_remove);
  g_clear_weak_pointer (&self->marked);
  self->outbox = NULL;
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), RP_TYPE_SIDEBAR);
  G_OBJECT_CLASS (rp_sidebar_parent_class)->dispose (object);
}

static void
rp_sidebar_finalize (GObject *object)
{
  g_object_unref (RP_SIDEBAR (object)->cancellable);
  g_free (RP_SIDEBAR (object)->wanted);
  G_OBJECT_CLASS (rp_sidebar_parent_class)->finalize (object);
}

static void
rp_sidebar_class_init (RpSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_sidebar_dispose;
  G_OBJECT_CLASS (klass)->finalize = rp_sidebar_finalize;
  signals[STATE_CHOSEN] = g_signal_new ("state-chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[SEARCH_CHOSEN] =
    g_signal_new ("search-chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                  G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
  signals[DROPPED] = g_signal_new ("dropped", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRV);
  signals[OUTBOX_CHOSEN] =
    g_signal_new ("outbox-chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/reprint/Reprint/rp-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, RpSidebar, header);
  gtk_widget_class_bind_template_child (widget_class, RpSidebar, scroller);
  gtk_widget_class_bind_template_child (widget_class, RpSidebar, desk);
  gtk_widget_class_bind_template_child (widget_class, RpSidebar, rubrics);
  gtk_widget_class_bind_template_child (widget_class, RpSidebar, licences_slot);
  gtk_widget_class_bind_template_child (widget_class, RpSidebar, partners);
  gtk_widget_class_bind_template_child (widget_class, RpSidebar, more);
  gtk_widget_class_bind_template_child (widget_class, RpSidebar, footer);
  gtk_widget_class_bind_template_callback (widget_class, desk_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, partner_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, more_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, footer_activated_cb);
  gtk_widget_class_install_action (widget_class, "sidebar.rename-search", "s", rename_search_cb);
  gtk_widget_class_install_action (widget_class, "sidebar.remove-search", "s", remove_search_cb);
}

static void
rp_sidebar_init (RpSidebar *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  rp_edge_scroll_add (self->scroller);
  add_lists (self);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    gtk_list_box_append (self->desk,
                         rp_desk_row_new (places[i].state, places[i].icon, _ (places[i].title)));
  gtk_list_box_append (self->more,
                       rp_desk_row_new ("add", "list-add-symbolic", _ ("Add Partner…")));
  self->outbox = RP_DESK_ROW (rp_desk_row_new ("outbox", "mail-send-symbolic", _ ("Outbox")));
  gtk_list_box_append (self->footer, GTK_WIDGET (self->outbox));
  gtk_list_box_append (self->footer,
                       rp_desk_row_new ("win.sources", "folder-download-symbolic", _ ("Sources")));
  gtk_list_box_append (
    self->footer,
    rp_desk_row_new ("win.licences", "accessories-dictionary-symbolic", _ ("Licences")));
}

void
rp_sidebar_set_workspace (RpSidebar *self, RpWorkspace *workspace)
{
  g_return_if_fail (RP_IS_SIDEBAR (self) && self->workspace == NULL);

  self->workspace = workspace;
  gtk_widget_set_visible (GTK_WIDGET (self->more), rp_may_do (workspace, "win.add-partner"));
  gtk_list_box_bind_model (self->partners, rp_workspace_get_partners (workspace), make_partner_row,
                           self, NULL);
  g_signal_connect_object (workspace, "articles-changed", G_CALLBACK (count_places), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "outbox-changed", G_CALLBACK (count_outbox), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "articles-changed", G_CALLBACK (load_rubrics_soon), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rp_workspace_get_book (workspace), "items-changed",
                           G_CALLBACK (load_rubrics_soon), self, G_CONNECT_SWAPPED);
  count_places (self);
  count_outbox (self);
  load_rubrics_cb (self);
}

void
rp_sidebar_choose (RpSidebar *self, const char *key)
{
  g_return_if_fail (RP_IS_SIDEBAR (self));

  if (g_str_equal (key, "outbox")) {
    gtk_list_box_select_row (self->footer, GTK_LIST_BOX_ROW (self->outbox));
    footer_activated_cb (self->footer, GTK_LIST_BOX_ROW (self->outbox), self);
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    if (g_str_equal (places[i].state, key)) {
      gtk_list_box_select_row (self->desk, gtk_list_box_get_row_at_index (self->desk, (int) i));
      return;
    }
  }
  if (choose_rubric (self, key))
    return;
  g_free (self->wanted);
  self->wanted = g_strdup (key);
}

static GtkWidget *
find_row (RpSidebar *self, double x, double y)
{
  GtkWidget *at = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  return at != NULL ? gtk_widget_get_ancestor (at, RP_TYPE_DESK_ROW) : NULL;
}

const char *
rp_sidebar_find_target (RpSidebar *self, double x, double y, const char **out_name)
{
  GtkWidget *row = find_row (self, x, y);
  char *target;

  g_return_val_if_fail (RP_IS_SIDEBAR (self), NULL);

  if (self->marked != NULL && self->marked != row)
    gtk_widget_unset_state_flags (self->marked, GTK_STATE_FLAG_DROP_ACTIVE);
  g_set_weak_pointer (&self->marked, NULL);
  target = row != NULL ? dup_target (self, row) : NULL;
  if (target == NULL)
    return NULL;
  gtk_widget_set_state_flags (row, GTK_STATE_FLAG_DROP_ACTIVE, FALSE);
  g_set_weak_pointer (&self->marked, row);
  g_object_set_data_full (G_OBJECT (row), "rp-target", target, g_free);
  if (out_name != NULL)
    *out_name = rp_desk_row_get_title (RP_DESK_ROW (row));

  return target;
}

void
rp_sidebar_set_title_buttons (RpSidebar *self, gboolean at_end)
{
  g_return_if_fail (RP_IS_SIDEBAR (self));

  adw_header_bar_set_show_end_title_buttons (self->header, at_end);
}

void
rp_sidebar_focus (RpSidebar *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->desk);

  g_return_if_fail (RP_IS_SIDEBAR (self));

  if (row == NULL)
    row = gtk_list_box_get_row_at_index (self->desk, 0);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}
