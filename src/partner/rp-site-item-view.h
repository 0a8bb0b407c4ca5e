/* The facts of an item as the pages and the feed show them. Main thread. */
#pragma once

#include "rp-site.h"

G_BEGIN_DECLS

const char *
rp_site_item_get (const RpSiteItem *item, const char *member);  /* lends, NULL = absent */
const char *rp_site_item_get_headline (const RpSiteItem *item); /* never NULL */
char *rp_site_item_dup_original (const RpSiteItem *item); /* address of the original; gives, NULL */
char *rp_site_item_dup_licence (const RpSiteItem *item);  /* address of the licence; gives, NULL */
char *rp_site_item_dup_source (const RpSiteItem *item);   /* its name; gives, NULL */
char *rp_site_item_dup_body (RpSite *site, const RpSiteItem *item); /* cleaned HTML; gives */
/* Pictures as ninjs items, the featured one first: new array of JsonObject, lends them. Gives. */
GPtrArray *rp_site_item_list_pictures (const RpSiteItem *item);
char *rp_site_dup_picture_url (RpSite *site, JsonObject *picture); /* gives, NULL = none */
JsonObject *rp_site_item_build_jsonld (RpSite *site, const RpSiteItem *item); /* gives */

G_END_DECLS
