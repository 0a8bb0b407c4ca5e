/* The page in the editor: its scripts, its keys, and what it tells. */
#include <glib/gi18n-lib.h>

#include "rp-application.h"
#include "rp-editor-private.h"
#include "rp-json.h"
#include "rp-quotes.h"
#include "rp-spelling.h"
#include "rp-thrift.h"
#include "rp-toast.h"
#include "rp-web.h"

/* An article that was given to the page. */
typedef struct {
  RpEditor *editor; /* owned */
  char *page;       /* owned: as it would be loaded */
  guint number;     /* of all, to tell the newest */
} Arrival;

/* ---- asking the page ---- */

void
rp_editor_run_command (RpEditor *self, const char *command, const char *argument)
{
  if (self->view == NULL || self->changes == RP_CHANGE_NONE)
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  if (argument != NULL)
    rp_webkit.webkit_web_view_execute_editing_command_with_argument (self->view, command, argument);
  else
    rp_webkit.webkit_web_view_execute_editing_command (self->view, command);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *name = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JSCValue) value = rp_webkit.webkit_web_view_call_async_javascript_function_finish (
    (WebKitWebView *) source, result, &error);

  if (value == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_debug ("The page did not answer to “%s”: %s", name, error->message);
}

static void
call_page (RpEditor *self,
           const char *name,
           JsonObject *argument,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  g_autofree char *text = rp_json_object_to_text (argument, FALSE);
  GVariantDict arguments;

  g_variant_dict_init (&arguments, NULL);
  g_variant_dict_insert (&arguments, "name", "s", name);
  g_variant_dict_insert (&arguments, "argument", "s", text);
  rp_webkit.webkit_web_view_call_async_javascript_function (
    self->view, "reprint.run(name, argument); return true;", -1, g_variant_dict_end (&arguments),
    RP_WEB_WORLD, NULL, self->cancellable, callback, user_data);
}

void
rp_editor_ask (RpEditor *self, const char *name, JsonObject *argument)
{
  g_autoptr (JsonObject) said = argument != NULL ? argument : json_object_new ();

  if (self->view != NULL && self->ready)
    call_page (self, name, said, asked_cb, g_strdup (name));
}

void
rp_editor_ask_with (RpEditor *self, const char *name, const char *key, const char *word)
{
  JsonObject *argument = json_object_new ();

  json_object_set_string_member (argument, key, word);
  rp_editor_ask (self, name, argument);
}

/* ---- language ---- */

const char *
rp_editor_get_language (RpEditor *self)
{
  const RpDraft *now = rp_undo_get_now (self->undo);

  return now != NULL && *now->language != '\0' ? now->language : NULL;
}

static gboolean
is_on (const char *key)
{
  GSettings *settings = rp_application_get_settings ();

  return settings == NULL || g_settings_get_boolean (settings, key);
}

static void
tell_quotes (RpEditor *self, const char *language)
{
  g_autoptr (RpQuotes) quotes = rp_quotes_new (language);
  JsonObject *marks = json_object_new ();

  if (is_on ("typographic-quotes")) {
    json_object_set_string_member (marks, "open", quotes->open);
    json_object_set_string_member (marks, "close", quotes->close);
    json_object_set_string_member (marks, "openInner", quotes->open_inner);
    json_object_set_string_member (marks, "closeInner", quotes->close_inner);
  }
  rp_editor_ask (self, "quotes", marks);
}

static void
apply_spelling (RpEditor *self, const char *language)
{
  g_auto (GStrv) names = rp_spelling_list (language, g_get_language_names ());
  WebKitWebContext *context = rp_webkit.webkit_web_view_get_context (self->view);

  rp_webkit.webkit_web_context_set_spell_checking_languages (context, (const char *const *) names);
  rp_webkit.webkit_web_context_set_spell_checking_enabled (context, is_on ("check-spelling") &&
                                                                      names[0] != NULL);
}

void
rp_editor_apply_language (RpEditor *self)
{
  const char *language = rp_editor_get_language (self);

  if (self->view == NULL)
    return;
  g_clear_pointer (&self->speller, rp_speller_free);
  apply_spelling (self, language);
  tell_quotes (self, language);
}

void
rp_editor_follow_settings (RpEditor *self)
{
  GSettings *settings = rp_application_get_settings ();

  if (settings == NULL)
    return;
  g_signal_connect_object (settings, "changed::check-spelling",
                           G_CALLBACK (rp_editor_apply_language), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::typographic-quotes",
                           G_CALLBACK (rp_editor_apply_language), self, G_CONNECT_SWAPPED);
}

/* ---- what the page tells ---- */

