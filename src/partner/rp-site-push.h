/* Receives ninjs as Superdesk pushes it. Main thread. */
#pragma once

#include "rp-site-answer.h"

G_BEGIN_DECLS

void rp_site_push_item (RpSite *site, SoupServerMessage *message);
/* GET asks whether the picture is there, POST brings it. `id` is NULL for a POST. */
void rp_site_push_binary (RpSite *site, SoupServerMessage *message, const char *id);

G_END_DECLS
