/* The stages that connectors of shelves share, for their tables of RpStage: look what is at the
 * article's place, pictures and licence beside it, the page in one piece ("direct", when it is
 * known), read it back, take it down with all that belongs to it, and the feed. Requests are made
 * without signing in: the connector adds that. Sender's thread. */
#pragma once

#include "rp-shelf.h"
#include "rp-stages.h"

G_BEGIN_DECLS

#define RP_SHELF_STAGE(name)                                                                       \
  {                                                                                                \
#name, rp_shelf_##name##_needed, rp_shelf_##name##_ask, rp_shelf_##name##_take                 \
  }

#define RP_SHELF_FLAGS                                                                             \
  (RP_CONNECTOR_UPDATES | RP_CONNECTOR_WITHDRAWS | RP_CONNECTOR_MEDIA | RP_CONNECTOR_CANONICAL)
#define RP_SHELF_AT_ONCE 1 /* the feed is read, changed and written back */

/* The settings that rp-shelf reads and whose words are the same for all shelves. */
#define RP_SHELF_PATH_SETTING                                                                      \
  {                                                                                                \
    .key = "path", .label = N_ ("Pattern for Paths"),                                              \
    .hint = N_ ("May hold {year}, {month}, {day}, {slug}, {id} and {language}"),                   \
    .kind = RP_SETTING_TEXT, .fallback = RP_SHELF_USUAL_PATH                                       \
  }
#define RP_SHELF_LICENCE_SETTING                                                                   \
  {                                                                                                \
    .key = "licence", .label = N_ ("Licence File Beside Each Page"),                               \
    .hint = N_ ("States the licence for programs"), .kind = RP_SETTING_FLAG, .fallback = "yes"     \
  }

/* The page, and its digest in delivery->memory "digest". Gives. */
GBytes *rp_shelf_render_page (RpExchange *exchange, GError **error);

gboolean rp_shelf_place_needed (RpExchange *exchange);
RpRequest *rp_shelf_place_ask (RpExchange *exchange, GError **error);
gboolean rp_shelf_place_take (RpExchange *exchange, const RpResponse *response, GError **error);
gboolean rp_shelf_picture_needed (RpExchange *exchange);
RpRequest *rp_shelf_picture_ask (RpExchange *exchange, GError **error);
gboolean rp_shelf_picture_take (RpExchange *exchange, const RpResponse *response, GError **error);
gboolean rp_shelf_confirm_needed (RpExchange *exchange);
RpRequest *rp_shelf_confirm_ask (RpExchange *exchange, GError **error);
gboolean rp_shelf_confirm_take (RpExchange *exchange, const RpResponse *response, GError **error);
gboolean rp_shelf_licence_needed (RpExchange *exchange);
RpRequest *rp_shelf_licence_ask (RpExchange *exchange, GError **error);
gboolean rp_shelf_licence_take (RpExchange *exchange, const RpResponse *response, GError **error);
gboolean rp_shelf_direct_needed (RpExchange *exchange);
RpRequest *rp_shelf_direct_ask (RpExchange *exchange, GError **error);
gboolean rp_shelf_direct_take (RpExchange *exchange, const RpResponse *response, GError **error);
gboolean rp_shelf_verify_needed (RpExchange *exchange);
RpRequest *rp_shelf_verify_ask (RpExchange *exchange, GError **error);
gboolean rp_shelf_verify_take (RpExchange *exchange, const RpResponse *response, GError **error);
gboolean rp_shelf_remove_needed (RpExchange *exchange);
RpRequest *rp_shelf_remove_ask (RpExchange *exchange, GError **error);
gboolean rp_shelf_remove_take (RpExchange *exchange, const RpResponse *response, GError **error);
gboolean rp_shelf_leftover_needed (RpExchange *exchange);
RpRequest *rp_shelf_leftover_ask (RpExchange *exchange, GError **error);
gboolean rp_shelf_leftover_take (RpExchange *exchange, const RpResponse *response, GError **error);
gboolean rp_shelf_unlicense_needed (RpExchange *exchange);
RpRequest *rp_shelf_unlicense_ask (RpExchange *exchange, GError **error);
gboolean rp_shelf_unlicense_take (RpExchange *exchange, const RpResponse *response, GError **error);
gboolean rp_shelf_feed_read_needed (RpExchange *exchange);
RpRequest *rp_shelf_feed_read_ask (RpExchange *exchange, GError **error);
gboolean rp_shelf_feed_read_take (RpExchange *exchange, const RpResponse *response, GError **error);
gboolean rp_shelf_feed_write_needed (RpExchange *exchange);
RpRequest *rp_shelf_feed_write_ask (RpExchange *exchange, GError **error);
gboolean
rp_shelf_feed_write_take (RpExchange *exchange, const RpResponse *response, GError **error);

/* For RpConnector.look, without signing in. */
RpStep rp_shelf_look (RpExchange *exchange, const RpResponse *last, GError **error);
/* What no shelf can do: drafts and later. FALSE with an error. */
gboolean rp_shelf_check_errand (RpExchange *exchange, GError **error);

G_END_DECLS
