#include "rp-article-page-private.h"

#include <glib/gi18n-lib.h>

#include "rp-application.h"
#include "rp-article-row.h"
#include "rp-clearance.h"
#include "rp-may.h"
#include "rp-merge.h"
#include "rp-picture-order.h"
#include "rp-toast.h"

#define OVERLAY_BELOW 1144 /* the inspector becomes an overlay */
#define COMPACT_BELOW 816

G_DEFINE_FINAL_TYPE (RpArticlePage, rp_article_page, ADW_TYPE_BIN)

enum {
  BACK,
  ARCHIVED,
  REVIEWED,
  RESTORED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- what may be done ---- */

static void
enable (RpArticlePage *self, const char *name, gboolean enabled)
{
  GAction *action = self->map != NULL ? g_action_map_lookup_action (self->map, name) : NULL;

  g_autofree char *whole = g_strconcat ("win.", name, NULL);

  if (action != NULL)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (action),
                                 enabled && rp_may_do (self->workspace, whole));
}

static void
update_publish (RpArticlePage *self)
{
  g_auto (GStrv) chosen = rp_inspector_dup_partner_ids (self->inspector);
  gboolean busy = rp_publisher_is_busy (self->publisher);
  gboolean can = self->article != NULL && chosen != NULL && chosen[0] != NULL && !busy;

  enable (self, "publish", can);
  enable (self, "draft", can);
  enable (self, "schedule", can);
  enable (self, "dry-run", self->article != NULL);
  enable (self, "stop", busy);
  enable (self, "withdraw", rp_publisher_is_live (self->publisher) && !busy);
}

static void
update_button (RpArticlePage *self)
{
  gboolean busy = rp_publisher_is_busy (self->publisher);
  gboolean live = rp_publisher_is_live (self->publisher);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->publish),
                                  busy ? "win.stop" : "win.publish");
  adw_split_button_set_label (self->publish, busy   ? _ ("Stop")
                                             : live ? _ ("Update")
                                                    : _ ("Publish"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->publish),
                               busy   ? _ ("Stop what has not been sent yet")
                               : live ? _ ("Send the article again to the chosen partners "
                                           "(Ctrl+Return)")
                                      : _ ("Publish to the chosen partners (Ctrl+Return)"));
  gtk_widget_remove_css_class (GTK_WIDGET (self->publish),
                               busy || live ? "suggested-action" : "raised");
  gtk_widget_add_css_class (GTK_WIDGET (self->publish),
                            busy || live ? "raised" : "suggested-action");
  update_publish (self);
}

static void
update_actions (RpArticlePage *self)
{
  const char *state =
    self->article != NULL ? rp_article_get (self->article, RP_ARTICLE_STATE) : NULL;
  gboolean archived = g_strcmp0 (state, RP_STATE_ARCHIVE) == 0;
  gboolean trashed = g_strcmp0 (state, RP_STATE_TRASH) == 0;
  gboolean here = self->article != NULL;

  enable (self, "archive", here && !archived);
  enable (self, "trash", here && !trashed);
  enable (self, "restore", archived || trashed);
  enable (self, "source", here);
  enable (self, "find", here);
  enable (self, "replace", here);
  enable (self, "ask-owner", here);
  enable (self, "record-permission", here);
  enable (self, "change-licence", here);
  enable (self, "confirm-licence",
          here && rp_clearance_needs_review (self->workspace, self->article));
  enable (self, "show-original",
          here && rp_article_get (self->article, RP_ARTICLE_SNAPSHOT) != NULL);
  update_button (self);
}

/* ---- the clearance bar ---- */

static void
update_clearance_bar (RpArticlePage *self)
{
  gboolean show = self->article != NULL &&
                  adw_flap_get_fold_policy (self->flap) == ADW_FLAP_FOLD_POLICY_ALWAYS &&
                  !adw_flap_get_reveal_flap (self->flap);

  gtk_widget_set_visible (self->clearance_bar, show);
}

