/* The main window's parts, for the files that make it up: rp-window.c, rp-window-actions.c (what it
 * does when told to), rp-window-drop.c (what is dropped on it) and rp-window-contents.c (what was
 * in it the last time). Main thread. */
#pragma once

#include "rp-article-page.h"
#include "rp-bulk-page.h"
#include "rp-first-run.h"
#include "rp-import-bar.h"
#include "rp-list-pane.h"
#include "rp-sidebar.h"
#include "rp-window.h"

G_BEGIN_DECLS

struct _RpWindow {
  AdwApplicationWindow parent_instance;

  GtkWidget *drop_area;
  GtkRevealer *drop_overlay;
  AdwStatusPage *drop_words;
  AdwLeaflet *outer;
  AdwLeaflet *inner;
  RpSidebar *sidebar;
  RpListPane *list;
  GtkStack *content;
  RpFirstRun *first_run;
  AdwBin *article_slot;
  AdwBin *bulk_slot;
  AdwBin *outbox_slot;
  RpImportBar *import_bar;
  RpBulkBar *bulk_bar;

  RpWorkspace *workspace;    /* owned */
  RpArticlePage *page;       /* owned by its slot */
  RpBulkPage *bulk;          /* owned by its slot */
  GCancellable *cancellable; /* owned */
  int width;
  guint fitting; /* source id */
  gboolean wide; /* the desk stands beside the list */
  gboolean setting_up;
  gboolean counted;   /* it is known whether there are articles */
  gboolean may_close; /* everything typed is kept */
  gboolean unasked;   /* and if it is not, nobody is asked */
};

/* What the content column shows: "article", "several", "nothing", "first-run" or "outbox". */
void rp_window_show_content (RpWindow *self, const char *name);
gboolean rp_window_is_showing (RpWindow *self, const char *name);
/* The article beside the list as it is; NULL = none. */
void rp_window_show_article (RpWindow *self, const char *id);
/* The article, wherever the person is: the desk becomes the inbox. */
void rp_window_open_article (RpWindow *self, const char *id);

void rp_window_install_actions (GtkWidgetClass *klass);
/* The sample can be removed while its partner is there. */
void rp_window_partners_changed_cb (RpWindow *self);

/* A drop or the clipboard has been read: what it holds is imported. Holds the window. */
void rp_window_transferred_cb (GObject *source, GAsyncResult *result, gpointer user_data);
void rp_window_take_drops (RpWindow *self);
void rp_window_dropped_on_row_cb (RpWindow *self, const char *target, GStrv ids);
void rp_window_brought_cb (RpWindow *self, RpIntake *intake, GStrv ids);

/* Size, place, article, scroll and, in a narrow window, the pane. */
void rp_window_restore (RpWindow *self);
void rp_window_keep_contents (RpWindow *self);

G_END_DECLS
