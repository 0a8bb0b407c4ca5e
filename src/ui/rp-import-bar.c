#include "rp-import-bar.h"

#include <glib/gi18n-lib.h>

#include "rp-ask.h"
#include "rp-text.h"
#include "rp-thrift.h"
#include "rp-toast.h"

#define PATIENCE 500 /* milliseconds before the bar appears */

struct _RpImportBar {
  AdwBin parent_instance;

  GtkLabel *words;
  GtkProgressBar *bar;

  GPtrArray *runs;           /* owned, of RpIntake: those on their way */
  GCancellable *cancellable; /* owned */
  guint timer;
};

G_DEFINE_FINAL_TYPE (RpImportBar, rp_import_bar, ADW_TYPE_BIN)

enum {
  IMPORTED,
  BROUGHT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- progress ---- */

static void
progress_cb (RpImportBar *self)
{
  guint done = 0, total = 0;
  g_autofree char *words = NULL;

  for (guint i = 0; i < self->runs->len; i++) {
    guint one_done, one_total;

    g_object_get (g_ptr_array_index (self->runs, i), "done", &one_done, "total", &one_total, NULL);
    done += one_done;
    total += one_total;
  }
  words = total > 1 ? g_strdup_printf (_ ("Importing %'u of %'u"), MIN (done + 1, total), total)
                    : g_strdup (_ ("Importing"));
  gtk_label_set_label (self->words, words);
  if (total > 1)
    gtk_progress_bar_set_fraction (self->bar, (double) done / total);
  else
    gtk_progress_bar_pulse (self->bar);
}

static gboolean
timer_cb (gpointer user_data)
{
  RpImportBar *self = user_data;

  progress_cb (self);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);

  return G_SOURCE_CONTINUE;
}

static void
cancel_cb (RpImportBar *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
}

/* ---- results ---- */

static void
tell_failures (RpImportBar *self, GPtrArray *results)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  guint failed = 0;

  for (guint i = 0; i < results->len; i++) {
    const RpIntakeResult *row = g_ptr_array_index (results, i);

    if (!g_str_equal (row->status, "failed"))
      continue;
    failed++;
    g_string_append_printf (lines, "%s%s: %s", lines->len > 0 ? "\n" : "", row->name,
                            row->message != NULL ? row->message : _ ("It could not be read."));
  }
  if (failed == 0)
    return;
  rp_tell (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
           failed == 1 ? _ ("One item could not be imported.")
                       : _ ("Some items could not be imported."),
           lines->str);
}

static void
open_cb (GObject *owner, const char *id)
{
  g_signal_emit (owner, signals[IMPORTED], 0, id);
}

static char *
dup_words (GPtrArray *results, guint *out_count, const char **out_id)
{
  guint fresh = 0, known = 0;

  for (guint i = 0; i < results->len; i++) {
    const RpIntakeResult *row = g_ptr_array_index (results, i);

    if (row->article_id == NULL)
      continue;
    *out_id = row->article_id;
    known += g_str_equal (row->status, "duplicate");
    fresh += !g_str_equal (row->status, "duplicate");
  }
  *out_count = fresh + known;
  if (fresh > 0)
    return g_strdup_printf (ngettext ("Imported %'u article", "Imported %'u articles", fresh),
                            fresh);

  return known > 0 ? g_strdup (ngettext ("This article was here already",
                                         "These articles were here already", known))
                   : NULL;
}

static void
subscribe_cb (GObject *owner, const char *url)
{
  gtk_widget_activate_action (GTK_WIDGET (owner), "win.subscribe", "s", url);
}

/* The address, when everything came from one feed on the web: it may be wanted again. Lends. */
static const char *
find_feed (GPtrArray *results)
{
  const RpIntakeResult *first = results->len > 0 ? g_ptr_array_index (results, 0) : NULL;

  for (guint i = 0; i < results->len; i++) {
    const RpIntakeResult *row = g_ptr_array_index (results, i);
    gboolean feed =
      g_strcmp0 (row->format, "feed") == 0 || g_strcmp0 (row->format, "json-feed") == 0;

    if (!feed || !rp_text_is_web_url (row->name) || g_strcmp0 (row->name, first->name) != 0)
      return NULL;
  }

  return first != NULL ? first->name : NULL;
}

static void
show_results (RpImportBar *self, GPtrArray *results)
{
  const char *id = NULL;
  guint count = 0;
  g_autofree char *words = dup_words (results, &count, &id);
  const char *feed = find_feed (results);
  const RpToastButton open = {_ ("Open"), open_cb, G_OBJECT (self), id};
  const RpToastButton subscribe = {_ ("Subscribe"), subscribe_cb, G_OBJECT (self), feed};

  if (words != NULL && feed != NULL)
    rp_toast_show (GTK_WIDGET (self), words, &subscribe);
  else if (words != NULL)
    rp_toast_show (GTK_WIDGET (self), words, count > 1 ? &open : NULL);
  tell_failures (self, results);
  g_signal_emit (self, signals[IMPORTED], 0, count == 1 ? id : NULL);
}

static void
tell_brought (RpImportBar *self, RpIntake *intake, GPtrArray *results)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;

  for (guint i = 0; i < results->len; i++)
    if (((RpIntakeResult *) results->pdata[i])->article_id != NULL)
      g_strv_builder_add (builder, ((RpIntakeResult *) results->pdata[i])->article_id);
  ids = g_strv_builder_end (builder);
  g_signal_emit (self, signals[BROUGHT], 0, intake, ids);
}

static void
run_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpImportBar) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) results = rp_intake_run_finish (RP_INTAKE (source), result, &error);

  g_ptr_array_remove (self->runs, source);
  if (self->runs->len == 0) {
    g_clear_handle_id (&self->timer, g_source_remove);
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
    rp_thrift_soon ();
  }
  if (self->words == NULL)
    return;
  if (results != NULL) {
    show_results (self, results);
    tell_brought (self, RP_INTAKE (source), results);
  } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    rp_tell (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("Nothing could be imported."),
             error->message);
  }
}

/* ---- the widget ---- */

static void
rp_import_bar_dispose (GObject *object)
{
  RpImportBar *self = RP_IMPORT_BAR (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), RP_TYPE_IMPORT_BAR);
  self->words = NULL;
  G_OBJECT_CLASS (rp_import_bar_parent_class)->dispose (object);
}

static void
rp_import_bar_finalize (GObject *object)
{
  RpImportBar *self = RP_IMPORT_BAR (object);

  g_ptr_array_unref (self->runs);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (rp_import_bar_parent_class)->finalize (object);
}

static void
rp_import_bar_class_init (RpImportBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_import_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = rp_import_bar_finalize;
  signals[IMPORTED] = g_signal_new ("imported", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[BROUGHT] = g_signal_new ("brought", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 2, RP_TYPE_INTAKE, G_TYPE_STRV);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/rp-import-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, RpImportBar, words);
  gtk_widget_class_bind_template_child (widget_class, RpImportBar, bar);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
}

static void
rp_import_bar_init (RpImportBar *self)
{
  self->runs = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rp_import_bar_run (RpImportBar *self, RpIntake *intake)
{
  g_return_if_fail (RP_IS_IMPORT_BAR (self));

  g_ptr_array_add (self->runs, g_object_ref (intake));
  if (self->timer == 0)
    self->timer = g_timeout_add (PATIENCE, timer_cb, self);
  rp_intake_run_async (intake, self->cancellable, run_cb, g_object_ref (self));
}
