/* A connector: one protocol, without sockets. Given the last answer it says what to send next; the
 * courier owns sockets, retries, redaction and transcripts. Everything comes in through the
 * exchange; what must survive a crash goes into delivery->memory, which is on disk before each
 * request leaves. Sender's thread; a step must not block. Add one: a file rp-connector-NAME.c that
 * ends on a descriptor rp_connector_NAME, and the word NAME in meson.build. */
#pragma once

#include "rp-article.h"
#include "rp-delivery.h"
#include "rp-http-message.h"
#include "rp-partner.h"

G_BEGIN_DECLS

typedef enum {
  RP_STEP_SEND,
  RP_STEP_WAIT,
  RP_STEP_DONE,
  RP_STEP_FAILED
} RpStep;

typedef enum {
  RP_CONNECTOR_UPDATES = 1 << 0,
  RP_CONNECTOR_WITHDRAWS = 1 << 1,
  RP_CONNECTOR_SCHEDULES = 1 << 2,
  RP_CONNECTOR_MEDIA = 1 << 3,
  RP_CONNECTOR_DRAFTS = 1 << 4,
  RP_CONNECTOR_CANONICAL = 1 << 5, /* the partner's page names the original as canonical */
} RpConnectorFlags;

typedef enum {
  RP_SETTING_TEXT,
  RP_SETTING_ADDRESS,
  RP_SETTING_CHOICE,
  RP_SETTING_SECRET
} RpSettingKind;

typedef struct {
  const char *key;   /* "url" */
  const char *label; /* N_("Site Address") */
  const char *hint;  /* N_() one sentence; NULL = none */
  RpSettingKind kind;
  gboolean required;
  const char *fallback;             /* value when nothing is set; NULL = none */
  const char *const *choices;       /* values, NULL-terminated; for CHOICE */
  const char *const *choice_labels; /* N_() words for them */
} RpSetting;

typedef struct _RpExchange RpExchange;
struct _RpExchange {
  /* what is to be done; borrowed */
  RpArticle *article;
  RpPartner *partner;
  RpDelivery
    *delivery; /* action, status, marker, version; the step changes memory, remote_id, public_url */
  const RpReceipt *receipt; /* what the partner has already; NULL = nothing */
  gboolean uncertain;       /* an earlier try may have arrived: look it up before creating */
  gint64 now;
  /* helpers of the courier's owner; each may be called from a step */
  char *(*dup_secret) (RpExchange *exchange, const char *key); /* gives, NULL = not set */
  GBytes *(*render) (RpExchange *exchange, const char *const *media_urls, GError **error);
  GBytes *(*get_media) (RpExchange *exchange,
                        RpMedia *media,
                        GError **error); /* the picture's bytes, gives */
  gpointer user_data;
  /* what the step says */
  RpRequest *request;  /* owned; set when it returns SEND */
  gint64 wait_seconds; /* with WAIT, or as the partner's Retry-After with FAILED and BUSY; -1 = not
                          said */
  char *account;       /* owned: who we are there, set by a probe */
  GPtrArray *remarks;  /* owned, of char *: what the person should know although it worked */
};

typedef struct {
  const char *id, *title; /* "wordpress", N_("WordPress") */
  const char *summary;    /* N_() one sentence for the list of kinds */
  const char *rendition;  /* id of a renderer */
  RpConnectorFlags flags;
  const RpSetting *settings; /* ends on a row without key */
  RpStep (*step) (RpExchange *exchange, const RpResponse *last, GError **error);
  /* The same for a test of the connection: changes nothing at the partner; may set partner
   * settings. */
  RpStep (*probe) (RpExchange *exchange, const RpResponse *last, GError **error);
} RpConnector;

extern const RpConnector *const rp_connectors[]; /* NULL-terminated, made by meson.build */

const RpConnector *
rp_connector_find (const char *id, GError **error); /* lends; RP_ERROR_UNSUPPORTED */
/* Checks required settings and address forms; the error names the field. */
gboolean
rp_connector_check_settings (const RpConnector *connector, RpPartner *partner, GError **error);

RpExchange *rp_exchange_new (void);
void rp_exchange_free (RpExchange *exchange);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpExchange, rp_exchange_free)
void rp_exchange_remark (RpExchange *exchange, const char *format, ...) G_GNUC_PRINTF (2, 3);
void rp_exchange_take_request (RpExchange *exchange, RpRequest *request);

/* Uploaded pictures are remembered in delivery->memory "media": sha256 -> {"id","url"}. */
JsonObject *
rp_exchange_get_media_note (RpExchange *exchange, RpMedia *media); /* lends, NULL = not yet */
void rp_exchange_note_media (RpExchange *exchange, RpMedia *media, const char *id, const char *url);
/* Renders with the addresses of what was uploaded. Gives. */
GBytes *rp_exchange_render (RpExchange *exchange, GError **error);

G_END_DECLS
