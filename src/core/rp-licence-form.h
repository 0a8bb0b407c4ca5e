/* The forms in which a licence comes and goes: our own profile, ODRL, RSL, TDMRep, ccREL,
 * schema.org. One table in the .c file, a line for each; a form's reader and writer live in a file
 * of their own. Any thread, no state. */
#pragma once

#include "rp-licence.h"

G_BEGIN_DECLS

typedef struct {
  const char *id;    /* "odrl" */
  const char *title; /* N_("ODRL or RightsML policy") */
  /* Whether the text is of this form; the first of the table that says yes reads it. NULL = this
   * form is only written. */
  gboolean (*matches) (const char *text);
  RpLicence *(*read) (const char *text, GError **error); /* gives */
  char *(*write) (RpLicence *licence, GError **error);   /* gives; NULL = it is only read */
} RpLicenceForm;

/* In the order in which they are tried; `out_n` is how many. Lends. */
const RpLicenceForm *rp_licence_form_list (guint *out_n);
/* Finds out the form by the text itself. Gives; RP_ERROR_UNSUPPORTED when it is none of them. */
RpLicence *rp_licence_form_read (const char *text, GError **error);
/* `form_id` NULL = "profile". Gives; RP_ERROR_UNSUPPORTED when there is no such form. */
char *rp_licence_form_write (RpLicence *licence, const char *form_id, GError **error);

G_END_DECLS
