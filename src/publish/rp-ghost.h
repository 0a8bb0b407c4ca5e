/* What the stages of the Ghost connector share: addresses, the signed key, the body of a post.
 * Facts from the Admin API's documentation and from conversations with Ghost 5.130 and 6.65. Only
 * rp-connector-ghost.c uses this. */
#pragma once

#include "rp-answer.h"
#include "rp-stages.h"

G_BEGIN_DECLS

#define RP_GHOST_API "ghost/api/admin/"

/* Below the programming interface ("posts/?limit=1"), signed in. Gives; NULL with
 * RP_ERROR_CREDENTIALS when the key cannot be one. */
RpRequest *rp_ghost_request (RpExchange *exchange,
                             const char *method,
                             const char *route,
                             const char *label,
                             GError **error);
/* As rp_stages_step. A token from a clock that is off is refused before anything is done: it is
 * signed again by the partner's clock, which is noted as "clock", in seconds that it is ahead. */
RpStep
rp_ghost_step (const RpStage *stages, RpExchange *exchange, const RpResponse *last, GError **error);
/* As rp_answer_check, with the refusals that only Ghost has. */
gboolean rp_ghost_check (RpExchange *exchange,
                         const RpResponse *response,
                         RpAnswerFlags flags,
                         GError **error);
/* The first object below `list` ("posts") of a successful answer. Gives. */
JsonObject *rp_ghost_read (RpExchange *exchange,
                           const RpResponse *response,
                           RpAnswerFlags flags,
                           const char *list,
                           GError **error);
/* The first stage of all: where the programming interface is. */
gboolean rp_ghost_site_needed (RpExchange *exchange);
RpRequest *rp_ghost_site_ask (RpExchange *exchange, GError **error);
gboolean rp_ghost_site_take (RpExchange *exchange, const RpResponse *response, GError **error);
/* The object "site"; lends from *out_answer, NULL when it is something else. */
JsonObject *rp_ghost_read_site (const RpResponse *response, JsonObject **out_answer);
/* rp-ghost-probe.c */
RpStep rp_ghost_probe (RpExchange *exchange, const RpResponse *last, GError **error);

char *rp_ghost_dup_mark (RpExchange *exchange); /* "reprint-…", the name of our internal tag */
JsonObject *
rp_ghost_build_post (RpExchange *exchange, GError **error); /* {"posts": [...]}, gives */
JsonObject *rp_ghost_read_found (JsonObject *post);         /* for look; gives */

G_END_DECLS
