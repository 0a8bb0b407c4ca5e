#include "rp-fanout-bar.h"

#include <glib/gi18n-lib.h>

#include "rp-everywhere.h"
#include "rp-fanout.h"
#include "rp-may.h"
#include "rp-toast.h"

struct _RpFanoutBar {
  AdwBin parent_instance;

  GtkRevealer *revealer;
  GtkLabel *words;
  GtkButton *act;

  RpWorkspace *workspace;    /* owned */
  char *article_id;          /* owned, NULL = none */
  GPtrArray *found;          /* owned, of RpFanOut; NULL = not known */
  GCancellable *cancellable; /* owned */
  char *asked_id;            /* owned: what the open question is about; NULL = none */
  gboolean busy;             /* what is to be done is being queued */
};

G_DEFINE_FINAL_TYPE (RpFanoutBar, rp_fanout_bar, ADW_TYPE_BIN)

static void
show_proposal (RpFanoutBar *self)
{
  const RpFanOut *fanout =
    self->found != NULL && self->found->len > 0 ? self->found->pdata[0] : NULL;
  g_autofree char *label = NULL;
  guint n;

  gtk_revealer_set_reveal_child (self->revealer, fanout != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->act),
                          fanout != NULL && rp_may_do (self->workspace, "win.withdraw"));
  if (fanout == NULL)
    return;
  n = fanout->partners->len;
  label =
    g_strdup_printf (fanout->action == RP_FANOUT_UPDATE
                       ? ngettext ("Update It at %u Partner", "Update It at %u Partners", n)
                       : ngettext ("Take It Down at %u Partner", "Take It Down at %u Partners", n),
                     n);
  gtk_label_set_text (self->words, fanout->reason);
  gtk_button_set_label (self->act, label);
  gtk_widget_set_sensitive (GTK_WIDGET (self->act), !self->busy);
  if (fanout->action == RP_FANOUT_WITHDRAW)
    gtk_widget_add_css_class (GTK_WIDGET (self->act), "destructive-action");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->act), "destructive-action");
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpFanoutBar) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *found = rp_fanout_list_finish (RP_WORKSPACE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (found == NULL) {
    g_message ("What is to be done at partners is not known: %s", error->message);
    return;
  }
  g_clear_pointer (&self->found, g_ptr_array_unref);
  self->found = found;
  show_proposal (self);
}

static void
load (RpFanoutBar *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  rp_fanout_list_async (self->workspace, self->article_id, self->cancellable, listed_cb,
                        g_object_ref (self));
}

static void
changed_cb (RpFanoutBar *self, const char *id)
{
  if (g_strcmp0 (id, self->article_id) == 0 && self->article_id != NULL)
    load (self);
}

/* An agreement may end, or be told of, while its articles are on the screen. */
static void
book_changed_cb (RpFanoutBar *self)
{
  if (self->article_id != NULL && self->workspace != NULL)
    load (self);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpFanoutBar) self = user_data;
  g_autoptr (GError) error = NULL;

  self->busy = FALSE;
  if (!rp_fanout_do_finish (RP_WORKSPACE (source), result, NULL, &error))
    rp_toast_show_error (GTK_WIDGET (self), error);
  if (self->article_id != NULL && self->workspace != NULL)
    load (self);
}

static void
do_proposal (RpFanoutBar *self)
{
  self->busy = TRUE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->act), FALSE);
  rp_fanout_do_async (self->workspace, self->found->pdata[0], NULL, done_cb, g_object_ref (self));
}

/* While the question was open another article may have come, or another proposal. */
static void
agreed_cb (gpointer owner)
{
  RpFanoutBar *self = RP_FANOUT_BAR (owner);
  const RpFanOut *fanout =
    self->found != NULL && self->found->len > 0 ? self->found->pdata[0] : NULL;

  if (fanout != NULL && !self->busy && fanout->action == RP_FANOUT_WITHDRAW &&
      g_strcmp0 (fanout->article_id, self->asked_id) == 0)
    do_proposal (self);
}

static void
ask_first (RpFanoutBar *self, const RpFanOut *fanout)
{
  g_free (self->asked_id);
  self->asked_id = g_strdup (fanout->article_id);
  rp_everywhere_ask (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->workspace, fanout,
                     agreed_cb, G_OBJECT (self));
}

static void
act_cb (RpFanoutBar *self)
{
  const RpFanOut *fanout = self->found->pdata[0];

  if (fanout->action == RP_FANOUT_WITHDRAW)
    ask_first (self, fanout);
  else
    do_proposal (self);
}

static void
rp_fanout_bar_dispose (GObject *object)
{
  RpFanoutBar *self = RP_FANOUT_BAR (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_clear_pointer (&self->article_id, g_free);
  g_clear_pointer (&self->asked_id, g_free);
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RP_TYPE_FANOUT_BAR);
  G_OBJECT_CLASS (rp_fanout_bar_parent_class)->dispose (object);
}

static void
rp_fanout_bar_class_init (RpFanoutBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_fanout_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/pages/rp-fanout-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, RpFanoutBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, RpFanoutBar, words);
  gtk_widget_class_bind_template_child (widget_class, RpFanoutBar, act);
  gtk_widget_class_bind_template_callback (widget_class, act_cb);
}

static void
rp_fanout_bar_init (RpFanoutBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rp_fanout_bar_show (RpFanoutBar *self, RpWorkspace *workspace, const char *article_id)
{
  if (self->workspace == NULL) {
    self->workspace = g_object_ref (workspace);
    g_signal_connect_object (workspace, "article-changed", G_CALLBACK (changed_cb), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (rp_workspace_get_book (workspace), "items-changed",
                             G_CALLBACK (book_changed_cb), self, G_CONNECT_SWAPPED);
  }
  if (g_strcmp0 (article_id, self->article_id) != 0) {
    g_clear_pointer (&self->found, g_ptr_array_unref);
    show_proposal (self);
  }
  g_free (self->article_id);
  self->article_id = g_strdup (article_id);
  if (article_id != NULL)
    load (self);
}
