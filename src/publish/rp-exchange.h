/* One errand at a partner: what is to be done, what came of it, and the small things that
 * connectors share. Sender's thread, one owner. */
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

typedef struct _RpExchange RpExchange;
struct _RpExchange {
  /* what is to be done; borrowed */
  RpArticle *article;
  RpPartner *partner;
  RpDelivery *delivery;     /* action, status, live_at, marker, version; the step changes memory,
                               remote_id,     public_url */
  const RpReceipt *receipt; /* what the partner has already; NULL = nothing */
  gboolean uncertain;       /* an earlier try may have arrived: look it up before creating */
  gint64 since;             /* when the first of those was queued; 0 = this is the only one */
  gint64 now;
  /* helpers of the courier's owner; each may be called from a step */
  char *(*dup_secret) (RpExchange *exchange, const char *key); /* gives, NULL = not set */
  /* in the form `rendition`, or in the connector's own when that is NULL */
  GBytes *(*render) (RpExchange *exchange, const char *const *media_urls, GError **error);
  gboolean (*add_media) (RpExchange *exchange,
                         RpMedia *media,
                         RpBody *body,
                         GError **error); /* adds the picture, read from disk while it is sent */
  gpointer user_data;
  const char *rendition; /* static; see render */
  /* what the step says */
  RpRequest *request;  /* owned; set when it returns SEND */
  gint64 wait_seconds; /* with WAIT, or as the partner's Retry-After with FAILED and BUSY; -1 = not
                          said */
  gboolean taken;      /* the partner has it but is not done yet: it is asked again later */
  char *account;       /* owned: who we are there, set by a probe */
  JsonObject *learned; /* owned, set by a probe, NULL = nothing: "categories", "authors": [{"id",
                          "name"}], "limits": {"picture": bytes}, "missing": [rights in words] */
  JsonObject *found;   /* owned, set by look: see there */
  JsonArray *marked;   /* owned, set by find: see there */
  GPtrArray *remarks;  /* owned, of char *: what the person should know although it worked */
};

RpExchange *rp_exchange_new (void);
void rp_exchange_free (RpExchange *exchange);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpExchange, rp_exchange_free)
void rp_exchange_remark (RpExchange *exchange, const char *format, ...) G_GNUC_PRINTF (2, 3);
void rp_exchange_take_request (RpExchange *exchange, RpRequest *request);

/* Whether the article is to be shown later by the partner itself (status "schedule"). */
gboolean rp_exchange_is_scheduled (RpExchange *exchange);
gboolean rp_exchange_is_draft (RpExchange *exchange);
gboolean rp_exchange_is_withdrawal (RpExchange *exchange); /* or of a second copy */
/* Marks in delivery->memory. They last for one try, except those that say what is done: a crash
 * goes on from there. Other members of the memory (ids, addresses, versions) are inherited by the
 * next delivery of the article to the partner. */
#define RP_NOTE_SENT "sent"
#define RP_NOTE_PENDING "pending"       /* taken, but not done: to be asked for again */
#define RP_NOTE_UNFINDABLE "unfindable" /* whether it is there only a person can tell */
#define RP_NOTE_CONFIRMED "confirmed"   /* what was sent has been found there */
gboolean rp_exchange_has_note (RpExchange *exchange, const char *name);
void rp_exchange_note (RpExchange *exchange, const char *name);
/* The request that the delivery is about has been answered well. */
gboolean rp_exchange_is_sent (RpExchange *exchange);
void rp_exchange_set_remote (RpExchange *exchange, const char *remote_id, const char *public_url);
/* Systems that let the last writer win: whether what stands there (`theirs`, its version or time of
 * change) may be replaced. It may when it is as we left it (`ours`; NULL = not known); else the
 * first try fails with RP_ERROR_CONFLICT, and a second one by hand goes ahead. */
gboolean rp_exchange_may_replace (RpExchange *exchange,
                                  const char *ours,
                                  const char *theirs,
                                  GError **error);
/* The partner cannot be asked whether an uncertain article is there: a person has to look, and the
 * next delivery does as it is told. FALSE. */
gboolean rp_exchange_fail_to_find (RpExchange *exchange, GError **error);
/* The look-up has found it more than once: something on the way has doubled it. */
void rp_exchange_remark_twice (RpExchange *exchange, const char *other_url);
/* Before this second nothing of it can have arrived. */
gint64 rp_exchange_get_since (RpExchange *exchange);
/* For a look: the article is not there any more. */
void rp_exchange_set_gone (RpExchange *exchange);
/* For a find: this one carries our mark. */
void rp_exchange_add_marked (RpExchange *exchange, const char *remote_id, const char *public_url);
/* What the last delivery of the article left in memory, lends; NULL = nothing. */
const char *rp_exchange_get_left (RpExchange *exchange, const char *name);
/* The next picture that has not been uploaded; lends, NULL = none (and for a withdrawal). */
RpMedia *rp_exchange_next_media (RpExchange *exchange);
/* A file name that is ours alone and the same on every try: "reprint-<digest>.jpg". Gives. */
char *rp_exchange_dup_media_name (RpMedia *media);
/* Its media type, or JPEG when the source did not say; lends. */
const char *rp_exchange_get_media_type (RpMedia *media);
/* Caption with credit, as a partner shows it below the picture. Gives, NULL = neither. */
char *rp_exchange_dup_media_caption (RpMedia *media);
/* The picture on top: the one that is marked so, else the first; lends, NULL = none. */
RpMedia *rp_exchange_get_featured (RpExchange *exchange);
/* A setting that is a list with commas between, such as "categories". Gives, never NULL. */
GStrv rp_exchange_dup_list (RpExchange *exchange, const char *key);
/* Base address (with one slash at its end) and relative path. Gives. */
char *rp_exchange_dup_url (RpExchange *exchange, const char *path);

/* Uploaded pictures are remembered in delivery->memory "media": sha256 -> {"id","url"}. */
JsonObject *
rp_exchange_get_media_note (RpExchange *exchange, RpMedia *media); /* lends, NULL = not yet */
void rp_exchange_note_media (RpExchange *exchange, RpMedia *media, const char *id, const char *url);
/* Digest, address, digest, … of what was uploaded. Gives. */
GStrv rp_exchange_dup_media_urls (RpExchange *exchange);
/* Renders with the addresses of what was uploaded. Gives. */
GBytes *rp_exchange_render (RpExchange *exchange, GError **error);
/* The same as text without scripts: systems that take scripts out often leave their text behind, so
 * the machine-readable block must not go there at all. Gives. */
char *rp_exchange_render_inert (RpExchange *exchange, GError **error);
/* The same in another form than the connector's: the id of a renderer. Gives. */
GBytes *rp_exchange_render_as (RpExchange *exchange, const char *rendition, GError **error);

G_END_DECLS
