#include "rp-inspector.h"

#include <glib/gi18n-lib.h>

#include "rp-checks-group.h"
#include "rp-deed.h"
#include "rp-dispatch.h"
#include "rp-edge-scroll.h"
#include "rp-fixes.h"
#include "rp-history.h"
#include "rp-images-group.h"
#include "rp-inspector-actions.h"
#include "rp-licence-group.h"
#include "rp-may.h"
#include "rp-partners-group.h"
#include "rp-source-group.h"
#include "rp-timeline-group.h"
#include "rp-toast.h"

#define JUDGE_DELAY 80 /* milliseconds: several changes are judged once */

struct _RpInspector {
  AdwBin parent_instance;

  GtkStack *stack;
  GtkScrolledWindow *scroller;
  RpLicenceGroup *licence;
  RpChecksGroup *checks;
  RpPartnersGroup *partners;
  GtkWidget *edit_credit;
  GtkWidget *template;
  GtkLabel *credit_text;
  GtkLabel *credit_note;
  RpImagesGroup *images;
  RpSourceGroup *source;
  RpTimelineGroup *timeline;

  RpWorkspace *workspace;    /* owned */
  RpArticle *article;        /* owned, NULL = none */
  GCancellable *cancellable; /* owned */
  GPtrArray *verdicts;       /* owned, of RpVerdictFor; NULL = not known */
  GPtrArray *deliveries;     /* owned, of RpDelivery */
  guint delay;               /* source id, 0 = nothing is due */
  gboolean busy;             /* being judged */
  gboolean again;            /* something changed in the meantime */
};

G_DEFINE_FINAL_TYPE (RpInspector, rp_inspector, ADW_TYPE_BIN)

