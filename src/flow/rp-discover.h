/* Discovery: what the site at an address speaks, so that an editor pastes it and is asked only for
 * what cannot be found out. Link headers, link elements, discovery documents and well-known
 * addresses are read; nothing is sent there and no sign-in is tried. Main thread. */
#pragma once

#include "rp-dispatch.h"

G_BEGIN_DECLS

typedef struct {
  char *connector;      /* id */
  char *title;          /* of the connector, translated */
  char *site;           /* what the site calls itself; NULL = it does not say */
  guint certainty;      /* 1 could be, 2 it says so, 3 its programming interface has answered */
  JsonObject *settings; /* found out: "url" … */
  GPtrArray *needs;     /* of char *: keys of settings that a person must give */
} RpDiscovery;

void rp_discovery_free (RpDiscovery *discovery);
JsonObject *rp_discovery_to_json (const RpDiscovery *discovery); /* cli.md "discover"; gives */

/* `address` as people type it ("herald.example"). The best first; an empty array when nothing is
 * known there. An address that cannot be reached at all is an error. Gives an array of RpDiscovery.
 */
void rp_discover_async (RpWorkspace *workspace,
                        const char *address,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
GPtrArray *rp_discover_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error);

G_END_DECLS
