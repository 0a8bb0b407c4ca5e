/* What the application and its library share. Only rp-application*.c include this. */
#pragma once

#include "rp-application.h"
#include "rp-background.h"
#include "rp-drain.h"
#include "rp-notices.h"
#include "rp-search-provider.h"
#include "rp-workspace.h"

G_BEGIN_DECLS

struct _RpApplication {
  AdwApplication parent_instance;

  char *library;            /* owned, NULL = the default one */
  gboolean named;           /* the library was named for this run */
  RpWorkspace *workspace;   /* owned, NULL until it is open */
  RpBackground *background; /* owned, NULL until the workspace is open */
  RpDrain *drain;           /* owned, NULL until the workspace is open */
  RpNotices *notices;       /* owned, NULL until the workspace is open */
  RpSearchProvider *search; /* owned, NULL without a bus */
  gboolean start_hidden;    /* --background, until it has been obeyed */
  gboolean hidden;          /* it only delivers: nobody has asked for a window */
  GPtrArray *waiting;       /* owned, of GFile: to be imported when it is open */
  GPtrArray *wishes;        /* owned, of Wish: actions to be done when it is open */
  gboolean opening;
  gboolean reopening; /* with another library, when the window is closed */
  gboolean sample;    /* set up the sample desk when it is open */
};

/* ---- rp-application.c ---- */
void rp_application_show_window (RpApplication *self); /* opens the library when it has to */
void rp_application_grant_wishes (RpApplication *self);

/* ---- rp-application-library.c: which library, opening it, and another one ---- */
void rp_application_read_library (RpApplication *self); /* the one of the settings */
void rp_application_open_library (RpApplication *self);
void rp_application_close_library (RpApplication *self);
/* Asks for another one, a shared desk first of all when that was asked for. `parent` may be NULL.
 */
void rp_application_choose_library (RpApplication *self, GtkWindow *parent, gboolean shared);
void rp_application_window_removed_cb (RpApplication *self);

G_END_DECLS