enum {
  CLEARANCE_CHANGED,
  ARTICLE_REPLACED,
  PICTURE_MOVED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void judged_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void listed_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void shown_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void schedule_judging (RpInspector *self);

/* ---- what the parts tell ---- */

static void
fix_cb (RpInspector *self, gpointer concern)
{
  rp_fixes_run (self, concern);
}

static void
leave_out_cb (RpInspector *self, gpointer concern)
{
  rp_inspector_leave_out (self, ((const RpConcern *) concern)->partners);
}

static void
edited_cb (RpInspector *self, RpArticle *changed)
{
  rp_workspace_save_article_async (self->workspace, changed, self->article, NULL, rp_deed_done_cb,
                                   rp_deed_new (self, rp_workspace_save_article_finish, TRUE));
}

static void
moved_cb (RpInspector *self, const char *url, guint to)
{
  g_signal_emit (self, signals[PICTURE_MOVED], 0, url, to);
}

/* Only what is wrong for somebody who is chosen is worth a row. */
static GPtrArray *
list_wanted (RpInspector *self)
{
  g_auto (GStrv) wanted = rp_partners_group_dup_wanted (self->partners);
  GPtrArray *verdicts = g_ptr_array_new ();

  for (guint i = 0; self->verdicts != NULL && i < self->verdicts->len; i++) {
    RpVerdictFor *verdict = g_ptr_array_index (self->verdicts, i);

    if (verdict->partner == NULL || wanted[0] == NULL ||
        g_strv_contains ((const char *const *) wanted, rp_partner_get_id (verdict->partner)))
      g_ptr_array_add (verdicts, verdict);
  }

  return verdicts;
}

static GPtrArray *
get_turns (RpInspector *self)
{
  if (self->verdicts == NULL || self->verdicts->len == 0)
    return NULL;

  return ((RpVerdictFor *) g_ptr_array_index (self->verdicts, 0))->turns;
}

static void
show_checks (RpInspector *self)
{
  g_autoptr (GPtrArray) verdicts = list_wanted (self);

  rp_checks_group_show (self->checks, self->workspace, verdicts);
  rp_timeline_group_show (self->timeline, get_turns (self));
  g_signal_emit (self, signals[CLEARANCE_CHANGED], 0);
}

static void
chosen_cb (RpInspector *self)
{
  show_checks (self);
}

/* ---- what can be said at once ---- */

static const char *
get_credit_note (RpInspector *self, RpLicence *licence)
{
  gboolean top = g_strcmp0 (rp_licence_get_terms (licence)->credit_position, "top") == 0;

  if (rp_licence_lets_edit_credit (licence) &&
      rp_article_get (self->article, RP_ARTICLE_CREDIT_TEMPLATE) != NULL)
    return top ? _ ("At the top of the article, in your words")
               : _ ("At the end of the article, in your words");

  return top ? _ ("At the top of the article, from the licence")
             : _ ("At the end of the article, from the licence");
}

static void
show_credit (RpInspector *self)
{
  RpLicence *licence = rp_clearance_get_licence (self->workspace, self->article);
  g_autofree char *credit =
    licence != NULL ? rp_licence_build_credit (licence, self->article) : NULL;
  const char *words = credit;

  if (licence == NULL)
    words = _ ("Written as soon as the licence is known.");
  else if (credit == NULL)
    words = _ ("This licence asks for no credit line.");
  gtk_label_set_text (self->credit_text, words);
  if (credit != NULL)
    gtk_label_set_text (self->credit_note, get_credit_note (self, licence));
  gtk_widget_set_visible (self->edit_credit,
                          credit != NULL && rp_licence_lets_edit_credit (licence) &&
                            rp_may_do (self->workspace, "inspector.edit-credit"));
  gtk_widget_set_visible (GTK_WIDGET (self->credit_note), credit != NULL);
  gtk_widget_set_visible (self->template,
                          licence != NULL && !rp_licence_is_builtin (licence) &&
                            rp_may_do (self->workspace, "inspector.edit-agreement"));
}

/* What a person changes there begins from these, so they are never behind. */
static void
show_fields (RpInspector *self)
{
  rp_images_group_show (self->images, self->workspace, self->article);
  rp_source_group_show (self->source, self->article);
}

static void
show_article (RpInspector *self)
{
  rp_licence_group_show (self->licence, self->workspace, self->article);
  show_credit (self);
  show_fields (self);
}

static gboolean
is_licensed (RpInspector *self)
{
  return self->article != NULL && rp_clearance_get_licence (self->workspace, self->article) != NULL;
}

/* ---- judging: verdicts, then deliveries, then receipts ---- */

static gboolean
judge_cb (gpointer user_data)
{
  RpInspector *self = user_data;

  self->delay = 0;
  if (self->article == NULL)
    return G_SOURCE_REMOVE;
  show_article (self);
  self->busy = TRUE;
  rp_clearance_judge_async (self->workspace, self->article, NULL, 0, self->cancellable, judged_cb,
                            g_object_ref (self));

  return G_SOURCE_REMOVE;
}

static void
schedule_judging (RpInspector *self)
{
  if (self->busy)
    self->again = TRUE;
  else if (self->delay == 0 && self->article != NULL)
    self->delay = g_timeout_add (JUDGE_DELAY, judge_cb, self);
}

/* What was asked for another article is of no use any more. */
static gboolean
is_stale (RpInspector *self)
{
  return self->again || self->article == NULL;
}

static void
end_judging (RpInspector *self, GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->busy = FALSE;
  if (error != NULL)
    rp_toast_show_error (GTK_WIDGET (self), error);
  if (self->again) {
    self->again = FALSE;
    schedule_judging (self);
  }
}

static void
judged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpInspector) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) verdicts = rp_clearance_judge_finish (self->workspace, result, &error);

  if (verdicts == NULL || is_stale (self)) {
    end_judging (self, error);
    return;
  }
  g_clear_pointer (&self->verdicts, g_ptr_array_unref);
  self->verdicts = g_steal_pointer (&verdicts);
  rp_dispatch_list_async (self->workspace, rp_article_get (self->article, RP_ARTICLE_ID), FALSE,
                          self->cancellable, listed_cb, g_object_ref (self));
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpInspector) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) deliveries = rp_dispatch_list_finish (self->workspace, result, &error);

  if (deliveries == NULL || is_stale (self)) {
    end_judging (self, error);
    return;
  }
  g_clear_pointer (&self->deliveries, g_ptr_array_unref);
  self->deliveries = g_steal_pointer (&deliveries);
  rp_history_show_async (self->workspace, rp_article_get (self->article, RP_ARTICLE_ID),
                         self->cancellable, shown_cb, g_object_ref (self));
}

static void
uploading_cb (RpInspector *self)
{
  rp_partners_group_show_uploads (self->partners, self->workspace);
}

