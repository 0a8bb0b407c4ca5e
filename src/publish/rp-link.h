/* Links that an answer states about itself: in the header Link (RFC 8288) and in the link elements
 * of a page. How connectors find a site's programming interface. Any thread, no state. */
#pragma once

#include "rp-http-message.h"

G_BEGIN_DECLS

/* The first target of that relation, absolute. Gives; NULL = none. */
char *rp_link_find (const RpResponse *response, const char *rel);

G_END_DECLS
