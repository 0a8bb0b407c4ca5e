/* What the stages of the Atom Publishing connector share: requests, the documents of RFC 5023 and
 * our entry. Facts from RFC 4287 and 5023 and from conversations with a plain server. Only
 * rp-connector-atompub.c uses this. */
#pragma once

#include "rp-answer.h"
#include "rp-stages.h"
#include "rp-xml.h"

G_BEGIN_DECLS

#define RP_ATOM "http://www.w3.org/2005/Atom"

/* Signed in when there is a user name. Gives. */
RpRequest *
rp_atompub_request (RpExchange *exchange, const char *method, const char *url, const char *label);
/* The document of an answer whose root has that local name. Gives; NULL = it is something else. */
xmlDoc *rp_atompub_parse (const RpResponse *response, const char *root);

/* Reads a service document: the chosen collection (or the first that takes entries) and the one for
 * pictures, into memory "api" and "media_api"; and all that take entries into exchange->learned
 * "collections". FALSE when nothing takes entries. */
gboolean rp_atompub_read_service (RpExchange *exchange, xmlNode *service, const char *base);
char *rp_atompub_dup_workspace (xmlNode *service); /* its title; gives */

/* The target of an entry's link, absolute. Gives; NULL = none. */
char *rp_atompub_dup_link (xmlNode *entry, const char *rel, const char *base);
char *rp_atompub_dup_source (xmlNode *entry, const char *base); /* of a media link entry; gives */
gboolean rp_atompub_has_rights (xmlNode *entry);
gboolean rp_atompub_is_marked (RpExchange *exchange, xmlNode *entry); /* it carries our mark */
/* The same, or it has our headline and came after we had begun. */
gboolean rp_atompub_is_ours (RpExchange *exchange, xmlNode *entry);

/* rp-atompub-media.c: a picture is sent, and when the answer did not say where it is, asked for. */
extern const RpStage rp_atompub_media_stage, rp_atompub_media_read_stage;

/* Our entry; of `former`, what the partner has (XML text, NULL = nothing), all is kept that is not
 * ours to say. Gives. */
GBytes *rp_atompub_build_entry (RpExchange *exchange, const char *former, GError **error);
JsonObject *rp_atompub_read_found (xmlNode *entry, const char *base); /* gives */

G_END_DECLS
