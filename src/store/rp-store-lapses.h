/* Articles that a partner shows although the licence does not allow it any more. */
#pragma once

#include "rp-store.h"

G_BEGIN_DECLS

gboolean rp_store_note_lapse (RpStore *store,
                              const char *article_id,
                              const char *partner_id,
                              const char *reason,
                              gint64 now,
                              GError **error);
gboolean rp_store_drop_lapse (RpStore *store,
                              const char *article_id,
                              const char *partner_id,
                              GError **error);
/* Whether a partner that still shows it may not. */
gboolean rp_store_has_lapse (RpStore *store, const char *article_id, gboolean *out, GError **error);
/* Ids of the articles that some partner shows. Gives an array of char *. */
GPtrArray *rp_store_list_shown (RpStore *store, GError **error);

G_END_DECLS