static void
show_clearance (RpArticlePage *self)
{
  guint allowed = rp_inspector_get_n_allowed (self->inspector);
  guint partners = rp_inspector_get_n_partners (self->inspector);
  guint to_fix = rp_inspector_get_n_to_fix (self->inspector);
  g_autofree char *words = partners == 0
                             ? g_strdup (_ ("There is no partner yet"))
                             : g_strdup_printf (ngettext ("Ready for %u of %u partner",
                                                          "Ready for %u of %u partners", partners),
                                                allowed, partners);
  g_autofree char *fix = g_strdup_printf (ngettext ("%u to fix", "%u to fix", to_fix), to_fix);

  gtk_label_set_label (self->clearance_label, words);
  gtk_label_set_label (GTK_LABEL (self->fix_label), fix);
  gtk_widget_set_visible (self->fix_label, to_fix > 0);
  gtk_image_set_from_icon_name (self->clearance_icon, allowed > 0 ? "object-select-symbolic"
                                                                  : "action-unavailable-symbolic");
  gtk_widget_remove_css_class (GTK_WIDGET (self->clearance_icon),
                               allowed > 0 ? "error" : "success");
  gtk_widget_add_css_class (GTK_WIDGET (self->clearance_icon), allowed > 0 ? "success" : "error");
}

/* A permission on record, or another licence, unlocks the page; what is being typed goes first. */
static void
follow_changes (RpArticlePage *self)
{
  RpChange changes;

  rp_compare_set_objection (self->compare, rp_inspector_get_objection (self->inspector));
  if (self->article == NULL || !rp_inspector_get_changes (self->inspector, &changes) ||
      changes == self->changes || !rp_saver_is_idle (self->saver))
    return;
  self->changes = changes;
  rp_article_page_show_in_editor (self);
}

static void
clearance_changed_cb (RpArticlePage *self)
{
  show_clearance (self);
  follow_changes (self);
  update_publish (self);
}

static void
flap_changed_cb (RpArticlePage *self)
{
  GSettings *settings = rp_application_get_settings ();

  update_clearance_bar (self);
  if (settings != NULL && self->article != NULL &&
      adw_flap_get_fold_policy (self->flap) == ADW_FLAP_FOLD_POLICY_NEVER)
    g_settings_set_boolean (settings, "show-inspector", adw_flap_get_reveal_flap (self->flap));
}

/* ---- showing an article ---- */

/* Until it was judged, what the licence itself says. */
static RpChange
get_changes (RpArticlePage *self, RpArticle *article)
{
  RpLicence *licence = rp_clearance_get_licence (self->workspace, article);

  return licence != NULL ? rp_licence_get_terms (licence)->changes : RP_CHANGE_ALL;
}

static RpChange
get_open_changes (RpArticlePage *self)
{
  return self->locked ? RP_CHANGE_NONE : self->changes;
}

/* Everything that the editor shows of an article: while it is the same, the page stays as it is. */
static char *
dup_key (RpArticlePage *self, RpArticle *article)
{
  RpLicence *licence = rp_clearance_get_licence (self->workspace, article);
  g_autofree char *byline = rp_article_dup_byline (article);
  g_autofree char *credit =
    licence != NULL ? rp_licence_build_credit_html (licence, article) : NULL;
  g_auto (GStrv) order = rp_picture_order_list (rp_article_get_media (article));
  g_autofree char *pictures = g_strjoinv ("\n", order);
  const char *parts[] = {rp_article_get (article, RP_ARTICLE_ID),
                         rp_article_get (article, RP_ARTICLE_HEADLINE),
                         rp_article_get (article, RP_ARTICLE_SUBHEADLINE),
                         rp_article_get (article, RP_ARTICLE_BODY_HTML),
                         rp_article_get (article, RP_ARTICLE_LANGUAGE),
                         byline,
                         credit,
                         pictures};
  GString *key = g_string_new (NULL);

  g_string_append_printf (key, "%u", get_open_changes (self));
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    g_string_append_printf (key, "\n%s", parts[i] != NULL ? parts[i] : "");

  return g_string_free (key, FALSE);
}

