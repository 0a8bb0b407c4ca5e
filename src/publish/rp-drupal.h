/* What the stages of the Drupal connector share: addresses, settings, terms, the node. Built from
 * the documentation of Drupal's JSON:API module; not tried on a real site. Only
 * rp-connector-drupal.c uses this. */
#pragma once

#include "rp-answer.h"
#include "rp-stages.h"

G_BEGIN_DECLS

/* A setting or its usual value; NULL when it is "none". Lends. */
const char *rp_drupal_get (RpExchange *exchange, const char *key);
/* Below "jsonapi/", signed in. Gives. */
RpRequest *
rp_drupal_request (RpExchange *exchange, const char *method, const char *route, const char *label);
void rp_drupal_set_body (RpRequest *request, JsonObject *data); /* {"data": …}, takes data */
char *rp_drupal_dup_node_route (RpExchange *exchange, const char *id); /* id may be NULL; gives */
/* As rp_answer_check, with what a Drupal site can have switched off. */
gboolean rp_drupal_check (RpExchange *exchange,
                          const RpResponse *response,
                          RpAnswerFlags flags,
                          GError **error);
/* {"data": {...}} of a successful answer; *out_answer owns it. Lends. */
JsonObject *rp_drupal_read (RpExchange *exchange,
                            const RpResponse *response,
                            RpAnswerFlags flags,
                            JsonObject **out_answer,
                            GError **error);

/* rp-drupal-account.c: who we are there and what the site has; rp-drupal-terms.c: tags are looked
 * up, and made when they are not there. */
extern const RpStage rp_drupal_account_stage;
extern const RpStage rp_drupal_term_find_stage, rp_drupal_term_make_stage;
void rp_drupal_add_terms (RpExchange *exchange, JsonObject *relationships);

JsonObject *rp_drupal_build_node (RpExchange *exchange, GError **error); /* gives */
/* The page's address from a node's attributes. Gives; NULL = not said. */
char *rp_drupal_dup_page (RpExchange *exchange, JsonObject *attributes);
JsonObject *rp_drupal_read_found (RpExchange *exchange, JsonObject *answer); /* gives */

G_END_DECLS
