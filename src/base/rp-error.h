/* Error codes of the whole program. Codes are for programs, messages are for people: a full
 * phrase that says what, why and what to do, without a newline. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RP_ERROR (rp_error_quark ())

typedef enum {
  RP_ERROR_FAILED,          /* nothing more exact is known */
  RP_ERROR_INVALID,         /* an argument or setting that cannot be used */
  RP_ERROR_UNREADABLE,      /* the bytes are not what they claim to be */
  RP_ERROR_UNSUPPORTED,     /* no importer, connector or renderer for this */
  RP_ERROR_TOO_LARGE,       /* over a limit */
  RP_ERROR_NOT_FOUND,       /* no such article, licence, partner, delivery, address */
  RP_ERROR_DENIED,          /* the licence does not allow it */
  RP_ERROR_STORAGE,         /* the library could not be read or written */
  RP_ERROR_UNREACHABLE,     /* nothing was sent: no network, no such host, TLS refused */
  RP_ERROR_REFUSED,         /* the partner said no for good */
  RP_ERROR_BUSY,            /* the partner asks to come back later */
  RP_ERROR_CREDENTIALS,     /* the partner wants another password, key or account */
  RP_ERROR_UNKNOWN_OUTCOME, /* it was sent, whether it arrived is not known */
  RP_ERROR_CONFLICT,        /* somebody else changed it in the meantime */
} RpError;

GQuark rp_error_quark (void);

G_END_DECLS
