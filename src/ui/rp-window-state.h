/* The size of the main window from one time to the next. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void rp_window_state_keep (GtkWindow *window);
void rp_window_state_restore (GtkWindow *window);

/* What was in the window besides its size; without settings everything is as at first. */
typedef struct {
  char *place;   /* owned: as rp_sidebar_choose takes it */
  char *article; /* owned, NULL = none */
  char *pane;    /* owned: "desk", "list" or "content"; what a narrow window shows */
  double scroll; /* of the list */
  double article_scroll;
} RpWindowContents;

void rp_window_contents_clear (RpWindowContents *contents);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RpWindowContents, rp_window_contents_clear)

void rp_window_state_read (RpWindowContents *out);
/* The place is kept when it is chosen. */
void rp_window_state_write (const RpWindowContents *contents);

G_END_DECLS
