/* Creative Commons by address or by words: the canonical address and the SPDX id. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  char *url;              /* owned: https://creativecommons.org/licenses/by/4.0/ */
  char *spdx;             /* owned: CC-BY-4.0, CC-BY-SA-3.0-DE, CC0-1.0, CC-PDM-1.0 */
  gboolean public_domain; /* CC0 or the public domain mark */
} RpCc;

/* NULL when the address is not one of a CC licence. Gives. */
RpCc *rp_cc_from_url (const char *url);
/* NULL unless the words give variant and version ("a Creative Commons licence" alone does not).
 * Gives. */
RpCc *rp_cc_from_text (const char *text);
gboolean rp_cc_is_mentioned (const char *text);
void rp_cc_free (RpCc *cc);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpCc, rp_cc_free)

G_END_DECLS
