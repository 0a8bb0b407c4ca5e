/* What licences ask about a site, as the dialog shows it: the properties of a partner by the names
 * of their widgets. Main thread. */
#pragma once

#include "rp-partner.h"

G_BEGIN_DECLS

/* A switch: its widget has the property's name, or "channel_" and the channel's. */
typedef struct {
  const char *name;
  gboolean fallback; /* what is meant when it was never said */
} RpPartnerTruth;

#define RP_PARTNER_N_TRUTHS 6
#define RP_PARTNER_N_CHANNELS 5

extern const RpPartnerTruth rp_partner_truths[RP_PARTNER_N_TRUTHS];
extern const char *const rp_partner_channels[RP_PARTNER_N_CHANNELS];
extern const char *const rp_partner_ads[]; /* NULL-terminated */

typedef struct {
  gboolean truths[RP_PARTNER_N_TRUTHS];
  gboolean channels[RP_PARTNER_N_CHANNELS];
  guint ads;
  char *territories; /* owned, "DE, FR" */
} RpPartnerAbout;

void rp_partner_about_read (RpPartnerAbout *about, RpPartner *partner);
/* Other properties stay as they are. */
void rp_partner_about_write (const RpPartnerAbout *about, RpPartner *partner);
void rp_partner_about_clear (RpPartnerAbout *about);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RpPartnerAbout, rp_partner_about_clear)

G_END_DECLS
