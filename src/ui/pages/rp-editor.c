#include "rp-editor.h"

#include <glib/gi18n-lib.h>
#include <gtksourceview/gtksource.h>

#include "rp-ask.h"
#include "rp-html.h"
#include "rp-json.h"
#include "rp-source-colours.h"
#include "rp-text.h"
#include "rp-web.h"

struct _RpEditor {
  AdwBin parent_instance;

  GtkDropDown *styles;
  GtkWidget *strikethrough;
  GtkWidget *unordered;
  GtkLabel *words;
  GtkSearchBar *find_bar;
  GtkEditable *find_entry;
  GtkStack *views;
  AdwBin *slot;
  GtkSourceView *source;

  RpWorkspace *workspace;      /* not owned: outlives the window */
  WebKitWebView *view;         /* owned by the slot; NULL until an article is shown */
  GSimpleActionGroup *actions; /* owned */
  RpArticle *article;          /* owned, NULL = none */
  char *link;                  /* owned: address of the link at the caret, "" = none */
  gboolean can_edit;           /* the text */
  RpChange changes;            /* what may be changed at all */
  gboolean in_text;            /* the caret is in the text, where formats make sense */
  gboolean filling;            /* we change the widgets, not the person */
};

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

static const struct {
  const char *block; /* as the script names it */
  const char *value; /* of the command formatBlock */
} blocks[] = {{"p", "p"}, {"h2", "h2"}, {"h3", "h3"}, {"blockquote", "blockquote"}};

/* ---- commands ---- */

static void
run_command (RpEditor *self, const char *command, const char *argument)
{
  if (self->view == NULL || !self->can_edit)
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  if (argument != NULL)
    webkit_web_view_execute_editing_command_with_argument (self->view, command, argument);
  else
    webkit_web_view_execute_editing_command (self->view, command);
}

static const struct {
  const char *action;
  const char *command;
} commands[] = {
  {"undo", WEBKIT_EDITING_COMMAND_UNDO},
  {"redo", WEBKIT_EDITING_COMMAND_REDO},
  {"bold", "Bold"},
  {"italic", "Italic"},
  {"strikethrough", "Strikethrough"},
  {"bullets", "InsertUnorderedList"},
  {"numbers", "InsertOrderedList"},
};

static void
command_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RpEditor *self = user_data;
  const char *name = g_action_get_name (G_ACTION (action));

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].action, name))
      run_command (self, commands[i].command, NULL);
}

static void
style_chosen_cb (RpEditor *self)
{
  guint at = gtk_drop_down_get_selected (self->styles);

  if (!self->filling && at < G_N_ELEMENTS (blocks))
    run_command (self, "FormatBlock", blocks[at].value);
}

static void
link_named_cb (const char *words, gpointer user_data)
{
  RpEditor *self = user_data;
  g_autofree char *address = rp_text_clean (words);
  g_autofree char *full = NULL;

  if (address == NULL) {
    run_command (self, "Unlink", NULL);
    return;
  }
  full =
    strstr (address, ":") != NULL ? g_strdup (address) : g_strconcat ("https://", address, NULL);
  run_command (self, WEBKIT_EDITING_COMMAND_CREATE_LINK, full);
}

static void
link_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RpEditor *self = user_data;
  const RpQuestion question = {
    .heading = _ ("Where should the link lead?"),
    .body = _ ("The selected words become the link. An empty address takes the link away."),
    .accept = _ ("_Set Link"),
    .field = _ ("Address"),
    .words = self->link,
  };

  rp_ask_words (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), &question, link_named_cb,
                G_OBJECT (self));
}

static const GActionEntry action_entries[] = {
  {"undo", command_cb},
  {"redo", command_cb},
  {"bold", command_cb, NULL, "false"},
  {"italic", command_cb, NULL, "false"},
  {"strikethrough", command_cb, NULL, "false"},
  {"bullets", command_cb},
  {"numbers", command_cb},
  {"link", link_cb},
};

static GSimpleAction *
get_action (RpEditor *self, const char *name)
{
  return G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name));
}

