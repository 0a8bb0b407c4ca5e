/* What an HTTP answer means for a delivery: the rules that all connectors share (RFC 9110
 * statuses). 2xx done; 401 credentials; 408 425 429 503 busy (Retry-After); 500 502 504 busy when
 * the request may be repeated, else unknown outcome; 3xx on a write, other 4xx: refused; 409 412
 * conflict. HTML where JSON belongs is a firewall or a sign-in page: refused (unknown for a 2xx to
 * a create). */
#pragma once

#include "rp-connector.h"

G_BEGIN_DECLS

typedef enum {
  RP_ANSWER_JSON = 1 << 0,       /* the body of a success must be JSON */
  RP_ANSWER_REPEATABLE = 1 << 1, /* sending it again does no harm */
} RpAnswerFlags;

/* FALSE with an RpError that a person can read; busy sets exchange->wait_seconds. */
gboolean rp_answer_check (RpExchange *exchange,
                          const RpResponse *response,
                          RpAnswerFlags flags,
                          GError **error);
/* A success that is not in the form it should have: a web page, or half of it. FALSE. */
gboolean rp_answer_fail_unreadable (RpExchange *exchange,
                                    const RpResponse *response,
                                    RpAnswerFlags flags,
                                    GError **error);
/* What connectors find out by themselves, told in the same words by all of them; each FALSE. */
gboolean rp_answer_fail_deleted (RpExchange *exchange, GError **error); /* the article to update */
/* What it lists cannot be read, so an uncertain article is looked up again. */
gboolean rp_answer_fail_list (RpExchange *exchange, GError **error);
/* The answer to a create does not name the article: it is looked up (201, 202), or was no answer to
 * it. */
gboolean rp_answer_fail_unnamed (RpExchange *exchange, const RpResponse *response, GError **error);
gboolean rp_answer_fail_pictures (RpExchange *exchange, GError **error); /* takes none at all */
/* Not the next one (rp_exchange_next_media); `words` are the partner's. */
gboolean rp_answer_fail_picture (RpExchange *exchange, const char *words, GError **error);
gboolean rp_answer_fail_unplaced (RpExchange *exchange, GError **error); /* where is the picture? */
/* 404 or 410. */
gboolean rp_answer_is_gone (const RpResponse *response);
/* The object (or the first object of an array) of a successful answer. Gives. */
JsonNode *rp_answer_read_json (RpExchange *exchange,
                               const RpResponse *response,
                               RpAnswerFlags flags,
                               GError **error);
/* What the partner says went wrong: the words of a JSON error, or of the first in a list "errors";
 * else an excerpt. Gives. */
char *rp_answer_dup_words (const RpResponse *response);
gboolean rp_answer_has_code (const RpResponse *response, const char *code);

G_END_DECLS
