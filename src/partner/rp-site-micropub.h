/* The Micropub server of the sample partner (W3C Recommendation): create, update, delete, undelete,
 * queries, and the media endpoint. Main thread. */
#pragma once

#include "rp-site-answer.h"

G_BEGIN_DECLS

void rp_site_micropub (RpSite *site, SoupServerMessage *message, GHashTable *query);
void rp_site_micropub_media (RpSite *site, SoupServerMessage *message);

G_END_DECLS
