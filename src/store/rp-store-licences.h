/* The desk's own licences, every version of them, and the rules that attach them. Built-in licences
 * are not here but in data/licences. */
#pragma once

#include "rp-licence-record.h"
#include "rp-store.h"

G_BEGIN_DECLS

/* Adds it as the next version; the licence given back carries that version. Gives. */
RpLicence *rp_store_save_licence (RpStore *store, RpLicence *licence, gint64 now, GError **error);
/* A new version that says "removed"; the earlier ones stay for the proof. */
gboolean rp_store_remove_licence (RpStore *store, const char *id, gint64 now, GError **error);
GPtrArray *
rp_store_list_licences (RpStore *store, GError **error); /* of RpLicence, newest versions; gives */
/* Every version, newest first. Gives an array of RpLicenceVersion. */
GPtrArray *rp_store_list_licence_versions (RpStore *store, const char *id, GError **error);
gboolean rp_store_set_licence_rule (RpStore *store,
                                    const char *pattern,
                                    const char *licence_id,
                                    GError **error);
/* pattern -> licence id, of char *. Gives. */
GHashTable *rp_store_list_licence_rules (RpStore *store, GError **error);

G_END_DECLS
