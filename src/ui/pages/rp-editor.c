#include "rp-editor-private.h"

#include <glib/gi18n-lib.h>

#include "rp-picture-order.h"

#define WORDS_A_MINUTE 230 /* what people read of such texts without hurrying */

G_DEFINE_FINAL_TYPE (RpEditor, rp_editor, ADW_TYPE_BIN)

enum {
  PROP_CAN_EDIT = 1,
  PROP_CAN_FORMAT,
  N_PROPS
};
enum {
  DRAFTED,
  LEFT,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

GtkWindow *
rp_editor_get_window (RpEditor *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
style_chosen_cb (RpEditor *self)
{
  if (!self->filling)
    rp_editor_choose_style (self, gtk_drop_down_get_selected (self->styles));
}

void
rp_editor_show_words (RpEditor *self, guint count)
{
  guint minutes = MAX (1, (count + WORDS_A_MINUTE / 2) / WORDS_A_MINUTE);
  g_autofree char *words = g_strdup_printf (ngettext ("%'u word", "%'u words", count), count);
  g_autofree char *both =
    g_strdup_printf (C_ ("words, minutes to read", "%s · %u min"), words, minutes);
  g_autofree char *tip = g_strdup_printf (
    ngettext ("It takes about %u minute to read.", "It takes about %u minutes to read.", minutes),
    minutes);

  gtk_label_set_label (self->words, both);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->words), tip);
}

/* ---- drafts ---- */

void
rp_editor_take_draft (RpEditor *self, RpDraft *draft, guint run)
{
  const char *id = self->article != NULL ? rp_article_get (self->article, RP_ARTICLE_ID) : NULL;

  if (id != NULL && g_strcmp0 (id, draft->article_id) == 0) {
    rp_editor_note_pictures (self, draft);
    rp_editor_sort_pictures (self, draft);
    rp_undo_note (self->undo, draft, run);
    rp_editor_update_actions (self);
  }
  g_signal_emit (self, signals[DRAFTED], 0, draft);
  rp_draft_free (draft);
}

/* ---- undo ---- */

static JsonObject *
describe (RpEditor *self, const RpDraft *state)
{
  g_autofree char *body = rp_draft_dup_page_body (state, self->article);
  JsonObject *page = json_object_new ();

  json_object_set_string_member (page, "headline", state->headline);
  json_object_set_string_member (page, "standfirst", state->standfirst);
  json_object_set_string_member (page, "byline", state->byline);
  json_object_set_string_member (page, "text", body);

  return page;
}

/* Language and leading picture are the whole page's. */
static gboolean
is_other_page (const RpDraft *before, const RpDraft *state)
{
  return g_strcmp0 (before->language, state->language) != 0 ||
         !g_strv_equal ((const char *const *) before->order, (const char *const *) state->order);
}

static void
keep_state (RpEditor *self, const RpDraft *state)
{
  RpDraft *draft = rp_draft_copy (state);

  self->source_at = 0;
  rp_editor_note_pictures (self, draft);
  rp_editor_update_actions (self);
  g_signal_emit (self, signals[DRAFTED], 0, draft);
  rp_draft_free (draft);
}

/* The state is also what is kept from now on. */
void
rp_editor_go (RpEditor *self, gboolean back)
{
  const RpDraft *before, *state;

  if (self->article == NULL || self->changes == RP_CHANGE_NONE)
    return;
  before = rp_undo_get_now (self->undo);
  state = back ? rp_undo_go_back (self->undo) : rp_undo_go_on (self->undo);
  if (state == NULL)
    return;
  if (rp_editor_get_show_source (self))
    rp_editor_show_source_state (self, state);
  if (is_other_page (before, state))
    rp_editor_revive (self);
  else if (!rp_editor_get_show_source (self))
    rp_editor_ask (self, "show", describe (self, state));
  keep_state (self, state);
}

