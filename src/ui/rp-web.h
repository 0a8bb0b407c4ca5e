/* Web views that show articles: no network, no scripts of the page, pictures only from the library
 * by the scheme reprint-media:SHA256. Links open in the browser. Main thread. */
#pragma once

#include <webkit/webkit.h>

#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_WEB_WORLD "reprint" /* where our own scripts run, apart from those of the page */

/* A view for reading: nothing runs in it. With `manager` our own scripts run, in their world. */
GtkWidget *rp_web_view_new (RpWorkspace *workspace, WebKitUserContentManager *manager);
/* Addresses of pictures that the library has become reprint-media:, and back. Give. */
char *rp_web_localise (const char *html, RpArticle *article);
char *rp_web_globalise (const char *html, RpArticle *article);

G_END_DECLS
