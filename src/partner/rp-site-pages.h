/* What readers and their programs see: front page, article, feed, list. Main thread; all give. */
#pragma once

#include "rp-site.h"

G_BEGIN_DECLS

char *rp_site_build_front (RpSite *site);
char *rp_site_build_article (RpSite *site, const RpSiteItem *item);
/* A page that only says something: that an article is gone, or was never there. */
char *rp_site_build_notice (RpSite *site, const char *title, const char *words);
char *rp_site_build_feed (RpSite *site);
JsonObject *rp_site_build_list (RpSite *site);

G_END_DECLS
