/* A connector: one protocol, without sockets. Given the last answer it says what to send next; the
 * courier owns sockets, retries, redaction and transcripts. Everything comes in through the
 * exchange; what must survive a crash goes into delivery->memory, which is on disk before each
 * request leaves. Sender's thread; a step must not block. Add one: a file rp-connector-NAME.c that
 * ends on a descriptor rp_connector_NAME, and the word NAME in meson.build. */
#pragma once

#include "rp-exchange.h"

G_BEGIN_DECLS

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
  RP_SETTING_SECRET,
  RP_SETTING_FLAG,    /* "yes" or "no" */
  RP_SETTING_LEARNED, /* one of those that the partner told when it was tested; or free text */
  RP_SETTING_PAPER,   /* text of several lines: a template */
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
  const char *learned; /* for LEARNED: the member of partner "learned": "categories", "authors" */
  const char
    *made_at; /* of a SECRET: where the person makes it, relative to "url"; NULL = not known */
} RpSetting;

/* What the partner's system is known to take; 0 or NULL = not known. Told before anything is sent.
 */
typedef struct {
  guint headline, summary, alt, caption, tags; /* characters; tags: how many */
  goffset picture;                             /* bytes */
  const char *const *picture_types;            /* media types, NULL-terminated */
  const char *const *notes; /* N_() sentences that always hold, NULL-terminated */
} RpLimits;

/* What an address seems to be; filled by recognise. */
typedef struct {
  JsonObject *settings; /* owned: "url" and whatever else was learned on the way */
  char *title;          /* owned: the site's name, NULL = not said */
  guint certainty;      /* 0 = no, 1 = could be, 2 = it says so, 3 = its programming interface has
                           answered */
} RpSighting;

typedef struct {
  const char *id, *title; /* "wordpress", N_("WordPress") */
  const char *summary;    /* N_() one sentence for the list of kinds */
  const char *rendition;  /* id of a renderer */
  RpConnectorFlags flags;
  const RpSetting *settings; /* ends on a row without key */
  const RpLimits *limits;    /* NULL = none known */
  guint at_once;             /* deliveries at the same time; 0 = one after the other */
  /* Members of a delivery's memory that are true of the site and not of the article ("api"):
   * NULL-terminated, NULL = none. What one delivery has learned is lent to the next. */
  const char *const *site_facts;
  RpStep (*step) (RpExchange *exchange, const RpResponse *last, GError **error);
  /* The same for a test of the connection: changes nothing at the partner; may set partner
   * settings. */
  RpStep (*probe) (RpExchange *exchange, const RpResponse *last, GError **error);
  /* Reads the article back (delivery->remote_id) and sets exchange->found: {"state": "live",
   * "draft", "scheduled" or "gone", "url", "title", "html", "canonical", "licence", "tags": [...],
   * "changed"}; members that the protocol cannot tell are left out. NULL = cannot be asked. */
  RpStep (*look) (RpExchange *exchange, const RpResponse *last, GError **error);
  /* Asks once what the partner has that carries our mark (delivery->marker), which nobody else
   * writes, and sets exchange->marked: [{"id", "url"}]. An item of which only a headline fits is
   * none of them. Changes nothing there; asked by the first look after a create, because a network
   * that doubles a request makes a second article where a create has no key. What is not
   * delivery->remote_id is then withdrawn by a delivery of its own, with that id. NULL = a create
   * sent twice makes one article, or the partner cannot be asked. */
  RpStep (*find) (RpExchange *exchange, const RpResponse *last, GError **error);
  /* Discovery: paths that are worth asking, relative to the site's root ("wp-json/"),
   * NULL-terminated or NULL; and what an answer says, from one of them, from the site's page or
   * from an address that the page links to. FALSE = nothing. Pure; any thread. */
  const char *const *well_known;
  gboolean (*recognise) (const RpResponse *response, RpSighting *sighting);
} RpConnector;

/* The setting "status" of partners that know drafts: how articles arrive there. */
extern const char *const rp_connector_statuses[];
extern const char *const rp_connector_status_labels[];
#define RP_CONNECTOR_STATUS_SETTING                                                                \
  {                                                                                                \
    .key = "status", .label = N_ ("Articles Arrive As"), .kind = RP_SETTING_CHOICE,                \
    .fallback = "publish", .choices = rp_connector_statuses,                                       \
    .choice_labels = rp_connector_status_labels                                                    \
  }

extern const RpConnector *const rp_connectors[]; /* NULL-terminated, made by meson.build */

const RpConnector *
rp_connector_find (const char *id, GError **error); /* lends; RP_ERROR_UNSUPPORTED */
/* Checks required settings and address forms; the error names the field. */
gboolean
rp_connector_check_settings (const RpConnector *connector, RpPartner *partner, GError **error);

G_END_DECLS
