#include "rp-sidebar.h"

#include <glib/gi18n-lib.h>

#include "rp-desk-row.h"
#include "rp-dispatch.h"

struct _RpSidebar {
  AdwBin parent_instance;

  AdwHeaderBar *header;
  GtkListBox *desk;
  GtkListBox *partners;
  GtkListBox *more;
  GtkListBox *footer;
  RpDeskRow *outbox; /* owned by the footer */

  RpWorkspace *workspace;    /* not owned: outlives the window */
  GCancellable *cancellable; /* owned */
};

G_DEFINE_FINAL_TYPE (RpSidebar, rp_sidebar, ADW_TYPE_BIN)

enum {
  STATE_CHOSEN,
  OUTBOX_CHOSEN,
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
  {RP_STATE_READY, "emblem-ok-symbolic", N_ ("Ready")},
  {RP_STATE_SCHEDULED, "alarm-symbolic", N_ ("Scheduled")},
  {RP_STATE_PUBLISHED, "emblem-shared-symbolic", N_ ("Published")},
  {RP_STATE_ATTENTION, "dialog-warning-symbolic", N_ ("Needs attention")},
  {RP_STATE_ARCHIVE, "folder-symbolic", N_ ("Archive")},
  {RP_STATE_TRASH, "user-trash-symbolic", N_ ("Trash")},
};

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

static void
desk_selected_cb (GtkListBox *box, GtkListBoxRow *row, RpSidebar *self)
{
  if (row == NULL)
    return;
  gtk_list_box_unselect_all (self->footer);
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
    g_signal_emit (self, signals[OUTBOX_CHOSEN], 0);
    return;
  }
  gtk_list_box_unselect_row (box, row); /* a window of its own, not a page */
  gtk_widget_activate_action (GTK_WIDGET (self), rp_desk_row_get_key (RP_DESK_ROW (row)), NULL);
}

static GtkWidget *
make_partner_row (gpointer item, gpointer user_data)
{
  return rp_desk_row_new_for_partner (item);
}

static void
rp_sidebar_dispose (GObject *object)
{
  RpSidebar *self = RP_SIDEBAR (object);

  g_cancellable_cancel (self->cancellable);
  self->outbox = NULL;
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), RP_TYPE_SIDEBAR);
  G_OBJECT_CLASS (rp_sidebar_parent_class)->dispose (object);
}

static void
rp_sidebar_finalize (GObject *object)
{
  g_object_unref (RP_SIDEBAR (object)->cancellable);
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
  signals[OUTBOX_CHOSEN] =
    g_signal_new ("outbox-chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/reprint/Reprint/rp-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, RpSidebar, header);
  gtk_widget_class_bind_template_child (widget_class, RpSidebar, desk);
  gtk_widget_class_bind_template_child (widget_class, RpSidebar, partners);
  gtk_widget_class_bind_template_child (widget_class, RpSidebar, more);
  gtk_widget_class_bind_template_child (widget_class, RpSidebar, footer);
  gtk_widget_class_bind_template_callback (widget_class, desk_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, partner_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, more_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, footer_activated_cb);
}

static void
rp_sidebar_init (RpSidebar *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
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
  gtk_list_box_bind_model (self->partners, rp_workspace_get_partners (workspace), make_partner_row,
                           NULL, NULL);
  g_signal_connect_object (workspace, "articles-changed", G_CALLBACK (count_places), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "outbox-changed", G_CALLBACK (count_outbox), self,
                           G_CONNECT_SWAPPED);
  count_places (self);
  count_outbox (self);
}

void
rp_sidebar_choose (RpSidebar *self, const char *state)
{
  g_return_if_fail (RP_IS_SIDEBAR (self));

  if (g_str_equal (state, "outbox")) {
    gtk_list_box_select_row (self->footer, GTK_LIST_BOX_ROW (self->outbox));
    footer_activated_cb (self->footer, GTK_LIST_BOX_ROW (self->outbox), self);
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_str_equal (places[i].state, state))
      gtk_list_box_select_row (self->desk, gtk_list_box_get_row_at_index (self->desk, (int) i));
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
