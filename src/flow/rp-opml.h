/* OPML: the list of subscriptions that feed readers exchange. Any thread. */
#pragma once

#include <gio/gio.h>

#include "rp-subscription.h"

G_BEGIN_DECLS

/* 1.0 and 2.0, outlines in outlines, damaged files as far as they go; `out_remark` (optional,
 * gives) says what was left out, NULL = nothing. Of RpSubscription, each address once; gives. */
GPtrArray *rp_opml_read (GBytes *bytes, char **out_remark, GError **error);
/* Gives UTF-8 text. */
char *rp_opml_write (GListModel *sources, gint64 now);

G_END_DECLS
