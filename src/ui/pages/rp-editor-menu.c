/* The menu of the text, by the mouse and by the keyboard, and the spelling check that leads from
 * word to word. WebKit opens no menu by a key that could be added to. */
#include <glib/gi18n-lib.h>

#include "rp-editor-private.h"
#include "rp-json.h"
#include "rp-languages.h"
#include "rp-spelling.h"
#include "rp-toast.h"

/* ---- by the mouse: WebKit's menu, with ours ---- */

static gboolean
is_welcome (WebKitContextMenuItem *item)
{
  static const WebKitContextMenuAction welcome[] = {
    WEBKIT_CONTEXT_MENU_ACTION_SPELLING_GUESS,
    WEBKIT_CONTEXT_MENU_ACTION_NO_GUESSES_FOUND,
    WEBKIT_CONTEXT_MENU_ACTION_IGNORE_SPELLING,
    WEBKIT_CONTEXT_MENU_ACTION_LEARN_SPELLING,
    WEBKIT_CONTEXT_MENU_ACTION_CUT,
    WEBKIT_CONTEXT_MENU_ACTION_COPY,
    WEBKIT_CONTEXT_MENU_ACTION_PASTE,
    WEBKIT_CONTEXT_MENU_ACTION_SELECT_ALL,
    WEBKIT_CONTEXT_MENU_ACTION_OPEN_LINK,
    WEBKIT_CONTEXT_MENU_ACTION_COPY_LINK_TO_CLIPBOARD,
    WEBKIT_CONTEXT_MENU_ACTION_INSERT_EMOJI};

  for (guint i = 0; i < G_N_ELEMENTS (welcome); i++)
    if (rp_webkit.webkit_context_menu_item_get_stock_action (item) == welcome[i])
      return TRUE;

  return FALSE;
}

static const struct {
  const char *label; /* NULL begins a part of its own */
  const char *action;
  const char *target;
} extras[] = {
  {NULL, NULL, NULL},
  {N_ ("Paste Without Formatting"), "paste-plain", NULL},
  {N_ ("Edit Picture…"), "edit-picture", NULL},
  {N_ ("Move Picture Up"), "move-picture", "up"},
  {N_ ("Move Picture Down"), "move-picture", "down"},
  {NULL, NULL, NULL},
  {N_ ("Insert Row Above"), "table", "row-above"},
  {N_ ("Insert Row Below"), "table", "row-below"},
  {N_ ("Insert Column Before"), "table", "column-before"},
  {N_ ("Insert Column After"), "table", "column-after"},
  {N_ ("Header Row"), "header-row", NULL},
  {N_ ("Header Column"), "header-column", NULL},
  {N_ ("Delete Row"), "table", "delete-row"},
  {N_ ("Delete Column"), "table", "delete-column"},
  {N_ ("Delete Table"), "table", "delete-table"},
};

static void
add_extra (RpEditor *self, WebKitContextMenu *menu, guint at)
{
  GAction *action;
  GVariant *target = extras[at].target != NULL ? g_variant_new_string (extras[at].target) : NULL;

  if (extras[at].label == NULL) {
    rp_webkit.webkit_context_menu_append (menu,
                                          rp_webkit.webkit_context_menu_item_new_separator ());
    return;
  }
  action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), extras[at].action);
  if (g_action_get_enabled (action))
    rp_webkit.webkit_context_menu_append (
      menu,
      rp_webkit.webkit_context_menu_item_new_from_gaction (action, _ (extras[at].label), target));
  else if (target != NULL)
    g_variant_unref (g_variant_ref_sink (target));
}

/* What the page's own menu offers beside this would go round our undo. */
gboolean
rp_editor_context_menu_cb (WebKitWebView *view,
                           WebKitContextMenu *menu,
                           WebKitHitTestResult *hit,
                           gpointer user_data)
{
  g_autoptr (GList) items = g_list_copy (rp_webkit.webkit_context_menu_get_items (menu));

  for (GList *at = items; at != NULL; at = at->next)
    if (!is_welcome (at->data))
      rp_webkit.webkit_context_menu_remove (menu, at->data);
  for (guint i = 0; i < G_N_ELEMENTS (extras); i++)
    add_extra (user_data, menu, i);

  return rp_webkit.webkit_context_menu_get_n_items (menu) == 0;
}

/* ---- by the keyboard ---- */

static const struct {
  const char *label;
  const char *action;
  gboolean needs_selection;
  gboolean changes;
} edits[] = {
  {N_ ("Cut"), "editor.cut", TRUE, TRUE},
  {N_ ("Copy"), "editor.copy", TRUE, FALSE},
  {N_ ("Paste"), "editor.paste", FALSE, TRUE},
  {N_ ("Select All"), "editor.select-all", FALSE, FALSE},
};

static RpSpeller *
get_speller (RpEditor *self)
{
  g_auto (GStrv) names = NULL;

  if (self->speller == NULL) {
    names = rp_spelling_list (rp_editor_get_language (self), g_get_language_names ());
    self->speller = rp_speller_new ((const char *const *) names);
  }

  return self->speller;
}

static void
append (GMenu *section, const char *label, const char *action, const char *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action,
                                           target != NULL ? g_variant_new_string (target) : NULL);
  g_menu_append_item (section, item);
}

