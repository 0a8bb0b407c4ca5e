/* What the article page, its commands and its place at the desk share. Only pages/rp-article-*.c
 * include this. */
#pragma once

#include "rp-article-page.h"
#include "rp-compare.h"
#include "rp-desk-bar.h"
#include "rp-editor.h"
#include "rp-fanout-bar.h"
#include "rp-grace-bar.h"
#include "rp-history-page.h"
#include "rp-inspector.h"
#include "rp-preview.h"
#include "rp-publisher.h"
#include "rp-saver.h"

G_BEGIN_DECLS

struct _RpArticlePage {
  AdwBin parent_instance;

  GtkWidget *back;
  GtkWidget *undo;
  GtkWidget *redo;
  GtkLabel *saved;
  GtkWidget *inspector_toggle;
  AdwSplitButton *publish;
  RpDeskBar *desk_bar;
  RpFanoutBar *fanout;
  RpGraceBar *grace;
  GtkRevealer *banner;
  GtkBox *banner_box;
  GtkLabel *banner_label;
  AdwFlap *flap;
  AdwViewStack *pages;
  RpEditor *editor;
  RpPreview *preview;
  RpCompare *compare;
  RpHistoryPage *history;
  GtkWidget *clearance_bar;
  GtkImage *clearance_icon;
  GtkLabel *clearance_label;
  GtkWidget *fix_label;
  AdwBin *inspector_slot;

  RpWorkspace *workspace;    /* not owned: outlives the window */
  RpInspector *inspector;    /* owned by its slot */
  RpSaver *saver;            /* owned */
  RpPublisher *publisher;    /* owned */
  GActionMap *map;           /* not owned: the window; NULL when it is gone before the page */
  RpArticle *article;        /* owned, NULL = none */
  char *id;                  /* owned: the article that is shown or being read, NULL = none */
  char *shown;               /* owned: what stands in the editor, see dup_key () */
  GCancellable *cancellable; /* owned: of reading */
  RpArticle *began;          /* owned: as the editor shows it, without what is being typed */
  RpChange changes;          /* what may be changed in it, by its licence */
  gboolean locked;           /* nothing may: somebody else edits it, or a choice is waited for */
  int width;                 /* of the window */
};

/* Publish, schedule, withdraw, archive …: adds them to the window's actions. */
void rp_article_commands_add (RpArticlePage *self, GActionMap *map);
/* Reads the article again, after what is being typed has been kept. `forget` shows it anew even if
 * it is the same. */
void rp_article_page_reload (RpArticlePage *self, gboolean forget);
void rp_article_page_note_left (RpArticlePage *self);     /* it has been moved off the desk */
void rp_article_page_note_reviewed (RpArticlePage *self); /* its licence was confirmed */

/* Shows it: in the editor when it says something else there. */
void rp_article_page_show (RpArticlePage *self, RpArticle *article);
void rp_article_page_show_in_editor (RpArticlePage *self);

/* ---- rp-article-desk.c: others at the desk ---- */
void rp_article_desk_connect (RpArticlePage *self);
/* Somebody may have come or gone, or something was saved: the editor is locked, or free. */
void rp_article_desk_update (RpArticlePage *self);
void rp_article_desk_take_over (RpArticlePage *self);
void rp_article_desk_compare (RpArticlePage *self);
/* The article cannot be read while what was typed in another waits for a choice. */
void rp_article_desk_refused (RpArticlePage *self);

G_END_DECLS
