/* A partner as one article sees it: chosen or not, where the article stands there, and what can be
 * done about it. Changes in place. Signal "chosen" () when the person ticks or unticks it. Its menu
 * uses the actions "inspector.retry", "inspector.cancel-delivery", "inspector.withdraw",
 * "inspector.edit-partner" and "inspector.transcript". Main thread. */
#pragma once

#include <adwaita.h>

#include "rp-delivery.h"
#include "rp-partner.h"
#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_RECIPIENT_ROW (rp_recipient_row_get_type ())
G_DECLARE_FINAL_TYPE (RpRecipientRow, rp_recipient_row, RP, RECIPIENT_ROW, GtkListBoxRow)

/* Where an article stands with one partner. Borrowed. */
typedef struct {
  gboolean known;         /* a verdict is there */
  gboolean allowed;       /* nothing blocks */
  gboolean licensed;      /* the article has a licence */
  const char *words;      /* what the licence says to this partner, NULL = nothing yet */
  RpDelivery *delivery;   /* the last one; NULL = none */
  const char *receipt;    /* "live", "draft", "scheduled", "withdrawn", NULL = never delivered */
  JsonObject *seen;       /* the last look at its page (cli.md "verify"); NULL = none */
  const char *public_url; /* where it can be read; NULL = unknown */
} RpStanding;

GtkWidget *rp_recipient_row_new (RpPartner *partner, gboolean chosen);
RpPartner *rp_recipient_row_get_partner (RpRecipientRow *self); /* lends */
void rp_recipient_row_set_partner (RpRecipientRow *self, RpPartner *partner);
void rp_recipient_row_show (RpRecipientRow *self, const RpStanding *standing);
/* The delivery that is being sent; NULL = none. Lends. */
const char *rp_recipient_row_get_sending (RpRecipientRow *self);
/* How far it has come; NULL = it does not take long. */
void rp_recipient_row_show_upload (RpRecipientRow *self, const RpUpload *upload);
/* Ticked by the person, whether the licence allows it or not. */
gboolean rp_recipient_row_get_wanted (RpRecipientRow *self);
void rp_recipient_row_set_wanted (RpRecipientRow *self, gboolean wanted);
gboolean rp_recipient_row_get_allowed (RpRecipientRow *self);

G_END_DECLS