static void
show_lock (RpArticlePage *self)
{
  gboolean headline = (self->changes & RP_CHANGE_HEADLINE) != 0;
  gboolean text = (self->changes & ~RP_CHANGE_HEADLINE) != 0;

  if (!headline && !text)
    gtk_label_set_markup (self->banner_label,
                          _ ("<b>This licence forbids changes.</b> You can read and check the "
                             "article, but not edit it."));
  else if (!text)
    gtk_label_set_markup (self->banner_label,
                          _ ("<b>This licence lets you change the headline.</b> "
                             "The text has to stay as it is."));
  else if (!headline)
    gtk_label_set_markup (self->banner_label, _ ("<b>This licence forbids another headline.</b> "
                                                 "The text may be edited as the licence says."));
  gtk_revealer_set_reveal_child (self->banner, self->article != NULL && (!headline || !text));
}

void
rp_article_page_show_in_editor (RpArticlePage *self)
{
  g_autofree char *key = dup_key (self, self->article);

  if (g_strcmp0 (key, self->shown) != 0) {
    rp_editor_set_article (self->editor, self->article, get_open_changes (self));
    g_free (self->shown);
    self->shown = g_steal_pointer (&key);
  } else {
    rp_editor_note_saved (self->editor, self->article);
  }
  g_set_object (&self->began, self->article);
  show_lock (self);
}

void
rp_article_page_show (RpArticlePage *self, RpArticle *article)
{
  gboolean other =
    self->article == NULL || g_strcmp0 (rp_article_get (article, RP_ARTICLE_ID),
                                        rp_article_get (self->article, RP_ARTICLE_ID)) != 0;

  if (other)
    self->changes = get_changes (self, article);
  g_set_object (&self->article, article);
  rp_article_page_show_in_editor (self);
  rp_inspector_set_article (self->inspector, article);
  rp_preview_set_article (self->preview, article);
  rp_compare_set_article (self->compare, article);
  update_actions (self);
  update_clearance_bar (self);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpArticlePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RpArticle) article =
    rp_workspace_get_article_finish (RP_WORKSPACE (source), result, &error);

  if (article == NULL) {
    rp_toast_show_error (GTK_WIDGET (self), error);
    return;
  }
  if (g_strcmp0 (rp_article_get (article, RP_ARTICLE_ID), self->id) == 0 &&
      rp_saver_is_idle (self->saver))
    rp_article_page_show (self, article);
}

static void
flushed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpArticlePage) self = user_data;
  gboolean kept = rp_saver_flush_finish (RP_SAVER (source), result, NULL);

  if (self->id == NULL || self->editor == NULL)
    return;
  if (!kept) {
    rp_article_desk_refused (self);
    return;
  }
  rp_workspace_get_article_async (self->workspace, self->id, self->cancellable, read_cb,
                                  g_object_ref (self));
}

/* Reads the article again, after what is being typed has been kept. */
static void
reload (RpArticlePage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (self->id != NULL)
    rp_saver_flush_async (self->saver, flushed_cb, g_object_ref (self));
}

static void
article_changed_cb (RpWorkspace *workspace, const char *id, RpArticlePage *self)
{
  if (self->id != NULL && g_strcmp0 (id, self->id) == 0)
    reload (self);
}

/* ---- typing ---- */

static void
drafted_cb (RpEditor *editor, gpointer data, RpArticlePage *self)
{
  RpDraft *draft = data;

  g_set_object (&draft->base, self->began);
  rp_saver_take_draft (self->saver, draft);
  rp_presence_edit (rp_presence_get (self->workspace));
}

/* The editor shows `typed`; what others have changed beside it is shown as soon as nobody types. */
static void
saved_cb (RpSaver *saver, RpArticle *article, RpArticle *typed, RpArticlePage *self)
{
  if (g_strcmp0 (rp_article_get (article, RP_ARTICLE_ID), self->id) != 0) {
    reload (self);
    return;
  }
  g_set_object (&self->began, typed);
  g_free (self->shown);
  self->shown = dup_key (self, typed);
  if (rp_saver_is_idle (saver) && !rp_merge_is_same (article, typed)) {
    rp_article_page_show (self, article);
    rp_article_desk_update (self);
    return;
  }
  g_set_object (&self->article, article);
  rp_editor_note_saved (self->editor, article);
  rp_inspector_set_article (self->inspector, article);
  rp_preview_set_article (self->preview, article);
  rp_compare_set_article (self->compare, article);
  rp_article_desk_update (self);
}