static void
show_caret (RpEditor *self, JsonObject *message)
{
  self->in_text = rp_json_get_boolean (message, "inText", FALSE);
  self->in_table = rp_json_get_boolean (message, "inTable", FALSE);
  self->in_picture = rp_json_get_boolean (message, "picture", FALSE);
  g_free (self->link);
  self->link = g_strdup (rp_json_get_string (message, "link"));
  self->filling = TRUE;
  rp_editor_show_style (self, rp_json_get_string (message, "block"));
  rp_editor_show_headers (self, rp_json_get_boolean (message, "headerRow", FALSE),
                          rp_json_get_boolean (message, "headerColumn", FALSE));
  self->filling = FALSE;
  rp_editor_update_actions (self);
  g_object_notify (G_OBJECT (self), "can-format");
}

/* The same article keeps its place when its page is loaded again. */
static void
go_to_place (RpEditor *self, const char *article_id)
{
  JsonObject *argument;

  if (g_strcmp0 (article_id, self->place_of) != 0) {
    rp_editor_set_place (self, article_id, 0);
    return;
  }
  argument = json_object_new ();
  json_object_set_double_member (argument, "at", self->place);
  rp_editor_ask (self, "scroll", argument);
}

static void
note_scrolled (RpEditor *self, JsonObject *message)
{
  rp_editor_set_place (self, rp_json_get_string (message, "id"),
                       rp_json_get_double (message, "at", 0));
}

/* One that came after it may be on its way already. */
static void
note_ready (RpEditor *self, JsonObject *message)
{
  const char *id = self->article != NULL ? rp_article_get (self->article, RP_ARTICLE_ID) : NULL;

  if (g_strcmp0 (id, rp_json_get_string (message, "id")) != 0)
    return;
  if (!self->alive) /* it was a page of its own that came */
    rp_thrift_soon ();
  self->ready = TRUE;
  self->alive = TRUE;
  go_to_place (self, id);
  rp_editor_show_words (self, (guint) rp_json_get_int (message, "words", 0));
  rp_editor_apply_language (self);
  rp_editor_refresh_find (self);
  g_debug ("The article can be read at %" G_GINT64_FORMAT " µs", g_get_monotonic_time ());
}

static void
note_changed (RpEditor *self, JsonObject *message)
{
  self->written_in = TRUE;
  rp_editor_show_words (self, (guint) rp_json_get_int (message, "words", 0));
  rp_editor_take_draft (self, rp_draft_new_from_json (message),
                        (guint) rp_json_get_int (message, "run", 0));
}

static void
note_count (RpEditor *self, JsonObject *message)
{
  rp_editor_show_words (self, (guint) rp_json_get_int (message, "words", 0));
}

static void
note_found (RpEditor *self, JsonObject *message)
{
  rp_find_bar_show_count (self->find_bar, (guint) rp_json_get_int (message, "at", 0),
                          (guint) rp_json_get_int (message, "count", 0));
}

static void
note_replaced (RpEditor *self, JsonObject *message)
{
  guint count = (guint) rp_json_get_int (message, "count", 0);
  g_autofree char *words = g_strdup_printf (
    ngettext ("%'u match was replaced.", "%'u matches were replaced.", count), count);

  rp_toast_show (GTK_WIDGET (self), words, NULL);
}

static void
note_left (RpEditor *self, JsonObject *message)
{
  g_signal_emit_by_name (self, "left");
}

static const struct {
  const char *kind;
  void (*note) (RpEditor *self, JsonObject *message);
} kinds[] = {
  {"changed", note_changed},   {"caret", show_caret},         {"paste", rp_editor_insert_paste},
  {"left", note_left},         {"ready", note_ready},         {"count", note_count},
  {"found", note_found},       {"replaced", note_replaced},   {"picture", rp_editor_edit_picture},
  {"scrolled", note_scrolled}, {"menu", rp_editor_show_menu}, {"words", rp_editor_check_words},
};

static void
message_cb (WebKitUserContentManager *manager, JSCValue *value, gpointer user_data)
{
  g_autofree char *text = rp_webkit.jsc_value_to_string (value);
  g_autoptr (JsonNode) node = rp_json_parse_text (text, NULL);
  JsonObject *message =
    node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *kind = message != NULL ? rp_json_get_string (message, "kind") : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].kind, kind) == 0)
      kinds[i].note (user_data, message);
}

/* ---- scripts ---- */

/* In this order: the first makes what the others add to. */
static const char *const scripts[] = {"rp-editor.js",         "rp-editor-words.js",
                                      "rp-editor-find.js",    "rp-editor-tables.js",
                                      "rp-editor-figures.js", "rp-editor-quotes.js"};

