/* Addresses of pictures in a page: on the web, and as reprint-media:SHA256 for those that the
 * library has. Any thread. */
#pragma once

#include "rp-article.h"

G_BEGIN_DECLS

#define RP_WEB_SCHEME "reprint-media"

/* Of the article's pictures, to the library and back to the web. Give. */
char *rp_web_localise (const char *html, RpArticle *article);
char *rp_web_globalise (const char *html, RpArticle *article);

G_END_DECLS
