/* What the JSON REST connector is told by settings and presets: addresses, methods, signing in, the
 * template of an article, and where things stand in answers. Private to it. Sender's thread. */
#pragma once

#include "rp-connector.h"

G_BEGIN_DECLS

/* The setting, else what the preset says; lends, "" when neither says anything. */
const char *rp_rest_get (RpExchange *exchange, const char *key);
/* Sending a create twice is harmless, because the id is ours and the second is told to exist. */
gboolean rp_rest_is_repeatable (RpExchange *exchange);

/* A request to the address of setting `key` with its placeholders filled in, signed in; `media` is
 * for those about a picture, else NULL. Gives. */
RpRequest *rp_rest_request (RpExchange *exchange,
                            const char *method,
                            const char *key,
                            RpMedia *media,
                            const char *label);

/* The template of setting `key` ("fields") with its placeholders filled in. Gives; NULL with an
 * error that says what is wrong with it. */
JsonObject *rp_rest_fill (RpExchange *exchange, const char *key, RpMedia *media, GError **error);
/* The value of one placeholder as text; NULL = empty. Gives. */
char *rp_rest_dup_value (RpExchange *exchange, const char *name, RpMedia *media);
/* The member of the template that holds just this placeholder: "title" for "headline". Gives; NULL
 * = none. */
char *rp_rest_dup_member (RpExchange *exchange, const char *name);

/* The id a picture has at a partner that lets us choose: the same on every try. Gives. */
char *rp_rest_dup_picture_key (RpExchange *exchange, RpMedia *media);
/* Where readers find the article, from the answer's item or the setting. Gives; NULL = unknown. */
char *rp_rest_dup_public_url (RpExchange *exchange, JsonObject *item);
/* The object that an answer is about: at "answer_at", the first when there are several. Lends;
 * NULL = none. */
JsonObject *rp_rest_find_item (RpExchange *exchange, JsonNode *answer);
/* "RECORD_NOT_UNIQUE". Gives; NULL = none. */
char *rp_rest_dup_code (const RpResponse *response);

/* ---- parts of the descriptor ---- */

extern const RpSetting rp_rest_settings[];
extern const char *const rp_rest_well_known[];

RpStep rp_rest_probe (RpExchange *exchange, const RpResponse *last, GError **error);
RpStep rp_rest_look (RpExchange *exchange, const RpResponse *last, GError **error);
gboolean rp_rest_recognise (const RpResponse *response, RpSighting *sighting);

G_END_DECLS
