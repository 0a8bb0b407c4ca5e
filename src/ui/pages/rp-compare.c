#include "rp-compare.h"

#include <glib/gi18n-lib.h>

#include "rp-compare-page.h"
#include "rp-text.h"
#include "rp-web.h"

struct _RpCompare {
  AdwBin parent_instance;

  GtkToggleButton *inline_toggle;
  GtkImage *sign;
  GtkLabel *verdict;
  GtkLabel *place;
  GtkWidget *previous;
  GtkWidget *next;
  GtkStack *views;
  AdwBin *slot;
  AdwStatusPage *problem;

  RpWorkspace *workspace;    /* not owned: outlives the window */
  RpArticle *article;        /* owned, NULL = none */
  GtkWidget *view;           /* owned by the slot, NULL until it is looked at */
  GCancellable *cancellable; /* owned */
  RpComparison *comparison;  /* owned, NULL = not known */
  char *objection;           /* owned */
  guint at;                  /* the change that is shown, from 1; 0 = none yet */
};

G_DEFINE_FINAL_TYPE (RpCompare, rp_compare, ADW_TYPE_BIN)

/* ---- going from change to change ---- */

static void
show_place (RpCompare *self)
{
  guint n = self->comparison != NULL ? self->comparison->n_changed : 0;
  g_autofree char *words =
    /* Translators: the change that is looked at, of how many */
    g_strdup_printf (_ ("%u of %u"), self->at, n);

  gtk_label_set_text (self->place, words);
  gtk_widget_set_visible (GTK_WIDGET (self->place), self->at > 0);
  gtk_widget_set_sensitive (self->previous, self->at > 1);
  gtk_widget_set_sensitive (self->next, self->at < n);
}

static void
go (RpCompare *self, guint to)
{
  g_autofree char *script = g_strdup_printf (
    "for (const e of document.querySelectorAll('.here')) e.classList.remove('here');"
    "const e = document.getElementById('change-%u'); e.classList.add('here');"
    "e.scrollIntoView({block: 'center'});",
    to);

  self->at = to;
  show_place (self);
  rp_web_view_run (self->view, script);
}

static void
previous_cb (RpCompare *self)
{
  go (self, self->at - 1);
}

static void
next_cb (RpCompare *self)
{
  go (self, self->at + 1);
}

/* ---- what it comes to ---- */

static void
show_verdict (RpCompare *self)
{
  guint percent = rp_comparison_get_percent (self->comparison);
  gboolean bad = percent > 0 && self->objection != NULL;
  g_autofree char *share = g_strdup_printf (_ ("%u %% changed."), percent);
  const char *words = percent == 0 ? _ ("Nothing was changed.")
                      : bad        ? self->objection
                                   : _ ("The licence allows it.");
  g_autofree char *escaped = rp_text_escape (words);
  g_autofree char *markup =
    percent == 0 ? g_strdup (escaped) : g_strdup_printf ("<b>%s</b> %s", share, escaped);

  gtk_label_set_markup (self->verdict, markup);
  gtk_image_set_from_icon_name (self->sign,
                                bad ? "action-unavailable-symbolic" : "object-select-symbolic");
  gtk_widget_remove_css_class (GTK_WIDGET (self->sign), bad ? "success" : "error");
  gtk_widget_add_css_class (GTK_WIDGET (self->sign), bad ? "error" : "success");
}

static void
show_page (RpCompare *self)
{
  g_autofree char *page = NULL;
  RpCompareHeads heads;

  if (self->comparison == NULL || self->article == NULL)
    return;
  heads.before = _ ("Source, as it arrived");
  heads.after = _ ("Your text");
  heads.language = rp_article_get (self->article, RP_ARTICLE_LANGUAGE);
  if (self->view == NULL) {
    self->view = rp_web_view_new (self->workspace, NULL);
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _ ("The source and your text, compared"), -1);
    adw_bin_set_child (self->slot, self->view);
  }
  page = rp_compare_page_build (self->comparison, &heads,
                                gtk_toggle_button_get_active (self->inline_toggle));
  rp_web_view_show (self->view, page);
  gtk_stack_set_visible_child_name (self->views, "page");
  self->at = 0;
  show_place (self);
  show_verdict (self);
}

/* ---- comparing, on a thread ---- */

typedef struct {
  RpArticle *before; /* owned */
  RpArticle *after;  /* owned */
} Pair;