static void
update_actions (RpEditor *self)
{
  static const char *const formats[] = {"bold",    "italic",  "strikethrough",
                                        "bullets", "numbers", "link"};
  gboolean text = self->article != NULL && self->can_edit && !rp_editor_get_show_source (self);
  WebKitEditorState *state =
    self->view != NULL ? webkit_web_view_get_editor_state (self->view) : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    g_simple_action_set_enabled (get_action (self, formats[i]), text && self->in_text);
  g_simple_action_set_enabled (get_action (self, "undo"),
                               text && state && webkit_editor_state_is_undo_available (state));
  g_simple_action_set_enabled (get_action (self, "redo"),
                               text && state && webkit_editor_state_is_redo_available (state));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_FORMAT]);
}

static void
state_changed_cb (RpEditor *self)
{
  WebKitEditorState *state = webkit_web_view_get_editor_state (self->view);
  guint typing = webkit_editor_state_get_typing_attributes (state);

  g_simple_action_set_state (
    get_action (self, "bold"),
    g_variant_new_boolean ((typing & WEBKIT_EDITOR_TYPING_ATTRIBUTE_BOLD) != 0));
  g_simple_action_set_state (
    get_action (self, "italic"),
    g_variant_new_boolean ((typing & WEBKIT_EDITOR_TYPING_ATTRIBUTE_ITALIC) != 0));
  g_simple_action_set_state (
    get_action (self, "strikethrough"),
    g_variant_new_boolean ((typing & WEBKIT_EDITOR_TYPING_ATTRIBUTE_STRIKETHROUGH) != 0));
  update_actions (self);
}

/* ---- what the page tells ---- */

static void
show_words (RpEditor *self, guint count)
{
  g_autofree char *text = g_strdup_printf (ngettext ("%u word", "%u words", count), count);

  gtk_label_set_label (self->words, text);
}

static void
show_caret (RpEditor *self, JsonObject *message)
{
  const char *block = rp_json_get_string (message, "block");

  self->in_text = rp_json_get_boolean (message, "inText", FALSE);
  g_free (self->link);
  self->link = g_strdup (rp_json_get_string (message, "link"));
  self->filling = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
    if (g_strcmp0 (blocks[i].block, block) == 0)
      gtk_drop_down_set_selected (self->styles, i);
  self->filling = FALSE;
  update_actions (self);
}

/* Plain text: a blank line is a new paragraph. */
static char *
dup_paragraphs (const char *text)
{
  g_autofree char *escaped = rp_text_escape (text);
  g_auto (GStrv) parts = g_regex_split_simple ("\\r?\\n\\s*\\n", escaped, 0, 0);
  g_autofree char *joined = g_strjoinv ("</p><p>", parts);

  return parts[0] != NULL && parts[1] != NULL ? g_strdup_printf ("<p>%s</p>", joined)
                                              : g_strdup (joined);
}

static void
insert_paste (RpEditor *self, JsonObject *message)
{
  const char *html = rp_json_get_string (message, "html");
  const char *text = rp_json_get_string (message, "text");
  g_autofree char *cleaned = !rp_text_is_empty (html) ? rp_html_clean (html, NULL)
                             : text != NULL           ? dup_paragraphs (text)
                                                      : NULL;

  if (!rp_text_is_empty (cleaned))
    run_command (self, "InsertHTML", cleaned);
}

static void
take_draft (RpEditor *self, JsonObject *message)
{
  g_autoptr (RpDraft) draft = rp_draft_new_from_json (message);

  show_words (self, (guint) rp_json_get_int (message, "words", 0));
  g_signal_emit (self, signals[DRAFTED], 0, draft);
}

static void
message_cb (WebKitUserContentManager *manager, JSCValue *value, gpointer user_data)
{
  RpEditor *self = user_data;
  g_autofree char *text = jsc_value_to_string (value);
  g_autoptr (JsonNode) node = rp_json_parse_text (text, NULL);
  JsonObject *message =
    node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *kind = message != NULL ? rp_json_get_string (message, "kind") : NULL;

  if (g_strcmp0 (kind, "changed") == 0)
    take_draft (self, message);
  else if (g_strcmp0 (kind, "caret") == 0)
    show_caret (self, message);
  else if (g_strcmp0 (kind, "paste") == 0)
    insert_paste (self, message);
  else if (g_strcmp0 (kind, "left") == 0)
    g_signal_emit (self, signals[LEFT], 0);
  else if (g_strcmp0 (kind, "ready") == 0)
    show_words (self, (guint) rp_json_get_int (message, "words", 0));
}

