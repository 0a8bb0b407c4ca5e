/* Every term of a licence that has no row of its own in the dialog, to be seen and changed, in
 * groups that open on demand. Only what was touched is written back. Signal: "changed" ().
 * Main thread. */
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define RP_TYPE_TERMS_FORM (rp_terms_form_get_type ())
G_DECLARE_FINAL_TYPE (RpTermsForm, rp_terms_form, RP, TERMS_FORM, AdwPreferencesGroup)

void rp_terms_form_fill (RpTermsForm *self, JsonObject *profile);
/* Writes what was touched. Rows that cannot be understood are marked, and left out; the error is
 * that of the first. */
gboolean rp_terms_form_write (RpTermsForm *self, JsonObject *profile, GError **error);
/* Opens the group of the first marked row, and goes there. */
void rp_terms_form_reveal_error (RpTermsForm *self);

G_END_DECLS
