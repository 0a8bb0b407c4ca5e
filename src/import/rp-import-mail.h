/* One mail to articles: its own text, or the documents that came with it. Any thread. */
#pragma once

#include "rp-importer.h"

G_BEGIN_DECLS

/* `message` is the mail within `source` (all of it, or one of a mailbox). FALSE with an error when
 * there is no article in it; `out_enough` (optional) tells that the sink wants no more. */
gboolean rp_mail_import (const RpSource *source,
                         GBytes *message,
                         RpImportSink *sink,
                         gboolean *out_enough,
                         GError **error);

G_END_DECLS
