/* The forms of rp-licence-form.c that are written in files of their own. Only rp-licence-form*.c
 * include this. */
#pragma once

#include "rp-licence-form.h"

G_BEGIN_DECLS

gboolean rp_licence_form_is_tdmrep (const char *text);
RpLicence *rp_licence_form_read_tdmrep (const char *text, GError **error);
char *rp_licence_form_write_tdmrep (RpLicence *licence, GError **error);

gboolean rp_licence_form_is_ccrel (const char *text);
RpLicence *rp_licence_form_read_ccrel (const char *text, GError **error);
char *rp_licence_form_write_ccrel (RpLicence *licence, GError **error);

gboolean rp_licence_form_is_schema (const char *text);
RpLicence *rp_licence_form_read_schema (const char *text, GError **error);
char *rp_licence_form_write_schema (RpLicence *licence, GError **error);

/* "CC-BY-SA-3.0-DE" and the canonical address of a Creative Commons licence by either. Each gives;
 * FALSE when it is none. */
gboolean rp_licence_form_name_commons (const char *spdx_or_url, char **out_spdx, char **out_url);
/* A profile with an id and a name; `permission` as in the profile. Gives. */
JsonObject *
rp_licence_form_new_profile (const char *whose, const char *kind, const char *permission);
/* Names the licence in the profile: by its address, and by SPDX id when it is a public one, which
 * then permits. */
void rp_licence_form_set_address (JsonObject *profile, const char *url);

G_END_DECLS
