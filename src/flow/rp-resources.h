/* Files that come with the program: built-in licences, samples. Found beside an uninstalled build
 * by REPRINT_DATA_DIR, else in the installed data folder. Any thread; only flow includes this. */
#pragma once

#include "rp-http.h"
#include "rp-licence-book.h"

G_BEGIN_DECLS

char *rp_resources_dup_path (const char *name); /* "licences", "sample/…"; gives */
/* A program of ours: named by the environment (REPRINT_PARTNER_PROGRAM for "reprint-partner"),
 * beside this one, or where it is installed. NULL = not there. Gives. */
char *rp_resources_find_program (const char *name);
gboolean rp_resources_load_licences (RpLicenceBook *book, GError **error);
/* What the environment says: REPRINT_TRUST names a PEM file of authorities to trust, for partners
 * with a certificate authority of their own; REPRINT_TIMEOUT is how many seconds (1 to 3600, else
 * 30) a server may be silent. */
gboolean rp_resources_set_up_http (RpHttp *http, GError **error);

G_END_DECLS