/* A state of this very article that says the same: what was done before can still be undone. */
static void
note_article (RpEditor *self, gboolean other)
{
  const RpDraft *now = rp_undo_get_now (self->undo);
  g_autoptr (RpDraft) fresh = rp_draft_new_from_article (self->article);
  g_autoptr (RpArticle) typed = rp_article_copy (self->article);

  if (other || now == NULL)
    rp_undo_begin (self->undo, fresh);
  else if (rp_draft_apply (now, typed))
    rp_undo_note (self->undo, fresh, 0);
}

/* ---- loading ---- */

static void
load (RpEditor *self, RpArticle *article)
{
  const char *licence_id = rp_article_get (article, RP_ARTICLE_LICENCE_ID);
  RpLicence *licence =
    licence_id != NULL
      ? rp_licence_book_lookup (rp_workspace_get_book (self->workspace), licence_id)
      : NULL;
  g_autofree char *page = rp_draft_build_page (article, licence, self->changes);

  rp_editor_load_page (self, page);
}

void
rp_editor_revive (RpEditor *self)
{
  const RpDraft *now = rp_undo_get_now (self->undo);
  g_autoptr (RpArticle) typed = NULL;

  if (self->article == NULL || now == NULL)
    return;
  typed = rp_article_copy (self->article);
  rp_draft_apply (now, typed);
  load (self, typed);
}

void
rp_editor_move_picture (RpEditor *self, const char *url, guint to)
{
  g_autoptr (RpArticle) moved = NULL;
  g_autoptr (RpDraft) state = NULL;

  g_return_if_fail (RP_IS_EDITOR (self));

  if (self->article == NULL || !self->can_edit)
    return;
  moved = rp_article_copy (self->article);
  rp_draft_apply (rp_undo_get_now (self->undo), moved);
  if (!rp_picture_order_move (moved, url, to))
    return;
  state = rp_draft_new_from_article (moved);
  rp_undo_note (self->undo, state, 0);
  if (rp_editor_get_show_source (self))
    rp_editor_show_source_state (self, state);
  rp_editor_revive (self);
  keep_state (self, state);
}

/* ---- keys ---- */

static const struct {
  guint key;
  GdkModifierType modifiers;
  const char *action; /* of the editor, with its target */
  gboolean in_source; /* it makes sense there, too */
} keys[] = {
  {GDK_KEY_z, GDK_CONTROL_MASK, "undo", TRUE},
  {GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "redo", TRUE},
  {GDK_KEY_y, GDK_CONTROL_MASK, "redo", TRUE},
  {GDK_KEY_k, GDK_CONTROL_MASK, "link", FALSE},
  {GDK_KEY_v, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "paste-plain", FALSE},
  {GDK_KEY_0, GDK_CONTROL_MASK | GDK_ALT_MASK, "style::p", FALSE},
  {GDK_KEY_2, GDK_CONTROL_MASK | GDK_ALT_MASK, "style::h2", FALSE},
  {GDK_KEY_3, GDK_CONTROL_MASK | GDK_ALT_MASK, "style::h3", FALSE},
  {GDK_KEY_4, GDK_CONTROL_MASK | GDK_ALT_MASK, "style::h4", FALSE},
  {GDK_KEY_q, GDK_CONTROL_MASK | GDK_ALT_MASK, "style::blockquote", FALSE},
  {GDK_KEY_Up, GDK_ALT_MASK, "move-picture::up", FALSE},
  {GDK_KEY_Down, GDK_ALT_MASK, "move-picture::down", FALSE},
  {GDK_KEY_Menu, 0, "menu", FALSE},
  {GDK_KEY_F10, GDK_SHIFT_MASK, "menu", FALSE},
  {GDK_KEY_F7, 0, "next-misspelling", FALSE},
};

/* A key of ours is never the page's as well, not even when there is nothing to do: its own undo
 * knows only half of what happened. */
static gboolean
key_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  RpEditor *self = RP_EDITOR (gtk_widget_get_ancestor (widget, RP_TYPE_EDITOR));
  guint at = GPOINTER_TO_UINT (user_data);

  if (self == NULL || (rp_editor_get_show_source (self) && !keys[at].in_source))
    return FALSE;
  rp_editor_run_action (self, keys[at].action);

  return TRUE;
}