/* What an earlier run lost is back: it is shown where it was typed. */
static void
restored_cb (RpSaver *saver, RpArticle *article, RpArticlePage *self)
{
  g_autofree char *words =
    g_strdup_printf (_ ("What was typed in “%s” before Reprint ended unexpectedly is back."),
                     rp_article_get (article, RP_ARTICLE_HEADLINE));

  rp_toast_show (GTK_WIDGET (self), words, NULL);
  g_signal_emit (self, signals[RESTORED], 0, rp_article_get (article, RP_ARTICLE_ID));
}

static void
picture_moved_cb (RpArticlePage *self, const char *url, guint to)
{
  rp_editor_move_picture (self->editor, url, to);
  rp_saver_save_now (self->saver);
}

static void
can_edit_cb (RpArticlePage *self)
{
  gboolean can_edit;

  g_object_get (self->editor, "can-edit", &can_edit, NULL);
  rp_inspector_set_can_move_pictures (self->inspector, can_edit);
}

/* Another window has the focus: what is here now is kept. */
static void
active_cb (RpArticlePage *self, GParamSpec *pspec, GtkWindow *window)
{
  if (self->saver != NULL && !gtk_window_is_active (window))
    rp_saver_save_now (self->saver);
}

static void
root_cb (RpArticlePage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (GTK_IS_WINDOW (root))
    g_signal_connect_object (root, "notify::is-active", G_CALLBACK (active_cb), self,
                             G_CONNECT_SWAPPED);
}

static void
page_changed_cb (RpArticlePage *self)
{
  if (self->saver != NULL)
    rp_saver_save_now (self->saver);
}

/* ---- the widget ---- */

static void
back_cb (RpArticlePage *self)
{
  g_signal_emit (self, signals[BACK], 0);
}

static void
rp_article_page_dispose (GObject *object)
{
  RpArticlePage *self = RP_ARTICLE_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_weak_pointer (&self->map);
  if (self->editor != NULL && self->workspace != NULL)
    rp_presence_enter (rp_presence_get (self->workspace), NULL); /* the program may go on */
  g_clear_object (&self->publisher);
  g_clear_object (&self->saver);
  g_clear_object (&self->article);
  g_clear_object (&self->began);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), RP_TYPE_ARTICLE_PAGE);
  self->editor = NULL;
  self->inspector = NULL;
  G_OBJECT_CLASS (rp_article_page_parent_class)->dispose (object);
}

