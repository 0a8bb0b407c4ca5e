#include "rp-bulk-bar.h"

#include <glib/gi18n-lib.h>

#include "rp-ask.h"
#include "rp-toast.h"

#define PATIENCE 500   /* milliseconds before the bar appears */
#define UNDOABLE 5     /* toasts that may still be on the screen */
#define TOLD_REASONS 8 /* more would not be read */

struct _RpBulkBar {
  AdwBin parent_instance;

  GtkLabel *words;
  GtkProgressBar *bar;

  GPtrArray *running;        /* owned, of RpBulk */
  GPtrArray *done;           /* owned, of RpBulk: they can be undone */
  GCancellable *cancellable; /* owned */
  guint timer;
};

G_DEFINE_FINAL_TYPE (RpBulkBar, rp_bulk_bar, ADW_TYPE_BIN)

enum {
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void undo_cb (GObject *owner, const char *argument);

/* ---- progress ---- */

static void
progress_cb (RpBulkBar *self, guint done, guint total)
{
  g_autofree char *words = g_strdup_printf (_ ("%'u of %'u articles"), done, total);

  gtk_label_set_label (self->words, words);
  gtk_progress_bar_set_fraction (self->bar, total > 0 ? (double) done / total : 0);
}

static gboolean
timer_cb (gpointer user_data)
{
  RpBulkBar *self = user_data;

  self->timer = 0;
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);

  return G_SOURCE_REMOVE;
}

static void
cancel_cb (RpBulkBar *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
}

static void
note_begun (RpBulkBar *self, RpBulk *bulk)
{
  g_ptr_array_add (self->running, g_object_ref (bulk));
  g_signal_connect_object (bulk, "progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  progress_cb (self, 0, rp_bulk_get_total (bulk));
  if (self->timer == 0)
    self->timer = g_timeout_add (PATIENCE, timer_cb, self);
}

static void
note_ended (RpBulkBar *self, RpBulk *bulk)
{
  g_signal_handlers_disconnect_by_data (bulk, self);
  g_ptr_array_remove (self->running, bulk);
  if (self->running->len > 0)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* ---- what came of it ---- */

static char *
dup_words (RpBulk *bulk)
{
  guint n = rp_bulk_get_n_done (bulk);
  const char *format;

  switch (rp_bulk_get_deed (bulk)) {
  case RP_BULK_ARCHIVE:
    format = ngettext ("%'u article moved to the archive", "%'u articles moved to the archive", n);
    break;
  case RP_BULK_TRASH:
    format = ngettext ("%'u article moved to the trash", "%'u articles moved to the trash", n);
    break;
  case RP_BULK_RESTORE:
    format = ngettext ("%'u article is back on the desk", "%'u articles are back on the desk", n);
    break;
  case RP_BULK_READ:
    format = ngettext ("%'u article marked as read", "%'u articles marked as read", n);
    break;
  case RP_BULK_UNREAD:
    format = ngettext ("%'u article marked as unread", "%'u articles marked as unread", n);
    break;
  case RP_BULK_CONFIRM:
    format = ngettext ("Licence of %'u article confirmed", "Licences of %'u articles confirmed", n);
    break;
  case RP_BULK_LICENCE:
    format = ngettext ("Licence chosen for %'u article", "Licence chosen for %'u articles", n);
    break;
  case RP_BULK_PUBLISH:
    format =
      rp_bulk_is_held (bulk)
        ? ngettext ("%'u article leaves in a moment", "%'u articles leave in a moment", n)
        : ngettext ("%'u article handed to the outbox", "%'u articles handed to the outbox", n);
    break;
  case RP_BULK_EXPORT:
  default:
    format = ngettext ("%'u article exported", "%'u articles exported", n);
    break;
  }
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (format, n);
#pragma GCC diagnostic pop
}

static char *
dup_reasons (GPtrArray *problems)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < problems->len && i < TOLD_REASONS; i++) {
    const RpBulkProblem *problem = problems->pdata[i];
    g_autofree char *line =
      problem->count == 1
        ? g_strdup_printf (_ ("“%s”: %s"), problem->headline, problem->reason)
        : g_strdup_printf (ngettext ("%'u article: %s", "%'u articles: %s", problem->count),
                           problem->count, problem->reason);

    g_string_append_printf (lines, "%s%s", i > 0 ? "\n\n" : "", line);
  }
  if (problems->len > TOLD_REASONS)
    g_string_append_printf (lines, "\n\n%s", _ ("There are more reasons."));

  return g_string_free (g_steal_pointer (&lines), FALSE);
}

