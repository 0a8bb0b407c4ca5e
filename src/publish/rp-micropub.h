/* What the stages of the Micropub connector share: the endpoint, the token, an entry. Facts from
 * the W3C recommendation and from conversations with a server of the Indiekit family. Only
 * rp-connector-micropub.c uses this. */
#pragma once

#include "rp-answer.h"
#include "rp-stages.h"

G_BEGIN_DECLS

/* To the endpoint, with `query` ("q=config", escaped; NULL = none). Gives. */
RpRequest *rp_micropub_request (RpExchange *exchange,
                                const char *method,
                                const char *query,
                                const char *label);
void rp_micropub_sign_in (RpExchange *exchange, RpRequest *request);
/* As rp_answer_check, with what a token can lack. */
gboolean rp_micropub_check (RpExchange *exchange,
                            const RpResponse *response,
                            RpAnswerFlags flags,
                            GError **error);
/* The first stages of all: where the endpoint is, and what it says of itself. */
gboolean rp_micropub_discover_needed (RpExchange *exchange);
RpRequest *rp_micropub_discover_ask (RpExchange *exchange, GError **error);
gboolean
rp_micropub_discover_take (RpExchange *exchange, const RpResponse *response, GError **error);
gboolean rp_micropub_config_needed (RpExchange *exchange);
RpRequest *rp_micropub_config_ask (RpExchange *exchange, GError **error);
gboolean rp_micropub_config_take (RpExchange *exchange, const RpResponse *response, GError **error);

/* The properties of an entry. Gives. */
JsonObject *rp_micropub_build_properties (RpExchange *exchange, GError **error);
JsonObject *rp_micropub_build_create (RpExchange *exchange, GError **error);       /* gives */
JsonObject *rp_micropub_build_update (RpExchange *exchange, GError **error);       /* gives */
JsonObject *rp_micropub_read_found (RpExchange *exchange, JsonObject *properties); /* gives */

G_END_DECLS