static void
rp_article_page_finalize (GObject *object)
{
  RpArticlePage *self = RP_ARTICLE_PAGE (object);

  g_object_unref (self->cancellable);
  g_free (self->id);
  g_free (self->shown);
  G_OBJECT_CLASS (rp_article_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *klass)
{
  gtk_widget_class_set_template_from_resource (klass,
                                               "/app/reprint/Reprint/pages/rp-article-page.ui");
  gtk_widget_class_bind_template_child (klass, RpArticlePage, back);
  gtk_widget_class_bind_template_child (klass, RpArticlePage, undo);
  gtk_widget_class_bind_template_child (klass, RpArticlePage, redo);
  gtk_widget_class_bind_template_child (klass, RpArticlePage, saved);
  gtk_widget_class_bind_template_child (klass, RpArticlePage, inspector_toggle);
  gtk_widget_class_bind_template_child (klass, RpArticlePage, publish);
  gtk_widget_class_bind_template_child (klass, RpArticlePage, desk_bar);
  gtk_widget_class_bind_template_child (klass, RpArticlePage, fanout);
  gtk_widget_class_bind_template_child (klass, RpArticlePage, grace);
  gtk_widget_class_bind_template_child (klass, RpArticlePage, banner);
  gtk_widget_class_bind_template_child (klass, RpArticlePage, banner_box);
  gtk_widget_class_bind_template_child (klass, RpArticlePage, banner_label);
  gtk_widget_class_bind_template_child (klass, RpArticlePage, flap);
  gtk_widget_class_bind_template_child (klass, RpArticlePage, pages);
  gtk_widget_class_bind_template_child (klass, RpArticlePage, editor);
  gtk_widget_class_bind_template_child (klass, RpArticlePage, preview);
  gtk_widget_class_bind_template_child (klass, RpArticlePage, compare);
  gtk_widget_class_bind_template_child (klass, RpArticlePage, history);
  gtk_widget_class_bind_template_child (klass, RpArticlePage, clearance_bar);
  gtk_widget_class_bind_template_child (klass, RpArticlePage, clearance_icon);
  gtk_widget_class_bind_template_child (klass, RpArticlePage, clearance_label);
  gtk_widget_class_bind_template_child (klass, RpArticlePage, fix_label);
  gtk_widget_class_bind_template_child (klass, RpArticlePage, inspector_slot);
  gtk_widget_class_bind_template_callback (klass, back_cb);
  gtk_widget_class_bind_template_callback (klass, flap_changed_cb);
  gtk_widget_class_bind_template_callback (klass, page_changed_cb);
  gtk_widget_class_bind_template_callback (klass, rp_article_desk_take_over);
  gtk_widget_class_bind_template_callback (klass, rp_article_desk_compare);
}

static void
rp_article_page_class_init (RpArticlePageClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_article_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = rp_article_page_finalize;
  signals[BACK] =
    g_signal_new ("back", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ARCHIVED] = g_signal_new ("archived", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[REVIEWED] =
    g_signal_new ("reviewed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[RESTORED] = g_signal_new ("restored", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (RP_TYPE_EDITOR);
  g_type_ensure (RP_TYPE_DESK_BAR);
  g_type_ensure (RP_TYPE_FANOUT_BAR);
  g_type_ensure (RP_TYPE_GRACE_BAR);
  g_type_ensure (RP_TYPE_PREVIEW);
  g_type_ensure (RP_TYPE_COMPARE);
  g_type_ensure (RP_TYPE_HISTORY_PAGE);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
rp_article_page_init (RpArticlePage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "editor",
                                  rp_editor_get_actions (self->editor));
}

static void
connect_parts (RpArticlePage *self)
{
  g_signal_connect_object (self->workspace, "article-changed", G_CALLBACK (article_changed_cb),
                           self, 0);
  g_signal_connect_object (rp_workspace_get_book (self->workspace), "items-changed",
                           G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->inspector, "clearance-changed", G_CALLBACK (clearance_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->inspector, "picture-moved", G_CALLBACK (picture_moved_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->editor, "notify::can-edit", G_CALLBACK (can_edit_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->inspector, "article-replaced", G_CALLBACK (reload), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->publisher, "notify", G_CALLBACK (update_button), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->editor, "drafted", G_CALLBACK (drafted_cb), self, 0);
  g_signal_connect_object (self->editor, "left", G_CALLBACK (rp_saver_save_now), self->saver,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->saver, "saved", G_CALLBACK (saved_cb), self, 0);
  g_signal_connect_object (self->saver, "restored", G_CALLBACK (restored_cb), self, 0);
  g_signal_connect (self, "notify::root", G_CALLBACK (root_cb), NULL);
  g_object_bind_property (self->saver, "words", self->saved, "label", G_BINDING_SYNC_CREATE);
}

GtkWidget *
rp_article_page_new (RpWorkspace *workspace)
{
  RpArticlePage *self = g_object_new (RP_TYPE_ARTICLE_PAGE, NULL);

  self->workspace = workspace;
  self->saver = rp_saver_new (workspace);
  self->publisher = rp_publisher_new (workspace, GTK_WIDGET (self));
  self->inspector = RP_INSPECTOR (rp_inspector_new (workspace));
  adw_bin_set_child (self->inspector_slot, GTK_WIDGET (self->inspector));
  rp_grace_bar_set_publisher (self->grace, self->publisher);
  rp_editor_set_workspace (self->editor, workspace);
  rp_preview_set_workspace (self->preview, workspace);
  rp_compare_set_workspace (self->compare, workspace);
  rp_history_page_set_workspace (self->history, workspace);
  connect_parts (self);
  rp_article_desk_connect (self);

  return GTK_WIDGET (self);
}

void
rp_article_page_add_actions (RpArticlePage *self, GActionMap *map)
{
  g_return_if_fail (RP_IS_ARTICLE_PAGE (self));

  g_set_weak_pointer (&self->map, map);
  rp_article_commands_add (self, map);
  update_actions (self);
}

void
rp_article_page_restore (RpArticlePage *self)
{
  g_return_if_fail (RP_IS_ARTICLE_PAGE (self));

  rp_saver_restore (self->saver);
}

RpEditor *
rp_article_page_get_editor (RpArticlePage *self)
{
  g_return_val_if_fail (RP_IS_ARTICLE_PAGE (self), NULL);

  return self->editor;
}

void
rp_article_page_reload (RpArticlePage *self, gboolean forget)
{
  if (forget)
    g_clear_pointer (&self->shown, g_free);
  reload (self);
}

void
rp_article_page_note_left (RpArticlePage *self)
{
  g_autofree char *id = g_strdup (self->id);

  g_signal_emit (self, signals[ARCHIVED], 0, id);
}

void
rp_article_page_note_reviewed (RpArticlePage *self)
{
  g_signal_emit (self, signals[REVIEWED], 0);
}

void
rp_article_page_set_article_id (RpArticlePage *self, const char *article_id)
{
  g_return_if_fail (RP_IS_ARTICLE_PAGE (self));

  if (g_strcmp0 (article_id, self->id) == 0)
    return;
  g_free (self->id);
  self->id = g_strdup (article_id);
  rp_publisher_set_article_id (self->publisher, article_id);
  rp_history_page_set_article_id (self->history, article_id);
  rp_fanout_bar_show (self->fanout, self->workspace, article_id);
  rp_desk_bar_set_article_id (self->desk_bar, article_id);
  rp_presence_enter (rp_presence_get (self->workspace), article_id);
  rp_article_desk_update (self);
  reload (self);
}

const char *
rp_article_page_get_article_id (RpArticlePage *self)
{
  g_return_val_if_fail (RP_IS_ARTICLE_PAGE (self), NULL);

  return self->id;
}

void
rp_article_page_set_width (RpArticlePage *self, int width)
{
  GSettings *settings = rp_application_get_settings ();
  gboolean overlay = width < OVERLAY_BELOW;
  gboolean was_overlay = self->width != 0 && self->width < OVERLAY_BELOW;
  gboolean wanted = settings == NULL || g_settings_get_boolean (settings, "show-inspector");

  g_return_if_fail (RP_IS_ARTICLE_PAGE (self));

  if (self->width == 0 || overlay != was_overlay) {
    adw_flap_set_fold_policy (self->flap, ADW_FLAP_FOLD_POLICY_ALWAYS);
    adw_flap_set_reveal_flap (self->flap, !overlay && wanted);
    if (!overlay)
      adw_flap_set_fold_policy (self->flap, ADW_FLAP_FOLD_POLICY_NEVER);
  }
  self->width = width;
  gtk_widget_set_visible (GTK_WIDGET (self->saved), !overlay);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->banner_box),
                                  width < COMPACT_BELOW ? GTK_ORIENTATION_VERTICAL
                                                        : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_visible (self->undo, width >= COMPACT_BELOW);
  gtk_widget_set_visible (self->redo, width >= COMPACT_BELOW);
  gtk_widget_set_visible (self->inspector_toggle, width >= COMPACT_BELOW);
  rp_editor_set_compact (self->editor, width < COMPACT_BELOW);
  update_clearance_bar (self);
}

void
rp_article_page_set_folded (RpArticlePage *self, gboolean folded)
{
  g_return_if_fail (RP_IS_ARTICLE_PAGE (self));

  gtk_widget_set_visible (self->back, folded);
}

void
rp_article_page_focus (RpArticlePage *self)
{
  g_return_if_fail (RP_IS_ARTICLE_PAGE (self));

  rp_editor_focus (self->editor);
}

gboolean
rp_article_page_focus_inspector (RpArticlePage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  g_return_val_if_fail (RP_IS_ARTICLE_PAGE (self), FALSE);

  if (self->article == NULL || !adw_flap_get_reveal_flap (self->flap) ||
      (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->inspector_slot))))
    return FALSE;

  return gtk_widget_child_focus (GTK_WIDGET (self->inspector_slot), GTK_DIR_TAB_FORWARD);
}

void
rp_article_page_flush_async (RpArticlePage *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (RP_IS_ARTICLE_PAGE (self));

  rp_saver_flush_async (self->saver, callback, user_data);
}

gboolean
rp_article_page_flush_finish (RpArticlePage *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (RP_IS_ARTICLE_PAGE (self), FALSE);

  return rp_saver_flush_finish (self->saver, result, error);
}