static void
shown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpInspector) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) shown = rp_history_show_finish (self->workspace, result, &error);

  if (shown != NULL && !is_stale (self)) {
    rp_partners_group_show (self->partners, is_licensed (self), self->verdicts, self->deliveries,
                            shown);
    uploading_cb (self);
    show_checks (self);
  }
  end_judging (self, error);
}

/* ---- what happens elsewhere ---- */

static void
article_changed_cb (RpWorkspace *workspace, const char *id, RpInspector *self)
{
  if (self->article != NULL && g_strcmp0 (id, rp_article_get (self->article, RP_ARTICLE_ID)) == 0)
    schedule_judging (self);
}

static void
follow (RpInspector *self)
{
  g_signal_connect_object (self->workspace, "uploading", G_CALLBACK (uploading_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->workspace, "article-changed", G_CALLBACK (article_changed_cb),
                           self, 0);
  g_signal_connect_object (rp_workspace_get_book (self->workspace), "items-changed",
                           G_CALLBACK (schedule_judging), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rp_workspace_get_partners (self->workspace), "items-changed",
                           G_CALLBACK (schedule_judging), self, G_CONNECT_SWAPPED);
}

/* ---- the object ---- */

static void
rp_inspector_dispose (GObject *object)
{
  RpInspector *self = RP_INSPECTOR (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->delay, g_source_remove);
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RP_TYPE_INSPECTOR);
  G_OBJECT_CLASS (rp_inspector_parent_class)->dispose (object);
}

static void
rp_inspector_finalize (GObject *object)
{
  RpInspector *self = RP_INSPECTOR (object);

  g_clear_pointer (&self->verdicts, g_ptr_array_unref);
  g_clear_pointer (&self->deliveries, g_ptr_array_unref);
  g_clear_object (&self->article);
  g_clear_object (&self->workspace);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (rp_inspector_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/pages/rp-inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, RpInspector, stack);
  gtk_widget_class_bind_template_child (widget_class, RpInspector, scroller);
  gtk_widget_class_bind_template_child (widget_class, RpInspector, licence);
  gtk_widget_class_bind_template_child (widget_class, RpInspector, checks);
  gtk_widget_class_bind_template_child (widget_class, RpInspector, partners);
  gtk_widget_class_bind_template_child (widget_class, RpInspector, edit_credit);
  gtk_widget_class_bind_template_child (widget_class, RpInspector, template);
  gtk_widget_class_bind_template_child (widget_class, RpInspector, credit_text);
  gtk_widget_class_bind_template_child (widget_class, RpInspector, credit_note);
  gtk_widget_class_bind_template_child (widget_class, RpInspector, images);
  gtk_widget_class_bind_template_child (widget_class, RpInspector, source);
  gtk_widget_class_bind_template_child (widget_class, RpInspector, timeline);
  gtk_widget_class_bind_template_callback (widget_class, fix_cb);
  gtk_widget_class_bind_template_callback (widget_class, leave_out_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, moved_cb);
}