/* ---- the view ---- */

static WebKitUserContentManager *
make_manager (RpEditor *self)
{
  WebKitUserContentManager *manager = webkit_user_content_manager_new ();
  g_autoptr (GBytes) code = g_resources_lookup_data ("/app/reprint/Reprint/pages/rp-editor.js",
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  WebKitUserScript *script = webkit_user_script_new_for_world (
    g_bytes_get_data (code, NULL), WEBKIT_USER_CONTENT_INJECT_TOP_FRAME,
    WEBKIT_USER_SCRIPT_INJECT_AT_DOCUMENT_END, RP_WEB_WORLD, NULL, NULL);

  webkit_user_content_manager_add_script (manager, script);
  webkit_user_script_unref (script);
  webkit_user_content_manager_register_script_message_handler (manager, "editor", RP_WEB_WORLD);
  g_signal_connect_object (manager, "script-message-received::editor", G_CALLBACK (message_cb),
                           self, 0);

  return manager;
}

static gboolean
link_key_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  g_action_group_activate_action (G_ACTION_GROUP (RP_EDITOR (user_data)->actions), "link", NULL);

  return TRUE;
}

/* The page leaves a paste to us and so calls the key unhandled; the window would import it, too. */
static gboolean
paste_key_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  RpEditor *self = user_data;

  if (!self->can_edit)
    return FALSE;
  webkit_web_view_execute_editing_command (self->view, WEBKIT_EDITING_COMMAND_PASTE);

  return TRUE;
}

/* Before the page sees the keys, and before the window takes them for itself. */
static void
add_keys (RpEditor *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (controller),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_k, GDK_CONTROL_MASK),
                      gtk_callback_action_new (link_key_cb, self, NULL)));
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (controller),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_v, GDK_CONTROL_MASK),
                      gtk_callback_action_new (paste_key_cb, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->view), controller);
}

static void
ensure_view (RpEditor *self)
{
  g_autoptr (WebKitUserContentManager) manager = NULL;

  if (self->view != NULL)
    return;
  manager = make_manager (self);
  self->view = WEBKIT_WEB_VIEW (rp_web_view_new (self->workspace, manager));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Article text"), -1);
  g_signal_connect_object (webkit_web_view_get_editor_state (self->view), "changed",
                           G_CALLBACK (state_changed_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->slot, GTK_WIDGET (self->view));
  add_keys (self);
}

static void
load (RpEditor *self)
{
  const char *licence_id = rp_article_get (self->article, RP_ARTICLE_LICENCE_ID);
  RpLicence *licence =
    licence_id != NULL
      ? rp_licence_book_lookup (rp_workspace_get_book (self->workspace), licence_id)
      : NULL;
  g_autofree char *page = rp_draft_build_page (self->article, licence, self->changes);

  ensure_view (self);
  self->in_text = FALSE;
  webkit_web_view_load_html (self->view, page, "about:blank");
}

/* ---- HTML source ---- */

static void
source_changed_cb (RpEditor *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->source));
  g_autoptr (RpDraft) draft = g_new0 (RpDraft, 1);
  GtkTextIter start, end;

  if (self->filling || self->article == NULL)
    return;
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  draft->article_id = g_strdup (rp_article_get (self->article, RP_ARTICLE_ID));
  draft->body_html = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  show_words (self, rp_html_count_words (draft->body_html));
  g_signal_emit (self, signals[DRAFTED], 0, draft);
}

static void
fill_source (RpEditor *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->source));
  const char *body =
    self->article != NULL ? rp_article_get (self->article, RP_ARTICLE_BODY_HTML) : NULL;

  self->filling = TRUE;
  gtk_text_buffer_set_text (buffer, body != NULL ? body : "", -1);
  gtk_text_buffer_set_enable_undo (buffer, TRUE);
  gtk_text_view_set_editable (GTK_TEXT_VIEW (self->source), self->can_edit);
  self->filling = FALSE;
}

