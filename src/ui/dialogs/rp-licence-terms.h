/* Every term that a licence states, in words. Main thread. */
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define RP_TYPE_LICENCE_TERMS (rp_licence_terms_get_type ())
G_DECLARE_FINAL_TYPE (RpLicenceTerms, rp_licence_terms, RP, LICENCE_TERMS, AdwBin)

void rp_licence_terms_show (RpLicenceTerms *self, JsonObject *profile);
/* The same in a window of its own. */
void rp_licence_terms_present (GtkWindow *parent, const char *title, JsonObject *profile);

G_END_DECLS
