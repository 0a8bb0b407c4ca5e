/* RSL (Really Simple Licensing) 1.0, and its drafts when reading. It speaks of use by machines and
 * of payment; nothing follows from it for people who republish. Any thread, no state. */
#pragma once

#include "rp-licence.h"

G_BEGIN_DECLS

/* `content_url` is what the terms govern, NULL = all of the site. Gives; NULL when the licence says
 * nothing about machines: silence is no permission, and a document without rules would grant all.
 */
char *rp_licence_to_rsl (RpLicence *licence, const char *content_url);
/* Of several licences (alternatives) a use counts as denied unless one of them permits it without
 * payment. Gives. */
RpLicence *rp_licence_new_from_rsl (const char *text, GError **error);

G_END_DECLS
