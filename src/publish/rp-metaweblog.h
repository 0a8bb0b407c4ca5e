/* What the stages of the MetaWeblog connector share: calls with their credentials, what faults
 * mean, the struct of a post, where the way in is. Facts from the API's descriptions and from
 * conversations with WordPress 6.1 to 7.1. Only rp-connector-metaweblog.c uses this. */
#pragma once

#include "rp-stages.h"
#include "rp-xmlrpc.h"

G_BEGIN_DECLS

/* The beginnings of parameter lists. Give. */
JsonArray *rp_metaweblog_blog_params (RpExchange *exchange);    /* blog, user, password */
JsonArray *rp_metaweblog_post_params (RpExchange *exchange);    /* post, user, password */
JsonArray *rp_metaweblog_blogger_params (RpExchange *exchange); /* application, user, password */
/* Takes the parameters. Gives. */
RpRequest *
rp_metaweblog_call (RpExchange *exchange, const char *method, JsonArray *params, const char *label);
/* The answer, or an error for whatever fault it is. Gives. */
JsonNode *rp_metaweblog_read (RpExchange *exchange,
                              const RpResponse *response,
                              RpAnswerFlags flags,
                              GError **error);
void rp_metaweblog_fail (RpExchange *exchange, const RpXmlrpcFault *fault, GError **error);

/* The first stages of all: the way in (a page, then what it points to), and the account. */
extern const RpStage rp_metaweblog_discover_stage, rp_metaweblog_rsd_stage,
  rp_metaweblog_account_stage;
extern const RpStage rp_metaweblog_categories_stage; /* for a probe */
/* The address and blog of a document of really simple discovery; FALSE when it is none. */
gboolean rp_metaweblog_read_rsd (const RpResponse *response, char **out_api, char **out_blog);

JsonObject *rp_metaweblog_build_post (RpExchange *exchange, GError **error); /* gives */
/* For wp.editPost, which refuses when somebody else was faster; gives. */
JsonObject *rp_metaweblog_build_edit (RpExchange *exchange, GError **error);
JsonObject *rp_metaweblog_read_found (JsonObject *post);                 /* gives */
gboolean rp_metaweblog_is_ours (RpExchange *exchange, JsonObject *post); /* it carries our mark */

G_END_DECLS
