/* What the stages of the WordPress connector share: addresses, sign-in, terms. Facts from the
 * WordPress REST API handbook and from conversations with 6.1 to 7.1. Only rp-connector-wordpress.c
 * uses this. */
#pragma once

#include "rp-connector.h"

G_BEGIN_DECLS

/* A request below the REST root ("wp/v2/posts"), signed in; works with and without pretty
 * permalinks. `query` ("a=b&c=d", escaped) may be NULL. Gives. */
RpRequest *rp_wordpress_request (RpExchange *exchange,
                                 const char *method,
                                 const char *route,
                                 const char *query,
                                 const char *label);
/* The REST root out of an answer's Link header or link element. Gives; NULL when it is no
 * WordPress. */
char *rp_wordpress_read_api (const RpResponse *response);
/* Reads /users/me: notes account and rights in memory; RP_ERROR_REFUSED when a right is missing. */
gboolean
rp_wordpress_take_account (RpExchange *exchange, const RpResponse *response, GError **error);
/* The body of a post. Gives. */
JsonObject *rp_wordpress_build_post (RpExchange *exchange, GError **error);
JsonObject *rp_wordpress_build_media (RpMedia *media); /* alt, caption with credit, terms; gives */

/* Stages that look up and make tags and categories, read the site's categories, and read a post
 * back.
 */
gboolean rp_wordpress_term_find_needed (RpExchange *exchange);
RpRequest *rp_wordpress_term_find_ask (RpExchange *exchange, GError **error);
gboolean
rp_wordpress_term_find_take (RpExchange *exchange, const RpResponse *response, GError **error);
gboolean rp_wordpress_term_make_needed (RpExchange *exchange);
RpRequest *rp_wordpress_term_make_ask (RpExchange *exchange, GError **error);
gboolean
rp_wordpress_term_make_take (RpExchange *exchange, const RpResponse *response, GError **error);
gboolean rp_wordpress_categories_needed (RpExchange *exchange);
RpRequest *rp_wordpress_categories_ask (RpExchange *exchange, GError **error);
gboolean
rp_wordpress_categories_take (RpExchange *exchange, const RpResponse *response, GError **error);
RpRequest *rp_wordpress_look_ask (RpExchange *exchange, GError **error);
gboolean rp_wordpress_look_take (RpExchange *exchange, const RpResponse *response, GError **error);

G_END_DECLS