static void
add_script (WebKitUserContentManager *manager, const char *name)
{
  g_autofree char *path = g_strconcat ("/app/reprint/Reprint/pages/", name, NULL);
  g_autoptr (GBytes) code = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  WebKitUserScript *script = rp_webkit.webkit_user_script_new_for_world (
    g_bytes_get_data (code, NULL), WEBKIT_USER_CONTENT_INJECT_TOP_FRAME,
    WEBKIT_USER_SCRIPT_INJECT_AT_DOCUMENT_END, RP_WEB_WORLD, NULL, NULL);

  rp_webkit.webkit_user_content_manager_add_script (manager, script);
  rp_webkit.webkit_user_script_unref (script);
}

static WebKitUserContentManager *
make_manager (RpEditor *self)
{
  WebKitUserContentManager *manager = rp_webkit.webkit_user_content_manager_new ();

  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    add_script (manager, scripts[i]);
  rp_webkit.webkit_user_content_manager_register_script_message_handler (manager, "editor",
                                                                         RP_WEB_WORLD);
  g_signal_connect_object (manager, "script-message-received::editor", G_CALLBACK (message_cb),
                           self, 0);

  return manager;
}

/* ---- the view ---- */

/* The page leaves a paste to us and so calls the key unhandled; the window would import it, too. */
static gboolean
paste_key_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  RpEditor *self = user_data;

  if (self->changes == RP_CHANGE_NONE)
    return FALSE;
  rp_editor_paste (self);

  return TRUE;
}

static void
add_paste_key (RpEditor *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (controller),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_v, GDK_CONTROL_MASK),
                      gtk_callback_action_new (paste_key_cb, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->view), controller);
}

static void
page_died_cb (RpEditor *self)
{
  self->alive = FALSE;
  rp_editor_revive (self);
}

static void
ensure_view (RpEditor *self)
{
  g_autoptr (WebKitUserContentManager) manager = NULL;

  if (self->view != NULL)
    return;
  if (!rp_webkit_load ()) {
    adw_bin_set_child (self->slot, rp_web_view_new (self->workspace, NULL));
    return;
  }
  manager = make_manager (self);
  self->view = (WebKitWebView *) rp_web_view_new (self->workspace, manager);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Article text"), -1);
  g_signal_connect_object (rp_webkit.webkit_web_view_get_editor_state (self->view), "changed",
                           G_CALLBACK (rp_editor_update_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "context-menu", G_CALLBACK (rp_editor_context_menu_cb), self,
                           0);
  g_signal_connect_object (self->view, "web-process-terminated", G_CALLBACK (page_died_cb), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (self->slot, GTK_WIDGET (self->view));
  add_paste_key (self);
}

static void
load_anew (RpEditor *self, const char *page)
{
  self->alive = FALSE;
  self->written_in = FALSE;
  rp_webkit.webkit_web_view_load_html (self->view, page, "about:blank");
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Arrival *arrival = user_data;
  RpEditor *self = arrival->editor;
  g_autoptr (GError) error = NULL;
  g_autoptr (JSCValue) value = rp_webkit.webkit_web_view_call_async_javascript_function_finish (
    (WebKitWebView *) source, result, &error);

  /* what came in since then has its own answer */
  if (value == NULL && self->view != NULL && arrival->number == self->arrivals) {
    g_debug ("The page is loaded anew: %s", error->message);
    load_anew (self, arrival->page);
  }
  g_object_unref (arrival->editor);
  g_free (arrival->page);
  g_free (arrival);
}

/* The page that is there takes the article in: half the time of one that is loaded. */
static void
open_in_page (RpEditor *self, const char *page)
{
  g_autoptr (JsonObject) argument = json_object_new ();
  Arrival *arrival = g_new (Arrival, 1);

  json_object_set_string_member (argument, "page", page);
  *arrival = (Arrival){g_object_ref (self), g_strdup (page), self->arrivals};
  call_page (self, "open", argument, opened_cb, arrival);
}

/* A page that was written in is not used again: its own steps of undo would go on to hold the
 * article. */
void
rp_editor_load_page (RpEditor *self, const char *page)
{
  gboolean in_page = self->alive && !self->written_in && *page != '\0';

  if (*page != '\0')
    ensure_view (self);
  if (self->view == NULL)
    return;
  self->ready = FALSE;
  self->in_text = FALSE;
  self->in_table = FALSE;
  self->in_picture = FALSE;
  self->arrivals++;
  if (in_page)
    open_in_page (self, page);
  else
    load_anew (self, page);
}
