/* The rich text editor: one document of headline, standfirst, byline, text and the locked credit
 * line, with its toolbar, and the same text as HTML source. It tells every change at once as a
 * draft; keeping it is its owner's work. Undo goes through all of it, field by field and source,
 * in the order in which it was typed. Main thread.
 *
 * Signals: "drafted" (RpDraft *) after every change, "left" () when the caret leaves.
 * Properties: "can-edit" (boolean), "can-format" (boolean: the caret is in the text). */
#pragma once

#include <adwaita.h>

#include "rp-draft.h"
#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_EDITOR (rp_editor_get_type ())
G_DECLARE_FINAL_TYPE (RpEditor, rp_editor, RP, EDITOR, AdwBin)

void rp_editor_set_workspace (RpEditor *self, RpWorkspace *workspace);
/* Shows an article; NULL empties the page. What `changes` leaves out is locked: the headline, or
 * the text. */
void rp_editor_set_article (RpEditor *self, RpArticle *article, RpChange changes);
/* The actions of the toolbar ("bold", "undo" …), to be inserted as "editor". Lends. */
GActionGroup *rp_editor_get_actions (RpEditor *self);
void rp_editor_set_show_source (RpEditor *self, gboolean show);
gboolean rp_editor_get_show_source (RpEditor *self);
/* The article as it is in the library by now; what is shown stays as it is. */
void rp_editor_note_saved (RpEditor *self, RpArticle *article);
void rp_editor_find (RpEditor *self, gboolean replace);
/* Whether pictures that are dropped there, in the coordinates of `from`, belong into the text. */
gboolean rp_editor_takes_pictures (RpEditor *self, GtkWidget *from, double x, double y);
/* Puts pictures (RpPictureIn, the first one last; emptied) where they were dropped; `from` NULL is
 * at the caret. */
void
rp_editor_put_pictures (RpEditor *self, GPtrArray *pictures, GtkWidget *from, double x, double y);
/* Moves a picture to that place in the article's list, and the figures of the text with it; one
 * step of undo. Nothing while the text is locked. */
void rp_editor_move_picture (RpEditor *self, const char *url, guint to);
void rp_editor_focus (RpEditor *self);
/* How far down the page of an article is, in pixels; set, it goes there when it shows it next. */
double rp_editor_get_place (RpEditor *self, const char *article_id);
void rp_editor_set_place (RpEditor *self, const char *article_id, double place);
/* In a narrow window, lists, strikethrough and the word count leave the toolbar. */
void rp_editor_set_compact (RpEditor *self, gboolean compact);

G_END_DECLS