static gboolean
find_key_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  RpEditor *self = RP_EDITOR (widget);

  if (!rp_find_bar_is_open (self->find_bar))
    return FALSE;
  g_signal_emit_by_name (self->find_bar, "step", GPOINTER_TO_INT (user_data));

  return TRUE;
}

static GtkEventController *
add_controller (GtkWidget *widget)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (widget, controller);

  return controller;
}

static void
add_key (GtkEventController *to,
         guint key,
         GdkModifierType modifiers,
         GtkShortcutFunc func,
         gpointer data)
{
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (to), gtk_shortcut_new (gtk_keyval_trigger_new (key, modifiers),
                                                    gtk_callback_action_new (func, data, NULL)));
}

/* Before the page sees the keys, and before the window takes them for itself. */
static void
add_keys (RpEditor *self)
{
  GtkEventController *text = add_controller (GTK_WIDGET (self->views));
  GtkEventController *all = add_controller (GTK_WIDGET (self));

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    add_key (text, keys[i].key, keys[i].modifiers, key_cb, GUINT_TO_POINTER (i));
  add_key (all, GDK_KEY_g, GDK_CONTROL_MASK, find_key_cb, GINT_TO_POINTER (1));
  add_key (all, GDK_KEY_g, GDK_CONTROL_MASK | GDK_SHIFT_MASK, find_key_cb, GINT_TO_POINTER (-1));
}

/* ---- the widget ---- */

static void
rp_editor_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RpEditor *self = RP_EDITOR (object);

  if (id == PROP_CAN_EDIT)
    g_value_set_boolean (value, self->can_edit);
  else
    g_value_set_boolean (value, self->article != NULL && self->can_edit && self->in_text &&
                                  !rp_editor_get_show_source (self));
}

static void
rp_editor_dispose (GObject *object)
{
  RpEditor *self = RP_EDITOR (object);

  g_cancellable_cancel (self->cancellable);
  rp_editor_dispose_menu (self);
  self->view = NULL;
  g_clear_object (&self->search);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), RP_TYPE_EDITOR);
  g_clear_object (&self->actions);
  g_clear_object (&self->article);
  g_clear_pointer (&self->link, g_free);
  g_clear_pointer (&self->place_of, g_free);
  G_OBJECT_CLASS (rp_editor_parent_class)->dispose (object);
}

