/* Articles as files below an address, as WebDAV folders and S3 buckets hold them: which path an
 * article has, what lies beside it, and what a page that is there tells. Sender's thread. */
#pragma once

#include "rp-exchange.h"

G_BEGIN_DECLS

#define RP_SHELF_PAGE "text/html; charset=utf-8"
#define RP_SHELF_USUAL_PATH "{year}/{slug}.html"

/* The setting, or what holds when nothing is set; lends. */
const char *rp_shelf_get_setting (RpExchange *exchange, const char *key, const char *fallback);
gboolean rp_shelf_get_flag (RpExchange *exchange, const char *key);

/* A try begins: what was known in the one before holds no longer. */
void rp_shelf_begin (RpExchange *exchange);
/* Facts that hold for this try only, in delivery->memory "known". Lends. */
JsonObject *rp_shelf_get_known (RpExchange *exchange);
/* Marks that last until the next version of the article. */
gboolean rp_shelf_has_mark (RpExchange *exchange, const char *name);
void rp_shelf_mark (RpExchange *exchange, const char *name);
gboolean rp_shelf_knows (RpExchange *exchange, const char *name);
void rp_shelf_note (RpExchange *exchange, const char *name, gboolean value);
/* "free", "ours", or NULL while it is not known. Lends. */
const char *rp_shelf_get_place (RpExchange *exchange);
gboolean rp_shelf_is_new (RpExchange *exchange);
gboolean rp_shelf_is_uploading (RpExchange *exchange); /* the page is not in its place yet */
/* FALSE for a withdrawal of what was never sent. */
gboolean rp_shelf_has_work (RpExchange *exchange);

/* The article's path below the address, chosen once and kept in delivery->memory "path". Lends;
 * NULL with an error when the setting "path" cannot be used. */
const char *rp_shelf_get_path (RpExchange *exchange, GError **error);
/* Another path, because somebody else's page is at the first; FALSE = it is the other already. */
gboolean rp_shelf_take_other_path (RpExchange *exchange);
/* The path of what belongs to the page: its name without ending, and `ending`. Gives. */
char *rp_shelf_dup_beside (const char *path, const char *ending);
char *rp_shelf_dup_picture_path (const char *path, RpMedia *media);
/* Where readers find a path. Gives. */
char *rp_shelf_dup_public_url (RpExchange *exchange, const char *path);

/* The digests of pictures that are there although the article has them no longer; and of all of
 * them when it is withdrawn. Lends the first; NULL = none. */
const char *rp_shelf_next_leftover (RpExchange *exchange);
void rp_shelf_forget_leftover (RpExchange *exchange, const char *sha256);

/* A request about a path below delivery->memory "base", or else below the partner's address;
 * without signing in. Gives. */
RpRequest *
rp_shelf_request (RpExchange *exchange, const char *method, const char *path, const char *label);
RpRequest *rp_shelf_put (RpExchange *exchange,
                         const char *path,
                         const char *media_type,
                         GBytes *bytes,
                         const char *label);
/* rp_answer_check, and what only shelves say: locked, full, no such folder. Sending again is
 * harmless in all of it. */
gboolean rp_shelf_check (RpExchange *exchange, const RpResponse *response, GError **error);
/* A page that came without a byte, although its length is not stated to be none, was cut off. */
gboolean rp_shelf_check_whole (RpExchange *exchange, const RpResponse *response, GError **error);
/* A plain 200 to a PUT, with nothing that only who keeps files could know: it may come from
 * something in between. */
gboolean rp_shelf_is_doubtful (const RpResponse *response);
/* Strong tags only: the others are not good for If-Match. Lends; NULL = none. */
const char *rp_shelf_get_tag (const RpResponse *response);

/* Whether the page carries our mark. */
gboolean rp_shelf_is_ours (RpExchange *exchange, GBytes *page);
/* What exchange->found is to say of a page. Gives. */
JsonObject *rp_shelf_read_found (RpExchange *exchange, const RpResponse *response);

G_END_DECLS
