#include "rp-answer.h"

#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-json.h"
#include "rp-text.h"

static JsonObject *
parse_body (const RpResponse *response)
{
  return rp_json_parse_object (response->body, "", NULL);
}

/* The first of a list of errors, or the answer itself; lends. */
static JsonObject *
find_error (JsonObject *answer)
{
  JsonArray *errors = answer != NULL ? rp_json_get_array (answer, "errors") : NULL;
  JsonNode *first = errors != NULL && json_array_get_length (errors) > 0
                      ? json_array_get_element (errors, 0)
                      : NULL;

  return first != NULL && JSON_NODE_HOLDS_OBJECT (first) ? json_node_get_object (first) : answer;
}

char *
rp_answer_dup_words (const RpResponse *response)
{
  static const char *const places[] = {"context",           "detail", "message",
                                       "error_description", "error",  "title"};
  g_autoptr (JsonObject) object = parse_body (response);
  JsonObject *fault = find_error (object);
  g_autofree char *excerpt = NULL;

  for (guint i = 0; fault != NULL && i < G_N_ELEMENTS (places); i++)
    if (rp_json_get_string (fault, places[i]) != NULL)
      return rp_text_shorten (rp_json_get_string (fault, places[i]), 200);
  excerpt = rp_response_dup_excerpt (response);
  if (!rp_text_is_empty (excerpt))
    return g_steal_pointer (&excerpt);

  return g_strdup (response->reason != NULL ? response->reason : _ ("no explanation"));
}

gboolean
rp_answer_has_code (const RpResponse *response, const char *code)
{
  g_autoptr (JsonObject) object = parse_body (response);
  JsonObject *fault = find_error (object);

  return fault != NULL && g_strcmp0 (rp_json_get_string (fault, "code"), code) == 0;
}

static gboolean
is_html (const RpResponse *response)
{
  return strstr (rp_response_get_media_type (response), "html") != NULL;
}

static gboolean fail (GError **error, RpError code, const char *format, ...) G_GNUC_PRINTF (3, 4);

static gboolean
fail (GError **error, RpError code, const char *format, ...)
{
  g_autofree char *words = NULL;
  va_list args;

  va_start (args, format);
  words = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, RP_ERROR, code, words);

  return FALSE;
}

static gboolean
check_busy (RpExchange *exchange, const RpResponse *response, const char *words, GError **error)
{
  exchange->wait_seconds = rp_response_get_retry_after (response, exchange->now);

  return fail (error, RP_ERROR_BUSY, _ ("%s asks to come back later (%u: %s)"),
               rp_partner_get_name (exchange->partner), response->status, words);
}

static gboolean
check_server_error (RpExchange *exchange,
                    const RpResponse *response,
                    RpAnswerFlags flags,
                    const char *words,
                    GError **error)
{
  gboolean repeatable = (flags & RP_ANSWER_REPEATABLE) != 0 || !exchange->request->changes;

  if (repeatable)
    return check_busy (exchange, response, words, error);

  return fail (
    error, RP_ERROR_UNKNOWN_OUTCOME,
    _ ("%s had an error of its own (%u: %s); whether the article arrived will be looked up "
       "there before anything is sent again"),
    rp_partner_get_name (exchange->partner), response->status, words);
}

static gboolean
check_redirect (RpExchange *exchange, const RpResponse *response, GError **error)
{
  const char *location = rp_response_get_header (response, "Location");

  return fail (
    error, RP_ERROR_REFUSED,
    _ ("%s has moved to %s. Nothing was sent there; change the partner’s address if that is "
       "right"),
    rp_partner_get_name (exchange->partner),
    location != NULL ? location : _ ("an address it does not name"));
}

/* Where the request has been sent on to another place; what was secret has stayed behind. */
static gboolean
is_elsewhere (RpExchange *exchange, const RpResponse *response)
{
  g_autoptr (GUri) asked =
    exchange->request != NULL ? g_uri_parse (exchange->request->url, G_URI_FLAGS_NONE, NULL) : NULL;
  g_autoptr (GUri) answered =
    response->url != NULL ? g_uri_parse (response->url, G_URI_FLAGS_NONE, NULL) : NULL;

  return asked != NULL && answered != NULL &&
         rp_request_get_header (exchange->request, "Authorization") != NULL &&
         (g_strcmp0 (g_uri_get_host (asked), g_uri_get_host (answered)) != 0 ||
          g_uri_get_port (asked) != g_uri_get_port (answered));
}

static gboolean
check_elsewhere (RpExchange *exchange, const RpResponse *response, GError **error)
{
  return fail (error, RP_ERROR_REFUSED,
               _ ("%s has moved to %s. The password was not sent there; change the partner’s "
                  "address if that is right"),
               rp_partner_get_name (exchange->partner), response->url);
}

