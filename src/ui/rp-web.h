/* Web views that show articles: no network, no scripts of the page, pictures only from the library
 * by the scheme reprint-media:SHA256. Links open in the browser. Main thread. */
#pragma once

#include "rp-webkit.h"
#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_WEB_WORLD "reprint" /* where our own scripts run, apart from those of the page */

/* A view for reading: nothing of the page runs in it. With `manager` our own scripts run, in their
 * world. Where there is no WebKit, a widget that says so; the other calls then do nothing. */
GtkWidget *rp_web_view_new (RpWorkspace *workspace, WebKitUserContentManager *manager);
void rp_web_view_show (GtkWidget *view, const char *page);
void rp_web_view_run (GtkWidget *view, const char *script);

G_END_DECLS
