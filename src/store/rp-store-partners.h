/* The partners table. Secrets are never here. */
#pragma once

#include "rp-partner.h"
#include "rp-store.h"

G_BEGIN_DECLS

gboolean rp_store_save_partner (RpStore *store, RpPartner *partner, gint64 now, GError **error);
/* Refused while deliveries to it are open. */
gboolean rp_store_remove_partner (RpStore *store, const char *id, GError **error);
RpPartner *rp_store_get_partner (RpStore *store, const char *id, GError **error); /* gives */
/* The kind of site alone, without reading all that is known of the partner; NULL = no such partner.
 * Gives. */
char *rp_store_dup_connector (RpStore *store, const char *id);
GPtrArray *
rp_store_list_partners (RpStore *store, GError **error); /* of RpPartner, by name; gives */

G_END_DECLS