static void
append_section (GMenu *menu, GMenu *section)
{
  if (g_menu_model_get_n_items (G_MENU_MODEL (section)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

/* What a misspelt word could be. */
static void
append_spelling (RpEditor *self, GMenu *menu, const char *word)
{
  g_autoptr (GMenu) guesses = g_menu_new ();
  g_autoptr (GMenu) others = g_menu_new ();
  g_auto (GStrv) found = NULL;

  if (rp_speller_is_right (get_speller (self), word))
    return;
  found = rp_speller_suggest (get_speller (self), word);
  for (guint i = 0; found[i] != NULL; i++)
    append (guesses, found[i], "editor.replace-word", found[i]);
  append (others, _ ("Add to Dictionary"), "editor.learn-word", word);
  append (others, _ ("Next Misspelt Word"), "editor.next-misspelling", NULL);
  append_section (menu, guesses);
  append_section (menu, others);
}

static void
append_edits (RpEditor *self, GMenu *menu, gboolean selected)
{
  g_autoptr (GMenu) section = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (edits); i++)
    if ((selected || !edits[i].needs_selection) &&
        (self->changes != RP_CHANGE_NONE || !edits[i].changes))
      append (section, _ (edits[i].label), edits[i].action, NULL);
  append_section (menu, section);
}

/* Those that can be used here, as in the menu by the mouse. */
static void
append_extras (RpEditor *self, GMenu *menu)
{
  g_autoptr (GMenu) section = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (extras); i++) {
    g_autofree char *action = g_strconcat ("editor.", extras[i].action, NULL);

    if (extras[i].label == NULL) {
      append_section (menu, section);
      g_object_unref (section);
      section = g_menu_new ();
    } else if (g_action_group_get_action_enabled (G_ACTION_GROUP (self->actions),
                                                  extras[i].action)) {
      append (section, _ (extras[i].label), action, extras[i].target);
    }
  }
  append_section (menu, section);
}

static GtkPopover *
ensure_popover (RpEditor *self)
{
  if (self->menu == NULL) {
    self->menu = GTK_POPOVER (gtk_popover_menu_new_from_model (NULL));
    gtk_popover_set_has_arrow (self->menu, FALSE);
    gtk_popover_set_position (self->menu, GTK_POS_BOTTOM);
    gtk_widget_set_halign (GTK_WIDGET (self->menu), GTK_ALIGN_START);
    gtk_widget_set_parent (GTK_WIDGET (self->menu), GTK_WIDGET (self->slot));
    g_signal_connect_object (self->menu, "closed", G_CALLBACK (rp_editor_focus), self,
                             G_CONNECT_SWAPPED);
  }

  return self->menu;
}

void
rp_editor_show_menu (RpEditor *self, JsonObject *message)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  const GdkRectangle place = {(int) rp_json_get_double (message, "x", 0),
                              (int) rp_json_get_double (message, "y", 0),
                              (int) rp_json_get_double (message, "width", 0),
                              (int) rp_json_get_double (message, "height", 0)};
  GtkPopover *popover = ensure_popover (self);

  append_spelling (self, menu, rp_json_get_string (message, "word"));
  append_edits (self, menu, rp_json_get_boolean (message, "selected", FALSE));
  append_extras (self, menu);
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (popover), G_MENU_MODEL (menu));
  gtk_popover_set_pointing_to (popover, &place);
  gtk_popover_popup (popover);
}

void
rp_editor_dispose_menu (RpEditor *self)
{
  if (self->menu != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->menu));
  self->menu = NULL;
}

/* ---- the spelling check ---- */

static void
tell_no_dictionary (RpEditor *self)
{
  g_autofree char *language = rp_languages_dup_name (rp_editor_get_language (self));
  g_autofree char *words = NULL;

  if (language == NULL)
    words =
      g_strdup (_ ("Choose the language of the article first: it says which dictionary is asked."));
  else
    words = g_strdup_printf (_ ("No dictionary for %s is installed. Your software centre has one."),
                             language);
  rp_toast_show (GTK_WIDGET (self), words, NULL);
}

/* The first word that no dictionary knows, each looked up once; as many as there are = none. */
static guint
find_wrong (RpSpeller *speller, JsonArray *words)
{
  g_autoptr (GHashTable) right = g_hash_table_new (g_str_hash, g_str_equal);
  guint count = json_array_get_length (words);

  for (guint i = 0; i < count; i++) {
    const char *word = json_array_get_string_element (words, i);

    if (!g_hash_table_contains (right, word) && !rp_speller_is_right (speller, word))
      return i;
    g_hash_table_add (right, (gpointer) word);
  }

  return count;
}

void
rp_editor_check_words (RpEditor *self, JsonObject *message)
{
  JsonArray *words = rp_json_get_array (message, "words");
  JsonObject *found;
  guint at;

  if (words == NULL)
    return;
  if (!rp_speller_has_dictionary (get_speller (self))) {
    tell_no_dictionary (self);
    return;
  }
  at = find_wrong (get_speller (self), words);
  if (at == json_array_get_length (words)) {
    rp_toast_show (GTK_WIDGET (self), _ ("No misspelt words were found."), NULL);
    return;
  }
  found = json_object_new ();
  json_object_set_int_member (found, "at", at);
  rp_editor_ask (self, "showWord", found);
}

void
rp_editor_learn_word (RpEditor *self, const char *word)
{
  rp_speller_learn (get_speller (self), word);
  rp_editor_ask_with (self, "recheck", "word", word);
}