/* ---- finding ---- */

static void
find_changed_cb (RpEditor *self)
{
  WebKitFindController *finder;

  if (self->view == NULL)
    return;
  finder = webkit_web_view_get_find_controller (self->view);
  webkit_find_controller_search (
    finder, gtk_editable_get_text (self->find_entry),
    WEBKIT_FIND_OPTIONS_CASE_INSENSITIVE | WEBKIT_FIND_OPTIONS_WRAP_AROUND, G_MAXUINT);
}

static void
find_next_cb (RpEditor *self)
{
  if (self->view != NULL)
    webkit_find_controller_search_next (webkit_web_view_get_find_controller (self->view));
}

static void
find_previous_cb (RpEditor *self)
{
  if (self->view != NULL)
    webkit_find_controller_search_previous (webkit_web_view_get_find_controller (self->view));
}

static void
find_closed_cb (RpEditor *self)
{
  if (self->view != NULL && !gtk_search_bar_get_search_mode (self->find_bar))
    webkit_find_controller_search_finish (webkit_web_view_get_find_controller (self->view));
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

  self->view = NULL;
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), RP_TYPE_EDITOR);
  g_clear_object (&self->actions);
  g_clear_object (&self->article);
  g_clear_pointer (&self->link, g_free);
  G_OBJECT_CLASS (rp_editor_parent_class)->dispose (object);
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
  gtk_widget_class_bind_template_child (klass, RpEditor, find_entry);
  gtk_widget_class_bind_template_child (klass, RpEditor, views);
  gtk_widget_class_bind_template_child (klass, RpEditor, slot);
  gtk_widget_class_bind_template_child (klass, RpEditor, source);
  gtk_widget_class_bind_template_callback (klass, style_chosen_cb);
  gtk_widget_class_bind_template_callback (klass, find_changed_cb);
  gtk_widget_class_bind_template_callback (klass, find_next_cb);
  gtk_widget_class_bind_template_callback (klass, find_previous_cb);
  gtk_widget_class_bind_template_callback (klass, find_closed_cb);
}

static void
rp_editor_class_init (RpEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->get_property = rp_editor_get_property;
  object_class->dispose = rp_editor_dispose;
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
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
rp_editor_init (RpEditor *self)
{
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), action_entries,
                                   G_N_ELEMENTS (action_entries), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->find_bar, self->find_entry);
  rp_source_colours_apply (self->source, "html");
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->source)), "changed",
                           G_CALLBACK (source_changed_cb), self, G_CONNECT_SWAPPED);
  update_actions (self);
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
  g_return_if_fail (RP_IS_EDITOR (self));

  g_set_object (&self->article, article);
  self->changes = article != NULL ? changes : RP_CHANGE_NONE;
  self->can_edit = (self->changes & ~RP_CHANGE_HEADLINE) != 0;
  if (article != NULL)
    load (self);
  else if (self->view != NULL)
    webkit_web_view_load_html (self->view, "", "about:blank");
  fill_source (self);
  update_actions (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_EDIT]);
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

  gtk_stack_set_visible_child_name (self->views, show ? "source" : "text");
  update_actions (self);
}

gboolean
rp_editor_get_show_source (RpEditor *self)
{
  g_return_val_if_fail (RP_IS_EDITOR (self), FALSE);

  return g_strcmp0 (gtk_stack_get_visible_child_name (self->views), "source") == 0;
}

void
rp_editor_find (RpEditor *self)
{
  g_return_if_fail (RP_IS_EDITOR (self));

  gtk_search_bar_set_search_mode (self->find_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->find_entry));
}

void
rp_editor_focus (RpEditor *self)
{
  g_return_if_fail (RP_IS_EDITOR (self));

  if (self->view != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

void
rp_editor_set_compact (RpEditor *self, gboolean compact)
{
  g_return_if_fail (RP_IS_EDITOR (self));

  gtk_widget_set_visible (self->unordered, !compact);
  gtk_widget_set_visible (self->strikethrough, !compact);
  gtk_widget_set_visible (GTK_WIDGET (self->words), !compact);
}
