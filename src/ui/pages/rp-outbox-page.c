#include "rp-outbox-page.h"

#include <glib/gi18n-lib.h>

#include "rp-delivery-row.h"
#include "rp-dispatch.h"
#include "rp-history.h"
#include "rp-may.h"
#include "rp-partner-dialog.h"
#include "rp-text-window.h"
#include "rp-toast.h"

#define DONE_SHOWN 50
#define CLOCK_SECONDS 30 /* "in 3 minutes" has to stay true */

struct _RpOutboxPage {
  AdwBin parent_instance;

  GtkStack *stack;
  GtkWidget *needs_group;
  GtkListBox *needs;
  GtkWidget *going_group;
  GtkListBox *going;
  GtkWidget *done_group;
  GtkListBox *done;

  RpWorkspace *workspace;    /* owned */
  GCancellable *cancellable; /* owned */
  guint clock;               /* source id */
  gboolean busy;
  gboolean again;
};

G_DEFINE_FINAL_TYPE (RpOutboxPage, rp_outbox_page, ADW_TYPE_BIN)

enum {
  OPEN_ARTICLE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void listed_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
activated_cb (RpOutboxPage *self, GtkListBoxRow *row)
{
  RpDelivery *delivery = rp_delivery_row_get_delivery (RP_DELIVERY_ROW (row));

  g_signal_emit (self, signals[OPEN_ARTICLE], 0, delivery->article_id);
}

/* ---- sorting into the three lists ---- */

/* What has been sent again since needs nobody any more. */
static gboolean
is_superseded (GPtrArray *deliveries, guint index)
{
  const RpDelivery *old = g_ptr_array_index (deliveries, index);

  for (guint i = 0; i < index; i++) {
    const RpDelivery *newer = g_ptr_array_index (deliveries, i);

    if (newer->action != RP_ACTION_REMOVE_COPY &&
        g_strcmp0 (newer->article_id, old->article_id) == 0 &&
        g_strcmp0 (newer->partner_id, old->partner_id) == 0)
      return TRUE;
  }

  return FALSE;
}

static GPtrArray *
choose_list (GPtrArray *deliveries,
             guint index,
             GPtrArray *needs,
             GPtrArray *going,
             GPtrArray *done)
{
  const RpDelivery *delivery = g_ptr_array_index (deliveries, index);

  if (delivery->state == RP_DELIVERY_PARKED)
    return needs;
  if (delivery->state == RP_DELIVERY_FAILED)
    return is_superseded (deliveries, index) ? done : needs;

  return rp_delivery_state_is_settled (delivery->state) ? done : going;
}

static gboolean
shows_same (GtkListBox *box, GPtrArray *list)
{
  for (guint i = 0; i < list->len; i++) {
    GtkListBoxRow *row = gtk_list_box_get_row_at_index (box, (int) i);
    const RpDelivery *delivery = g_ptr_array_index (list, i);

    if (row == NULL ||
        g_strcmp0 (rp_delivery_row_get_delivery (RP_DELIVERY_ROW (row))->id, delivery->id) != 0)
      return FALSE;
  }

  return gtk_list_box_get_row_at_index (box, (int) list->len) == NULL;
}

static void
show_list (GtkListBox *box, GtkWidget *group, GPtrArray *list)
{
  gboolean same = shows_same (box, list);
  GtkWidget *child;

  while (!same && (child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_list_box_remove (box, child);
  for (guint i = 0; i < list->len; i++) {
    RpDelivery *delivery = g_ptr_array_index (list, i);

    if (same)
      rp_delivery_row_show (RP_DELIVERY_ROW (gtk_list_box_get_row_at_index (box, (int) i)),
                            delivery);
    else
      gtk_list_box_append (box, rp_delivery_row_new (delivery));
  }
  gtk_widget_set_visible (group, list->len > 0);
}

static void
show_uploads (RpOutboxPage *self, GtkListBox *box)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (box, i)) != NULL; i++) {
    RpDelivery *delivery = rp_delivery_row_get_delivery (RP_DELIVERY_ROW (row));

    rp_delivery_row_show_upload (RP_DELIVERY_ROW (row),
                                 rp_workspace_get_upload (self->workspace, delivery->id));
  }
}

static void
uploading_cb (RpOutboxPage *self)
{
  show_uploads (self, self->going);
}

static void
show_all (RpOutboxPage *self, GPtrArray *deliveries)
{
  g_autoptr (GPtrArray) needs = g_ptr_array_new ();
  g_autoptr (GPtrArray) going = g_ptr_array_new ();
  g_autoptr (GPtrArray) done = g_ptr_array_new ();

  for (guint i = 0; i < deliveries->len; i++) {
    GPtrArray *list = choose_list (deliveries, i, needs, going, done);

    if (list != done || done->len < DONE_SHOWN)
      g_ptr_array_add (list, g_ptr_array_index (deliveries, i));
  }
  show_list (self->needs, self->needs_group, needs);
  show_list (self->going, self->going_group, going);
  uploading_cb (self);
  show_list (self->done, self->done_group, done);
  gtk_stack_set_visible_child_name (self->stack, deliveries->len > 0 ? "list" : "empty");
}

/* ---- following the outbox ---- */

