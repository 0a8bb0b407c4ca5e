/* What the parts of the editor share. Only pages/rp-editor*.c include this. */
#pragma once

#include <gtksourceview/gtksource.h>

#include "rp-editor.h"
#include "rp-find-bar.h"
#include "rp-speller.h"
#include "rp-undo.h"
#include "rp-webkit.h"

G_BEGIN_DECLS

struct _RpEditor {
  AdwBin parent_instance;

  GtkDropDown *styles;
  GtkWidget *strikethrough;
  GtkWidget *unordered;
  GtkLabel *words;
  RpFindBar *find_bar;
  GtkStack *views;
  AdwBin *slot;
  GtkSourceView *source;

  RpWorkspace *workspace;         /* not owned: outlives the window */
  WebKitWebView *view;            /* owned by the slot; NULL until an article is shown */
  GSimpleActionGroup *actions;    /* owned */
  RpArticle *article;             /* owned, NULL = none */
  RpUndo *undo;                   /* owned */
  RpSpeller *speller;             /* owned, NULL until a word is looked up in this language */
  GtkPopover *menu;               /* the slot's child, NULL until it is opened by a key */
  GHashTable *pictures;           /* owned: address -> RpMedia, put in while it is shown */
  GtkSourceSearchContext *search; /* owned, NULL until the source is searched */
  GCancellable *cancellable;      /* owned */
  char *link;                     /* owned: address of the link at the caret, "" = none */
  char *place_of;      /* owned: the article whose page is scrolled so far, NULL = none */
  double place;        /* in pixels, from the top */
  gboolean can_edit;   /* the text */
  RpChange changes;    /* what may be changed at all */
  gboolean alive;      /* a page with its scripts is there, be its article ready or not */
  gboolean written_in; /* something was changed in it */
  guint arrivals;      /* articles that were given to pages */
  gboolean ready;      /* the page has been loaded and listens */
  gboolean in_text;    /* the caret is in the text, where formats make sense */
  gboolean in_table;
  gboolean in_picture;
  gboolean filling; /* we change the widgets, not the person */
  guint source_run; /* of the undo's steps in the source */
  gint64 source_at; /* monotonic: when it was typed in last */
};

/* ---- rp-editor.c ---- */
void rp_editor_take_draft (RpEditor *self, RpDraft *draft, guint run); /* takes the draft */
void rp_editor_show_words (RpEditor *self, guint count);
void rp_editor_go (RpEditor *self, gboolean back); /* undo, redo */
/* Everything as it was typed last, from the start: the page had gone. */
void rp_editor_revive (RpEditor *self);
GtkWindow *rp_editor_get_window (RpEditor *self);

/* ---- rp-editor-actions.c: what the toolbar and the menus do ---- */
void rp_editor_add_actions (RpEditor *self);
void rp_editor_update_actions (RpEditor *self);
void rp_editor_show_style (RpEditor *self, const char *block);
void rp_editor_show_headers (RpEditor *self, gboolean row, gboolean column); /* of the table */
void rp_editor_choose_style (RpEditor *self, guint at);
void rp_editor_run_action (RpEditor *self, const char *name);

/* ---- rp-editor-view.c: the page ---- */
void rp_editor_load_page (RpEditor *self, const char *page);
void rp_editor_run_command (RpEditor *self, const char *command, const char *argument);
/* Asks the page's script; takes `argument`, NULL = nothing to say. */
void rp_editor_ask (RpEditor *self, const char *name, JsonObject *argument);
/* With one word to say, by its name. */
void rp_editor_ask_with (RpEditor *self, const char *name, const char *key, const char *word);
/* Of the article as it was written last; NULL = not known. Lends. */
const char *rp_editor_get_language (RpEditor *self);
/* Spelling and quotation marks follow the article's language and the person's settings. */
void rp_editor_apply_language (RpEditor *self);
void rp_editor_follow_settings (RpEditor *self); /* what a person sets holds at once */

/* ---- rp-editor-menu.c: the menu of the text, and its spelling check ---- */
gboolean rp_editor_context_menu_cb (WebKitWebView *view,
                                    WebKitContextMenu *menu,
                                    WebKitHitTestResult *hit,
                                    gpointer user_data);        /* user_data: the editor */
void rp_editor_show_menu (RpEditor *self, JsonObject *message); /* at the caret, as it tells */
void rp_editor_dispose_menu (RpEditor *self);
/* Leads to the first of these words that is misspelt, or says that there is none. */
void rp_editor_check_words (RpEditor *self, JsonObject *message);
void rp_editor_learn_word (RpEditor *self, const char *word);

/* ---- rp-editor-insert.c: pastes and pictures ---- */
void rp_editor_paste (RpEditor *self);
void rp_editor_paste_plain (RpEditor *self);
void rp_editor_insert_paste (RpEditor *self, JsonObject *message);
void rp_editor_choose_picture (RpEditor *self);
void rp_editor_edit_picture (RpEditor *self, JsonObject *message);

/* ---- rp-editor-pictures.c ---- */
/* New pictures that the text shows and the article does not know yet, and new words of old ones. */
void rp_editor_note_pictures (RpEditor *self, RpDraft *draft);
/* Where the pictures of the text come in another order than before, their list does. */
void rp_editor_sort_pictures (RpEditor *self, RpDraft *draft);

/* ---- rp-editor-source.c: the text as HTML ---- */
void rp_editor_fill_source (RpEditor *self);                             /* from the article */
void rp_editor_show_source_state (RpEditor *self, const RpDraft *state); /* undone, or redone */

/* ---- rp-editor-find.c ---- */
void rp_editor_connect_find (RpEditor *self);
void rp_editor_refresh_find (RpEditor *self);

G_END_DECLS
