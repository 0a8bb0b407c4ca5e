#include "rp-history-page.h"

#include <glib/gi18n-lib.h>

#include "rp-history-row.h"
#include "rp-history.h"
#include "rp-text-window.h"
#include "rp-toast.h"

struct _RpHistoryPage {
  AdwBin parent_instance;

  GtkBox *rows;

  RpWorkspace *workspace;    /* not owned: outlives the window */
  char *article_id;          /* owned, NULL = none */
  GCancellable *cancellable; /* owned */
};

G_DEFINE_FINAL_TYPE (RpHistoryPage, rp_history_page, ADW_TYPE_BIN)

static void
fill (RpHistoryPage *self, GPtrArray *items)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->rows))) != NULL)
    gtk_box_remove (self->rows, row);
  for (guint i = 0; i < items->len; i++)
    gtk_box_append (self->rows,
                    rp_history_row_new (g_ptr_array_index (items, i), i + 1 == items->len));
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpHistoryPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = rp_history_list_finish (RP_WORKSPACE (source), result, &error);

  if (items != NULL && self->rows != NULL)
    fill (self, items);
  else if (error != NULL)
    rp_toast_show_error (GTK_WIDGET (self), error);
}

static void
reload (RpHistoryPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (self->article_id != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    rp_history_list_async (self->workspace, self->article_id, self->cancellable, listed_cb,
                           g_object_ref (self));
}

static void
changed_cb (RpWorkspace *workspace, const char *id, gpointer user_data)
{
  if (g_strcmp0 (id, RP_HISTORY_PAGE (user_data)->article_id) == 0)
    reload (user_data);
}

static void
transcript_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpHistoryPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = rp_history_transcript_finish (RP_WORKSPACE (source), result, &error);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (text != NULL && GTK_IS_WINDOW (root))
    rp_text_window_present (GTK_WINDOW (root), _ ("What Was Sent"), text, NULL);
  else if (error != NULL)
    rp_toast_show_error (GTK_WIDGET (self), error);
}

static void
sent_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RpHistoryPage *self = RP_HISTORY_PAGE (widget);

  rp_history_transcript_async (self->workspace, g_variant_get_string (parameter, NULL),
                               self->cancellable, transcript_cb, g_object_ref (self));
}

static void
rp_history_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rp_history_page_parent_class)->map (widget);
  reload (RP_HISTORY_PAGE (widget));
}

static void
rp_history_page_dispose (GObject *object)
{
  RpHistoryPage *self = RP_HISTORY_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), RP_TYPE_HISTORY_PAGE);
  self->rows = NULL;
  G_OBJECT_CLASS (rp_history_page_parent_class)->dispose (object);
}

static void
rp_history_page_finalize (GObject *object)
{
  RpHistoryPage *self = RP_HISTORY_PAGE (object);

  g_object_unref (self->cancellable);
  g_free (self->article_id);
  G_OBJECT_CLASS (rp_history_page_parent_class)->finalize (object);
}

static void
rp_history_page_class_init (RpHistoryPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_history_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = rp_history_page_finalize;
  widget_class->map = rp_history_page_map;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/pages/rp-history-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RpHistoryPage, rows);
  gtk_widget_class_install_action (widget_class, "history.sent", "s", sent_cb);
}

static void
rp_history_page_init (RpHistoryPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rp_history_page_set_workspace (RpHistoryPage *self, RpWorkspace *workspace)
{
  g_return_if_fail (RP_IS_HISTORY_PAGE (self) && self->workspace == NULL);

  self->workspace = workspace;
  g_signal_connect_object (workspace, "article-changed", G_CALLBACK (changed_cb), self, 0);
}

void
rp_history_page_set_article_id (RpHistoryPage *self, const char *article_id)
{
  g_return_if_fail (RP_IS_HISTORY_PAGE (self));

  if (g_strcmp0 (article_id, self->article_id) != 0) {
    g_free (self->article_id);
    self->article_id = g_strdup (article_id);
  }
  reload (self);
}