static void
refresh (RpOutboxPage *self)
{
  if (self->busy) {
    self->again = TRUE;
    return;
  }
  self->busy = TRUE;
  rp_dispatch_list_async (self->workspace, NULL, FALSE, self->cancellable, listed_cb,
                          g_object_ref (self));
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpOutboxPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) deliveries = rp_dispatch_list_finish (self->workspace, result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->busy = FALSE;
  if (deliveries != NULL)
    show_all (self, deliveries);
  else
    rp_toast_show_error (GTK_WIDGET (self), error);
  if (self->again) {
    self->again = FALSE;
    refresh (self);
  }
}

static gboolean
clock_cb (gpointer user_data)
{
  RpOutboxPage *self = user_data;

  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self);

  return G_SOURCE_CONTINUE;
}

/* ---- commands ---- */

static void
retried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpOutboxPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!rp_dispatch_retry_finish (RP_WORKSPACE (source), result, &error))
    rp_toast_show_error (GTK_WIDGET (self), error);
}

static void
retry (GtkWidget *widget, const char *action, GVariant *target)
{
  RpOutboxPage *self = RP_OUTBOX_PAGE (widget);

  rp_dispatch_retry_async (self->workspace, g_variant_get_string (target, NULL), NULL, retried_cb,
                           g_object_ref (self));
}

static void
cancelled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpOutboxPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!rp_dispatch_cancel_finish (RP_WORKSPACE (source), result, &error))
    rp_toast_show_error (GTK_WIDGET (self), error);
}

static void
cancel (GtkWidget *widget, const char *action, GVariant *target)
{
  RpOutboxPage *self = RP_OUTBOX_PAGE (widget);

  rp_dispatch_cancel_async (self->workspace, g_variant_get_string (target, NULL), NULL,
                            cancelled_cb, g_object_ref (self));
}

static void
stop (GtkWidget *widget, const char *action, GVariant *target)
{
  rp_dispatch_stop (RP_OUTBOX_PAGE (widget)->workspace, g_variant_get_string (target, NULL));
}

static void
transcript_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpOutboxPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = rp_history_transcript_finish (RP_WORKSPACE (source), result, &error);

  if (text == NULL)
    rp_toast_show_error (GTK_WIDGET (self), error);
  else
    rp_text_window_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                            _ ("What Was Sent"), text, NULL);
}

static void
transcript (GtkWidget *widget, const char *action, GVariant *target)
{
  RpOutboxPage *self = RP_OUTBOX_PAGE (widget);

  rp_history_transcript_async (self->workspace, g_variant_get_string (target, NULL),
                               self->cancellable, transcript_cb, g_object_ref (self));
}

static void
edit_partner (GtkWidget *widget, const char *action, GVariant *target)
{
  RpOutboxPage *self = RP_OUTBOX_PAGE (widget);
  RpPartner *partner =
    rp_workspace_find_partner (self->workspace, g_variant_get_string (target, NULL));

  if (partner != NULL)
    rp_partner_dialog_present (GTK_WINDOW (gtk_widget_get_root (widget)), self->workspace, partner);
  else
    rp_toast_show (widget, _ ("This partner has been removed."), NULL);
}

/* ---- the object ---- */

static void
rp_outbox_page_dispose (GObject *object)
{
  RpOutboxPage *self = RP_OUTBOX_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->clock, g_source_remove);
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RP_TYPE_OUTBOX_PAGE);
  G_OBJECT_CLASS (rp_outbox_page_parent_class)->dispose (object);
}

static void
rp_outbox_page_finalize (GObject *object)
{
  RpOutboxPage *self = RP_OUTBOX_PAGE (object);

  g_clear_object (&self->workspace);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (rp_outbox_page_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "outbox.retry", "s", retry);
  gtk_widget_class_install_action (widget_class, "outbox.cancel", "s", cancel);
  gtk_widget_class_install_action (widget_class, "outbox.stop", "s", stop);
  gtk_widget_class_install_action (widget_class, "outbox.transcript", "s", transcript);
  gtk_widget_class_install_action (widget_class, "outbox.edit-partner", "s", edit_partner);
}

static void
rp_outbox_page_class_init (RpOutboxPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_outbox_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = rp_outbox_page_finalize;
  signals[OPEN_ARTICLE] = g_signal_new ("open-article", RP_TYPE_OUTBOX_PAGE, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  install_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/pages/rp-outbox-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RpOutboxPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RpOutboxPage, needs_group);
  gtk_widget_class_bind_template_child (widget_class, RpOutboxPage, needs);
  gtk_widget_class_bind_template_child (widget_class, RpOutboxPage, going_group);
  gtk_widget_class_bind_template_child (widget_class, RpOutboxPage, going);
  gtk_widget_class_bind_template_child (widget_class, RpOutboxPage, done_group);
  gtk_widget_class_bind_template_child (widget_class, RpOutboxPage, done);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
rp_outbox_page_init (RpOutboxPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rp_outbox_page_new (RpWorkspace *workspace)
{
  RpOutboxPage *self = g_object_new (RP_TYPE_OUTBOX_PAGE, NULL);

  self->workspace = g_object_ref (workspace);
  g_signal_connect_object (workspace, "uploading", G_CALLBACK (uploading_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "outbox-changed", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  self->clock = g_timeout_add_seconds (CLOCK_SECONDS, clock_cb, self);
  rp_may_limit (GTK_WIDGET (self), workspace);
  refresh (self);

  return GTK_WIDGET (self);
}
