/* Signing in to a WebDAV folder, testing it, knowing one: private to its connector. */
#pragma once

#include "rp-connector.h"

G_BEGIN_DECLS

/* Adds name and password to what the step is about to send; gives the step back. */
RpStep rp_webdav_sign_in (RpExchange *exchange, RpStep next);
RpStep rp_webdav_probe (RpExchange *exchange, const RpResponse *last, GError **error);
gboolean rp_webdav_recognise (const RpResponse *response, RpSighting *sighting);

G_END_DECLS
