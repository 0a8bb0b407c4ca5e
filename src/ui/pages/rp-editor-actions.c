/* What the toolbar, the menus and the keys do. */
#include <glib/gi18n-lib.h>

#include "rp-application.h"
#include "rp-ask.h"
#include "rp-editor-private.h"
#include "rp-text.h"

static const char *const blocks[] = {"p", "h2", "h3", "h4", "blockquote"};

static GSimpleAction *
get_action (RpEditor *self, const char *name)
{
  return G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name));
}

/* ---- formats ---- */

static const struct {
  const char *action;
  const char *command;
} commands[] = {
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
      rp_editor_run_command (self, commands[i].command, NULL);
}

static void
history_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  rp_editor_go (user_data, g_str_equal (g_action_get_name (G_ACTION (action)), "undo"));
}

static void
set_style (RpEditor *self, const char *block)
{
  if (self->view != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
  rp_editor_ask_with (self, "style", "name", block);
}

static void
style_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  set_style (user_data, g_variant_get_string (parameter, NULL));
}

void
rp_editor_choose_style (RpEditor *self, guint at)
{
  if (at < G_N_ELEMENTS (blocks))
    set_style (self, blocks[at]);
}

void
rp_editor_show_style (RpEditor *self, const char *block)
{
  for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
    if (g_strcmp0 (blocks[i], block) == 0)
      gtk_drop_down_set_selected (self->styles, i);
}

/* ---- links ---- */

static void
link_named_cb (const char *words, gpointer user_data)
{
  RpEditor *self = user_data;
  g_autofree char *address = rp_text_clean (words);
  g_autofree char *full = NULL;

  if (address == NULL) {
    rp_editor_run_command (self, "Unlink", NULL);
    return;
  }
  full =
    strstr (address, ":") != NULL ? g_strdup (address) : g_strconcat ("https://", address, NULL);
  rp_editor_run_command (self, WEBKIT_EDITING_COMMAND_CREATE_LINK, full);
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

  rp_ask_words (rp_editor_get_window (self), &question, link_named_cb, G_OBJECT (self));
}

/* ---- tables and pictures ---- */

static void
insert_table_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RpEditor *self = user_data;
  JsonObject *size = json_object_new ();

  json_object_set_int_member (size, "rows", 3);
  json_object_set_int_member (size, "columns", 3);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  rp_editor_ask (self, "insertTable", size);
}

static void
table_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RpEditor *self = user_data;

  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  rp_editor_ask_with (self, "table", "deed", g_variant_get_string (parameter, NULL));
}

/* The table says how it is then. */
static void
header_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  g_action_activate (
    g_action_map_lookup_action (G_ACTION_MAP (((RpEditor *) user_data)->actions), "table"),
    g_variant_new_string (g_action_get_name (G_ACTION (action))));
}

static void
insert_picture_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  rp_editor_choose_picture (user_data);
}

static void
edit_picture_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  rp_editor_ask (user_data, "editPicture", NULL);
}

static void
move_picture_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  rp_editor_ask_with (user_data, "movePicture", "where", g_variant_get_string (parameter, NULL));
}

static void
paste_plain_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  rp_editor_paste_plain (user_data);
}

/* ---- the clipboard, and words ---- */

/* Also where nothing may be changed. */
static void
select_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RpEditor *self = user_data;
  const char *command = g_str_equal (g_action_get_name (G_ACTION (action)), "copy")
                          ? WEBKIT_EDITING_COMMAND_COPY
                          : WEBKIT_EDITING_COMMAND_SELECT_ALL;

  if (self->view != NULL)
    rp_webkit.webkit_web_view_execute_editing_command (self->view, command);
}

static void
cut_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  rp_editor_run_command (user_data, WEBKIT_EDITING_COMMAND_CUT, NULL);
}

static void
paste_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  rp_editor_paste (user_data);
}

static void
menu_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  rp_editor_ask (user_data, "menu", NULL);
}

static void
next_misspelling_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  rp_editor_ask (user_data, "listWords", NULL);
}

static void
replace_word_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  rp_editor_ask_with (user_data, "replaceWord", "by", g_variant_get_string (parameter, NULL));
}

static void
learn_word_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  rp_editor_learn_word (user_data, g_variant_get_string (parameter, NULL));
}

/* ---- all of them ---- */