static gboolean
check_status (RpExchange *exchange, const RpResponse *response, RpAnswerFlags flags, GError **error)
{
  g_autofree char *words = rp_answer_dup_words (response);
  const char *name = rp_partner_get_name (exchange->partner);

  if (response->status >= 300 && response->status < 400)
    return check_redirect (exchange, response, error);
  if (response->status < 500 && response->status != 429 && is_elsewhere (exchange, response))
    return check_elsewhere (exchange, response, error);
  switch (response->status) {
  case 401:
    return fail (error, RP_ERROR_CREDENTIALS,
                 _ ("%s does not accept the sign-in (%s). Enter the password again"), name, words);
  case 403:
    if (is_html (response))
      return fail (
        error, RP_ERROR_REFUSED,
        _ ("A firewall or sign-in page in front of %s refused (403: %s). Ask the partner to "
           "let Reprint through"),
        name, words);
    return fail (
      error, RP_ERROR_REFUSED,
      _ ("%s does not allow this account to do that (%s). Ask the partner for the right, or "
         "send it as a draft"),
      name, words);
  case 404:
    return fail (error, RP_ERROR_REFUSED,
                 _ ("%s has nothing at this address (404: %s). Check the partner’s address"), name,
                 words);
  case 409:
  case 412:
    return fail (
      error, RP_ERROR_CONFLICT,
      _ ("%s has changed the article in the meantime (%s). Look at it there, then send again"),
      name, words);
  case 413:
    return fail (error, RP_ERROR_REFUSED, _ ("This is too large for %s (%s)"), name, words);
  case 408:
  case 425:
  case 429:
  case 503:
    return check_busy (exchange, response, words, error);
  default:
    break;
  }
  if (response->status >= 500)
    return check_server_error (exchange, response, flags, words, error);

  return fail (error, RP_ERROR_REFUSED, _ ("%s refused (%u: %s)"), name, response->status, words);
}

gboolean
rp_answer_fail_unreadable (RpExchange *exchange,
                           const RpResponse *response,
                           RpAnswerFlags flags,
                           GError **error)
{
  const char *name = rp_partner_get_name (exchange->partner);
  g_autofree char *excerpt = rp_response_dup_excerpt (response);

  if (is_html (response))
    return fail (
      error, RP_ERROR_REFUSED,
      _ ("%s answered with a web page instead of data (“%s”). Check the address, or ask whether "
         "a firewall or sign-in page stands in front of it"),
      name, excerpt);
  if (exchange->request->changes && (flags & RP_ANSWER_REPEATABLE) == 0)
    return fail (
      error, RP_ERROR_UNKNOWN_OUTCOME,
      _ ("%s sent only part of its answer; whether the article arrived will be looked up "
         "there before anything is sent again"),
      name);

  return fail (error, RP_ERROR_BUSY, _ ("%s sent only part of its answer"), name);
}

gboolean
rp_answer_fail_deleted (RpExchange *exchange, GError **error)
{
  return fail (error, RP_ERROR_REFUSED,
               _ ("%s has deleted the article. Publish it again if it should be there"),
               rp_partner_get_name (exchange->partner));
}

gboolean
rp_answer_fail_list (RpExchange *exchange, GError **error)
{
  return fail (error, RP_ERROR_UNKNOWN_OUTCOME,
               _ ("What %s says of its newest articles cannot be read; it will be asked again"),
               rp_partner_get_name (exchange->partner));
}

gboolean
rp_answer_fail_unnamed (RpExchange *exchange, const RpResponse *response, GError **error)
{
  const char *name = rp_partner_get_name (exchange->partner);

  if (response->status == 201 || response->status == 202)
    return fail (error, RP_ERROR_UNKNOWN_OUTCOME,
                 _ ("%s did not say where it has put the article; it will be looked up there"),
                 name);

  return fail (error, RP_ERROR_REFUSED,
               _ ("%s did not take the article as one. Check its address, or ask whether a sign-in "
                  "page stands in front of it"),
               name);
}

gboolean
rp_answer_fail_pictures (RpExchange *exchange, GError **error)
{
  return fail (error, RP_ERROR_REFUSED,
               _ ("%s takes no pictures. Remove them from the article, then send it again"),
               rp_partner_get_name (exchange->partner));
}

gboolean
rp_answer_fail_picture (RpExchange *exchange, const char *words, GError **error)
{
  return fail (error, RP_ERROR_REFUSED,
               _ ("%s does not take the picture “%s” (%s). Remove the picture, then send again"),
               rp_partner_get_name (exchange->partner),
               rp_media_get (rp_exchange_next_media (exchange), RP_MEDIA_URL), words);
}

gboolean
rp_answer_fail_unplaced (RpExchange *exchange, GError **error)
{
  return fail (error, RP_ERROR_REFUSED,
               _ ("%s did not say where it has put the picture. Check the partner’s address"),
               rp_partner_get_name (exchange->partner));
}

gboolean
rp_answer_is_gone (const RpResponse *response)
{
  return response->status == 404 || response->status == 410;
}

gboolean
rp_answer_check (RpExchange *exchange,
                 const RpResponse *response,
                 RpAnswerFlags flags,
                 GError **error)
{
  if (response->status < 200 || response->status > 299)
    return check_status (exchange, response, flags, error);

  if ((flags & RP_ANSWER_JSON) != 0) {
    g_autoptr (JsonNode) node = rp_json_parse (response->body, NULL);

    return node != NULL || rp_answer_fail_unreadable (exchange, response, flags, error);
  }

  return TRUE;
}

JsonNode *
rp_answer_read_json (RpExchange *exchange,
                     const RpResponse *response,
                     RpAnswerFlags flags,
                     GError **error)
{
  if (!rp_answer_check (exchange, response, flags | RP_ANSWER_JSON, error))
    return NULL;

  return rp_json_parse (response->body, error);
}