static void
rp_inspector_class_init (RpInspectorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rp_inspector_dispose;
  G_OBJECT_CLASS (klass)->finalize = rp_inspector_finalize;
  g_type_ensure (RP_TYPE_LICENCE_GROUP);
  g_type_ensure (RP_TYPE_CHECKS_GROUP);
  g_type_ensure (RP_TYPE_PARTNERS_GROUP);
  g_type_ensure (RP_TYPE_IMAGES_GROUP);
  g_type_ensure (RP_TYPE_SOURCE_GROUP);
  g_type_ensure (RP_TYPE_TIMELINE_GROUP);
  signals[CLEARANCE_CHANGED] = g_signal_new (
    "clearance-changed", RP_TYPE_INSPECTOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ARTICLE_REPLACED] = g_signal_new ("article-replaced", RP_TYPE_INSPECTOR,
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PICTURE_MOVED] =
    g_signal_new ("picture-moved", RP_TYPE_INSPECTOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_UINT);
  rp_inspector_actions_install (GTK_WIDGET_CLASS (klass));
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
rp_inspector_init (RpInspector *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rp_inspector_new (RpWorkspace *workspace)
{
  RpInspector *self = g_object_new (RP_TYPE_INSPECTOR, NULL);

  self->workspace = g_object_ref (workspace);
  rp_partners_group_set_partners (self->partners, rp_workspace_get_partners (workspace));
  rp_may_limit (GTK_WIDGET (self), workspace);
  rp_source_group_set_editable (self->source, rp_may_do (workspace, "editor.type"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->images), rp_may_do (workspace, "editor.type"));
  rp_edge_scroll_add (self->scroller);
  follow (self);

  return GTK_WIDGET (self);
}

/* Nothing of the article before may be taken for this one's. */
static void
forget (RpInspector *self)
{
  g_clear_pointer (&self->verdicts, g_ptr_array_unref);
  g_clear_pointer (&self->deliveries, g_ptr_array_unref);
  rp_partners_group_show (self->partners, TRUE, NULL, NULL, NULL);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

void
rp_inspector_set_article (RpInspector *self, RpArticle *article)
{
  const char *before;
  gboolean same;

  g_return_if_fail (RP_IS_INSPECTOR (self));

  before = self->article != NULL ? rp_article_get (self->article, RP_ARTICLE_ID) : NULL;
  same = article != NULL && before != NULL &&
         g_strcmp0 (before, rp_article_get (article, RP_ARTICLE_ID)) == 0;
  if (!same)
    forget (self);
  g_set_object (&self->article, article);
  gtk_stack_set_visible_child_name (self->stack, article != NULL ? "article" : "none");
  if (article == NULL) {
    g_signal_emit (self, signals[CLEARANCE_CHANGED], 0);
    return;
  }
  if (!same)
    show_article (self);
  else
    show_fields (self);
  schedule_judging (self);
}

RpArticle *
rp_inspector_get_article (RpInspector *self)
{
  return self->article;
}

RpWorkspace *
rp_inspector_get_workspace (RpInspector *self)
{
  return self->workspace;
}

GStrv
rp_inspector_dup_partner_ids (RpInspector *self)
{
  return rp_partners_group_dup_chosen (self->partners);
}

GStrv
rp_inspector_dup_wanted_ids (RpInspector *self)
{
  return rp_partners_group_dup_wanted (self->partners);
}

guint
rp_inspector_get_n_allowed (RpInspector *self)
{
  return rp_partners_group_get_n_allowed (self->partners);
}

guint
rp_inspector_get_n_partners (RpInspector *self)
{
  return g_list_model_get_n_items (rp_workspace_get_partners (self->workspace));
}

guint
rp_inspector_get_n_to_fix (RpInspector *self)
{
  return self->article != NULL ? rp_checks_group_get_n_to_fix (self->checks) : 0;
}

void
rp_inspector_leave_out (RpInspector *self, GPtrArray *partners)
{
  rp_partners_group_leave_out (self->partners, partners);
}

void
rp_inspector_set_can_move_pictures (RpInspector *self, gboolean can_move)
{
  g_return_if_fail (RP_IS_INSPECTOR (self));

  rp_images_group_set_can_move (self->images, can_move);
}

void
rp_inspector_edit_picture (RpInspector *self, const char *url)
{
  rp_images_group_edit (self->images, url);
}

void
rp_inspector_edit_byline (RpInspector *self)
{
  rp_source_group_edit_byline (self->source);
}

void
rp_inspector_edit_address (RpInspector *self)
{
  rp_source_group_edit_address (self->source);
}

void
rp_inspector_note_replaced (RpInspector *self)
{
  g_signal_emit (self, signals[ARTICLE_REPLACED], 0);
  schedule_judging (self);
}

gboolean
rp_inspector_get_changes (RpInspector *self, RpChange *out)
{
  g_return_val_if_fail (RP_IS_INSPECTOR (self), FALSE);

  if (self->verdicts == NULL || self->verdicts->len == 0)
    return FALSE;
  *out = ((RpVerdictFor *) g_ptr_array_index (self->verdicts, 0))->changes;

  return TRUE;
}

const char *
rp_inspector_get_objection (RpInspector *self)
{
  g_return_val_if_fail (RP_IS_INSPECTOR (self), NULL);

  for (guint i = 0; self->verdicts != NULL && i < self->verdicts->len; i++) {
    RpVerdictFor *verdict = g_ptr_array_index (self->verdicts, i);
    GPtrArray *findings = rp_decision_get_findings (verdict->decision);

    for (guint k = 0; k < findings->len; k++) {
      const RpFinding *finding = g_ptr_array_index (findings, k);

      if (g_strcmp0 (finding->term, "derivatives") == 0)
        return finding->message;
    }
  }

  return NULL;
}
