/* A licence as an ODRL 2.2 policy (JSON-LD), and back. Terms that ODRL has words for are written in
 * them; the whole profile goes along under our own namespace, so that nothing is lost. Read back,
 * the words of ODRL win wherever they no longer say what our copy says: somebody has edited them.
 * A policy of other origin becomes a profile that is at least as restrictive; what a profile cannot
 * express is kept whole as its member "policy" and judged from there. Any thread, no state. */
#pragma once

#include "rp-licence.h"
#include "rp-policy.h"

G_BEGIN_DECLS

JsonObject *rp_licence_to_odrl (RpLicence *licence); /* gives */
RpLicence *rp_licence_new_from_odrl (JsonObject *policy, GError **error);
/* For a table of forms: whether the text is a policy, JSON-LD or XML; reading and writing text. */
gboolean rp_licence_is_odrl (const char *text);
RpLicence *rp_licence_read_odrl (const char *text, GError **error);
char *rp_licence_write_odrl (RpLicence *licence, GError **error); /* gives */

/* The member "policy" of the profile, read; NULL when there is none. Gives a reference. */
RpPolicy *rp_licence_ref_policy (RpLicence *licence);

/* The licence's terms as a policy, without our copy of them; or the policy that was kept. Gives;
 * private to core/. */
JsonObject *rp_licence_odrl_write_policy (JsonObject *profile);
/* What the policy says in the words that a profile has: flat members ("quota.max_uses") and their
 * values. *out_complete is FALSE when it says more than that. Gives; private to core/. */
GHashTable *rp_licence_odrl_read_terms (const RpPolicy *policy, gboolean *out_complete);

G_END_DECLS