static void
tell_problems (RpBulkBar *self, RpBulk *bulk)
{
  GPtrArray *problems = rp_bulk_get_problems (bulk);
  g_autofree char *reasons = dup_reasons (problems);
  g_autofree char *heading = NULL;

  if (problems->len == 0)
    return;
  heading = rp_bulk_get_n_done (bulk) == 0
              ? g_strdup (_ ("Nothing could be done."))
              : g_strdup_printf (_ ("Not everything could be done; %'u of %'u articles were."),
                                 rp_bulk_get_n_done (bulk), rp_bulk_get_total (bulk));
  rp_tell (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), heading, reasons);
}

static void
tell_done (RpBulkBar *self, RpBulk *bulk)
{
  g_autofree char *words = dup_words (bulk);
  const RpToastButton undo = {_ ("Undo"), undo_cb, G_OBJECT (bulk), NULL};

  if (rp_bulk_get_n_done (bulk) == 0)
    return;
  if (rp_bulk_can_undo (bulk)) {
    g_object_set_data (G_OBJECT (bulk), "rp-bar", self); /* which keeps it, and not longer */
    g_ptr_array_add (self->done, g_object_ref (bulk));
    if (self->done->len > UNDOABLE)
      g_ptr_array_remove_index (self->done, 0);
  }
  rp_toast_show (GTK_WIDGET (self), words, rp_bulk_can_undo (bulk) ? &undo : NULL);
}

static void
ran_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpBulkBar) self = user_data;
  RpBulk *bulk = RP_BULK (source);
  g_autoptr (GError) error = NULL;
  gboolean done = rp_bulk_run_finish (bulk, result, &error);

  note_ended (self, bulk);
  if (self->words == NULL)
    return;
  tell_done (self, bulk);
  tell_problems (self, bulk);
  if (!done)
    rp_toast_show_error (GTK_WIDGET (self), error);
  g_signal_emit (self, signals[DONE], 0, (int) rp_bulk_get_deed (bulk));
}

void
rp_bulk_bar_run (RpBulkBar *self, RpBulk *bulk)
{
  g_return_if_fail (RP_IS_BULK_BAR (self));

  note_begun (self, bulk);
  rp_bulk_run_async (bulk, self->cancellable, ran_cb, g_object_ref (self));
  g_object_unref (bulk);
}

/* ---- the way back ---- */

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpBulkBar) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = rp_bulk_undo_finish (RP_BULK (source), result, &error);

  note_ended (self, RP_BULK (source));
  if (self->words == NULL)
    return;
  if (!done)
    rp_toast_show_error (GTK_WIDGET (self), error);
  else
    rp_toast_show (GTK_WIDGET (self),
                   rp_bulk_was_late (RP_BULK (source))
                     ? _ ("What had not left was cancelled; the rest is being taken down")
                     : _ ("Everything is as it was before"),
                   NULL);
}

static void
undo_cb (GObject *owner, const char *argument)
{
  RpBulkBar *self = g_object_get_data (owner, "rp-bar");

  note_begun (self, RP_BULK (owner));
  rp_bulk_undo_async (RP_BULK (owner), self->cancellable, undone_cb, g_object_ref (self));
  g_ptr_array_remove (self->done, owner);
}

/* ---- the widget ---- */

static void
rp_bulk_bar_dispose (GObject *object)
{
  RpBulkBar *self = RP_BULK_BAR (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), RP_TYPE_BULK_BAR);
  self->words = NULL;
  G_OBJECT_CLASS (rp_bulk_bar_parent_class)->dispose (object);
}

static void
rp_bulk_bar_finalize (GObject *object)
{
  RpBulkBar *self = RP_BULK_BAR (object);

  g_ptr_array_unref (self->running);
  g_ptr_array_unref (self->done);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (rp_bulk_bar_parent_class)->finalize (object);
}

static void
rp_bulk_bar_class_init (RpBulkBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_bulk_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = rp_bulk_bar_finalize;
  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/reprint/Reprint/rp-bulk-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, RpBulkBar, words);
  gtk_widget_class_bind_template_child (widget_class, RpBulkBar, bar);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
}

static void
rp_bulk_bar_init (RpBulkBar *self)
{
  self->running = g_ptr_array_new_with_free_func (g_object_unref);
  self->done = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