static void
rp_editor_finalize (GObject *object)
{
  RpEditor *self = RP_EDITOR (object);

  g_object_unref (self->cancellable);
  g_clear_pointer (&self->speller, rp_speller_free);
  rp_undo_free (self->undo);
  g_hash_table_unref (self->pictures);
  G_OBJECT_CLASS (rp_editor_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *klass)
{
  gtk_widget_class_set_template_from_resource (klass, "/app/reprint/Reprint/pages/rp-editor.ui");
  gtk_widget_class_bind_template_child (klass, RpEditor, styles);
  gtk_widget_class_bind_template_child (klass, RpEditor, strikethrough);
  gtk_widget_class_bind_template_child (klass, RpEditor, unordered);
  gtk_widget_class_bind_template_child (klass, RpEditor, words);
  gtk_widget_class_bind_template_child (klass, RpEditor, find_bar);
  gtk_widget_class_bind_template_child (klass, RpEditor, views);
  gtk_widget_class_bind_template_child (klass, RpEditor, slot);
  gtk_widget_class_bind_template_child (klass, RpEditor, source);
  gtk_widget_class_bind_template_callback (klass, style_chosen_cb);
}

static void
rp_editor_class_init (RpEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->get_property = rp_editor_get_property;
  object_class->dispose = rp_editor_dispose;
  object_class->finalize = rp_editor_finalize;
  properties[PROP_CAN_EDIT] =
    g_param_spec_boolean ("can-edit", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_CAN_FORMAT] = g_param_spec_boolean ("can-format", NULL, NULL, FALSE,
                                                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[DRAFTED] = g_signal_new ("drafted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[LEFT] =
    g_signal_new ("left", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (GTK_SOURCE_TYPE_VIEW);
  g_type_ensure (RP_TYPE_FIND_BAR);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
rp_editor_init (RpEditor *self)
{
  self->cancellable = g_cancellable_new ();
  self->undo = rp_undo_new ();
  self->pictures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->actions = g_simple_action_group_new ();
  rp_editor_add_actions (self);
  gtk_widget_init_template (GTK_WIDGET (self));
  rp_editor_connect_find (self);
  rp_editor_follow_settings (self);
  add_keys (self);
  rp_editor_update_actions (self);
}

void
rp_editor_set_workspace (RpEditor *self, RpWorkspace *workspace)
{
  g_return_if_fail (RP_IS_EDITOR (self));

  self->workspace = workspace;
}

void
rp_editor_set_article (RpEditor *self, RpArticle *article, RpChange changes)
{
  gboolean other;

  g_return_if_fail (RP_IS_EDITOR (self));

  other = article == NULL || self->article == NULL ||
          g_strcmp0 (rp_article_get (article, RP_ARTICLE_ID),
                     rp_article_get (self->article, RP_ARTICLE_ID)) != 0;
  g_set_object (&self->article, article);
  self->changes = article != NULL ? changes : RP_CHANGE_NONE;
  self->can_edit = (self->changes & ~RP_CHANGE_HEADLINE) != 0;
  if (other)
    g_hash_table_remove_all (self->pictures);
  if (article != NULL) {
    note_article (self, other);
    load (self, article);
  } else {
    rp_editor_load_page (self, "");
  }
  if (rp_editor_get_show_source (self))
    rp_editor_fill_source (self);
  rp_find_bar_set_can_replace (self->find_bar, self->can_edit);
  rp_editor_update_actions (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_EDIT]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_FORMAT]);
}

void
rp_editor_note_saved (RpEditor *self, RpArticle *article)
{
  g_return_if_fail (RP_IS_EDITOR (self));

  if (self->article != NULL && g_strcmp0 (rp_article_get (article, RP_ARTICLE_ID),
                                          rp_article_get (self->article, RP_ARTICLE_ID)) == 0)
    g_set_object (&self->article, article);
}

GActionGroup *
rp_editor_get_actions (RpEditor *self)
{
  g_return_val_if_fail (RP_IS_EDITOR (self), NULL);

  return G_ACTION_GROUP (self->actions);
}

void
rp_editor_set_show_source (RpEditor *self, gboolean show)
{
  g_return_if_fail (RP_IS_EDITOR (self));

  if (show)
    rp_editor_fill_source (self);
  gtk_stack_set_visible_child_name (self->views, show ? "source" : "text");
  g_clear_object (&self->search);
  rp_editor_update_actions (self);
  rp_editor_refresh_find (self);
}

gboolean
rp_editor_get_show_source (RpEditor *self)
{
  g_return_val_if_fail (RP_IS_EDITOR (self), FALSE);

  return g_strcmp0 (gtk_stack_get_visible_child_name (self->views), "source") == 0;
}

void
rp_editor_find (RpEditor *self, gboolean replace)
{
  g_return_if_fail (RP_IS_EDITOR (self));

  rp_find_bar_open (self->find_bar, replace);
}

void
rp_editor_focus (RpEditor *self)
{
  g_return_if_fail (RP_IS_EDITOR (self));

  if (self->view != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

double
rp_editor_get_place (RpEditor *self, const char *article_id)
{
  g_return_val_if_fail (RP_IS_EDITOR (self), 0);

  return g_strcmp0 (article_id, self->place_of) == 0 ? self->place : 0;
}

void
rp_editor_set_place (RpEditor *self, const char *article_id, double place)
{
  g_return_if_fail (RP_IS_EDITOR (self));

  g_free (self->place_of);
  self->place_of = g_strdup (article_id);
  self->place = place;
}

void
rp_editor_set_compact (RpEditor *self, gboolean compact)
{
  g_return_if_fail (RP_IS_EDITOR (self));

  gtk_widget_set_visible (self->unordered, !compact);
  gtk_widget_set_visible (self->strikethrough, !compact);
  gtk_widget_set_visible (GTK_WIDGET (self->words), !compact);
}