static void
pair_free (gpointer data)
{
  Pair *pair = data;

  g_object_unref (pair->before);
  g_object_unref (pair->after);
  g_free (pair);
}

static void
compare_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Pair *pair = data;

  g_task_return_pointer (task, rp_comparison_new (pair->before, pair->after),
                         (GDestroyNotify) rp_comparison_free);
}

static void
compared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RpCompare *self = RP_COMPARE (source);
  RpComparison *comparison = g_task_propagate_pointer (G_TASK (result), NULL);

  if (comparison == NULL)
    return;
  g_clear_pointer (&self->comparison, rp_comparison_free);
  self->comparison = comparison;
  show_page (self);
}

static void
original_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpCompare) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RpArticle) original =
    rp_workspace_get_original_finish (RP_WORKSPACE (source), result, &error);
  g_autoptr (GTask) task = NULL;
  Pair *pair;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->article == NULL)
    return;
  if (original == NULL) {
    adw_status_page_set_description (self->problem, error->message);
    gtk_stack_set_visible_child_name (self->views, "problem");
    return;
  }
  pair = g_new0 (Pair, 1);
  pair->before = g_steal_pointer (&original);
  pair->after = rp_article_copy (self->article);
  task = g_task_new (self, self->cancellable, compared_cb, NULL);
  g_task_set_source_tag (task, original_read_cb);
  g_task_set_task_data (task, pair, pair_free);
  g_task_run_in_thread (task, compare_thread);
}

static void
refresh (RpCompare *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (self->article == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  rp_workspace_get_original_async (self->workspace, rp_article_get (self->article, RP_ARTICLE_ID),
                                   self->cancellable, original_read_cb, g_object_ref (self));
}

/* ---- the widget ---- */

static void
rp_compare_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rp_compare_parent_class)->map (widget);
  refresh (RP_COMPARE (widget));
}

static void
rp_compare_dispose (GObject *object)
{
  RpCompare *self = RP_COMPARE (object);

  g_cancellable_cancel (self->cancellable);
  self->view = NULL;
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), RP_TYPE_COMPARE);
  g_clear_object (&self->article);
  G_OBJECT_CLASS (rp_compare_parent_class)->dispose (object);
}

static void
rp_compare_finalize (GObject *object)
{
  RpCompare *self = RP_COMPARE (object);

  g_object_unref (self->cancellable);
  g_clear_pointer (&self->comparison, rp_comparison_free);
  g_free (self->objection);
  G_OBJECT_CLASS (rp_compare_parent_class)->finalize (object);
}

static void
rp_compare_class_init (RpCompareClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_compare_dispose;
  G_OBJECT_CLASS (klass)->finalize = rp_compare_finalize;
  widget_class->map = rp_compare_map;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/pages/rp-compare.ui");
  gtk_widget_class_bind_template_child (widget_class, RpCompare, inline_toggle);
  gtk_widget_class_bind_template_child (widget_class, RpCompare, sign);
  gtk_widget_class_bind_template_child (widget_class, RpCompare, verdict);
  gtk_widget_class_bind_template_child (widget_class, RpCompare, place);
  gtk_widget_class_bind_template_child (widget_class, RpCompare, previous);
  gtk_widget_class_bind_template_child (widget_class, RpCompare, next);
  gtk_widget_class_bind_template_child (widget_class, RpCompare, views);
  gtk_widget_class_bind_template_child (widget_class, RpCompare, slot);
  gtk_widget_class_bind_template_child (widget_class, RpCompare, problem);
  gtk_widget_class_bind_template_callback (widget_class, show_page);
  gtk_widget_class_bind_template_callback (widget_class, previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
}

static void
rp_compare_init (RpCompare *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  show_place (self);
}

void
rp_compare_set_workspace (RpCompare *self, RpWorkspace *workspace)
{
  g_return_if_fail (RP_IS_COMPARE (self));

  self->workspace = workspace;
}

void
rp_compare_set_article (RpCompare *self, RpArticle *article)
{
  g_return_if_fail (RP_IS_COMPARE (self));

  g_set_object (&self->article, article);
  refresh (self);
}

void
rp_compare_set_objection (RpCompare *self, const char *words)
{
  g_return_if_fail (RP_IS_COMPARE (self));

  if (g_strcmp0 (words, self->objection) == 0)
    return;
  g_free (self->objection);
  self->objection = g_strdup (words);
  if (self->comparison != NULL)
    show_verdict (self);
}
