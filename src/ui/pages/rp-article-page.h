/* One article: Edit, Preview, Compare and History with the header above and the inspector beside.
 * Main thread.
 *
 * Signals: "back" () the person wants the list again; "archived" (char *id) it has left the desk;
 * "reviewed" () its licence was confirmed; "restored" (char *id) what was typed before a crash is
 * in the library again. */
#pragma once

#include <adwaita.h>

#include "rp-editor.h"
#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_ARTICLE_PAGE (rp_article_page_get_type ())
G_DECLARE_FINAL_TYPE (RpArticlePage, rp_article_page, RP, ARTICLE_PAGE, AdwBin)

GtkWidget *rp_article_page_new (RpWorkspace *workspace);
/* Adds what it can do to the window's actions: publish, schedule, archive … */
void rp_article_page_add_actions (RpArticlePage *self, GActionMap *map);
/* Shows another article, NULL = none; what was typed into the one before is saved first. */
void rp_article_page_set_article_id (RpArticlePage *self, const char *article_id);
const char *rp_article_page_get_article_id (RpArticlePage *self); /* lends, NULL */
/* The window's width decides what is shown beside the article and in its header. `folded`: the list
 * is not beside it. */
void rp_article_page_set_width (RpArticlePage *self, int width);
void rp_article_page_set_folded (RpArticlePage *self, gboolean folded);
void rp_article_page_focus (RpArticlePage *self);
/* FALSE when the caret is there already or the inspector is hidden. */
gboolean rp_article_page_focus_inspector (RpArticlePage *self);
/* Takes back what was typed before a crash; once, when the window listens. */
void rp_article_page_restore (RpArticlePage *self);
RpEditor *rp_article_page_get_editor (RpArticlePage *self); /* lends */
/* Everything that was typed is in the library when this comes back. */
void
rp_article_page_flush_async (RpArticlePage *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean rp_article_page_flush_finish (RpArticlePage *self, GAsyncResult *result, GError **error);

G_END_DECLS
