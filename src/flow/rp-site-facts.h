/* What connectors have learned of a partner's site (where its interface is, what it can take), lent
 * from one delivery to the next so that a fan-out asks for it once. Only the members that a
 * connector names as site_facts; only while deliveries arrive, for five minutes at most, and not
 * when the partner's settings have changed. Sender's thread. */
#pragma once

#include "rp-connector.h"
#include "rp-partner.h"

G_BEGIN_DECLS

typedef struct _RpSiteFacts RpSiteFacts;

RpSiteFacts *rp_site_facts_new (void);
void rp_site_facts_free (RpSiteFacts *facts);
/* Adds what is known to the memory of a delivery, where that says nothing itself. */
void rp_site_facts_lend (RpSiteFacts *facts,
                         const RpConnector *connector,
                         RpPartner *partner,
                         JsonObject *memory);
/* After a delivery that has arrived. */
void rp_site_facts_keep (RpSiteFacts *facts,
                         const RpConnector *connector,
                         RpPartner *partner,
                         JsonObject *memory);
/* After one that has not. */
void rp_site_facts_forget (RpSiteFacts *facts, RpPartner *partner);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpSiteFacts, rp_site_facts_free)

G_END_DECLS
