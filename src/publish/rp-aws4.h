/* AWS Signature Version 4 for requests to S3, as many kinds of storage want it. Any thread. */
#pragma once

#include "rp-http-message.h"

G_BEGIN_DECLS

typedef struct {
  const char *access_key;
  const char *secret_key;
  const char *region;
  gint64 now; /* by the server's clock; more than 15 minutes off is refused there */
} RpAws4;

/* Signs what the request is by now: address, method and body. The address's query must be sorted
 * and escaped already. FALSE when the body cannot be read. */
gboolean rp_aws4_sign (const RpAws4 *signer, RpRequest *request, GError **error);

G_END_DECLS