static const GActionEntry action_entries[] = {
  {"undo", history_cb},
  {"redo", history_cb},
  {"bold", command_cb, NULL, "false"},
  {"italic", command_cb, NULL, "false"},
  {"strikethrough", command_cb, NULL, "false"},
  {"bullets", command_cb},
  {"numbers", command_cb},
  {"style", style_cb, "s"},
  {"link", link_cb},
  {"insert-table", insert_table_cb},
  {"table", table_cb, "s"},
  {"header-row", NULL, NULL, "false", header_cb},
  {"header-column", NULL, NULL, "false", header_cb},
  {"insert-picture", insert_picture_cb},
  {"edit-picture", edit_picture_cb},
  {"move-picture", move_picture_cb, "s"},
  {"paste-plain", paste_plain_cb},
  {"cut", cut_cb},
  {"copy", select_cb},
  {"paste", paste_cb},
  {"select-all", select_cb},
  {"menu", menu_cb},
  {"next-misspelling", next_misspelling_cb},
  {"replace-word", replace_word_cb, "s"},
  {"learn-word", learn_word_cb, "s"},
};

/* Switches that a person sets once for all articles. */
static void
add_switch (RpEditor *self, GSettings *settings, const char *key)
{
  g_autoptr (GAction) action = g_settings_create_action (settings, key);

  g_action_map_add_action (G_ACTION_MAP (self->actions), action);
}

void
rp_editor_add_actions (RpEditor *self)
{
  GSettings *settings = rp_application_get_settings ();

  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), action_entries,
                                   G_N_ELEMENTS (action_entries), self);
  if (settings == NULL)
    return;
  add_switch (self, settings, "check-spelling");
  add_switch (self, settings, "typographic-quotes");
}

static void
enable (RpEditor *self, const char *name, gboolean enabled)
{
  g_simple_action_set_enabled (get_action (self, name), enabled);
}

static void
show_typing (RpEditor *self)
{
  static const struct {
    const char *action;
    WebKitEditorTypingAttributes attribute;
  } formats[] = {
    {"bold", WEBKIT_EDITOR_TYPING_ATTRIBUTE_BOLD},
    {"italic", WEBKIT_EDITOR_TYPING_ATTRIBUTE_ITALIC},
    {"strikethrough", WEBKIT_EDITOR_TYPING_ATTRIBUTE_STRIKETHROUGH},
  };
  guint typing = self->view != NULL ? rp_webkit.webkit_editor_state_get_typing_attributes (
                                        rp_webkit.webkit_web_view_get_editor_state (self->view))
                                    : 0;

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    g_simple_action_set_state (get_action (self, formats[i].action),
                               g_variant_new_boolean ((typing & formats[i].attribute) != 0));
}

void
rp_editor_show_headers (RpEditor *self, gboolean row, gboolean column)
{
  g_simple_action_set_state (get_action (self, "header-row"), g_variant_new_boolean (row));
  g_simple_action_set_state (get_action (self, "header-column"), g_variant_new_boolean (column));
}

void
rp_editor_update_actions (RpEditor *self)
{
  static const char *const formats[] = {"bold",    "italic", "strikethrough", "bullets",
                                        "numbers", "link",   "style"};
  gboolean open = self->article != NULL && self->changes != RP_CHANGE_NONE;
  gboolean text = self->view != NULL && self->article != NULL && self->can_edit &&
                  !rp_editor_get_show_source (self);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    enable (self, formats[i], text && self->in_text);
  enable (self, "insert-table", text && !self->in_table);
  enable (self, "insert-picture", text);
  enable (self, "table", text && self->in_table);
  enable (self, "header-row", text && self->in_table);
  enable (self, "header-column", text && self->in_table);
  enable (self, "edit-picture", text && self->in_picture);
  enable (self, "move-picture", text && self->in_picture);
  enable (self, "paste-plain", open && !rp_editor_get_show_source (self));
  enable (self, "menu", self->article != NULL);
  enable (self, "next-misspelling", open && !rp_editor_get_show_source (self));
  enable (self, "undo", open && rp_undo_can_go_back (self->undo));
  enable (self, "redo", open && rp_undo_can_go_on (self->undo));
  show_typing (self);
}

void
rp_editor_run_action (RpEditor *self, const char *name)
{
  g_autoptr (GVariant) target = NULL;
  g_autofree char *plain = NULL;

  if (g_action_parse_detailed_name (name, &plain, &target, NULL) &&
      g_action_group_get_action_enabled (G_ACTION_GROUP (self->actions), plain))
    g_action_group_activate_action (G_ACTION_GROUP (self->actions), plain, target);
}
