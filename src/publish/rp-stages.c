#include "rp-stages.h"

#include "rp-json.h"

static const RpStage *
find_stage (const RpStage *stages, const char *name)
{
  for (; stages->name != NULL; stages++)
    if (g_strcmp0 (stages->name, name) == 0)
      return stages;

  return NULL;
}

static const RpStage *
find_needed (const RpStage *stages, RpExchange *exchange)
{
  for (; stages->name != NULL; stages++)
    if (stages->needed (exchange))
      return stages;

  return NULL;
}

RpStep
rp_stages_step (const RpStage *stages, RpExchange *exchange, const RpResponse *last, GError **error)
{
  JsonObject *memory = exchange->delivery->memory;
  const RpStage *stage;
  RpRequest *request;

  if (last != NULL) {
    stage = find_stage (stages, rp_json_get_string (memory, "stage"));
    if (stage == NULL || !stage->take (exchange, last, error))
      return RP_STEP_FAILED;
  }
  stage = find_needed (stages, exchange);
  if (stage == NULL)
    return RP_STEP_DONE;

  json_object_set_string_member (memory, "stage", stage->name);
  request = stage->ask (exchange, error);
  if (request == NULL)
    return RP_STEP_FAILED;
  rp_exchange_take_request (exchange, request);

  return RP_STEP_SEND;
}

gboolean
rp_stages_needs_lookup (RpExchange *exchange)
{
  return exchange->uncertain && exchange->delivery->remote_id == NULL &&
         !rp_exchange_has_note (exchange, "looked");
}

gboolean
rp_stages_needs_media (RpExchange *exchange)
{
  return rp_exchange_next_media (exchange) != NULL;
}

gboolean
rp_stages_needs_sending (RpExchange *exchange)
{
  return !rp_exchange_is_withdrawal (exchange) && !rp_exchange_is_sent (exchange);
}

gboolean
rp_stages_needs_removal (RpExchange *exchange)
{
  return rp_exchange_is_withdrawal (exchange) && exchange->delivery->remote_id != NULL &&
         !rp_exchange_is_sent (exchange);
}

gboolean
rp_stages_needs_look (RpExchange *exchange)
{
  return exchange->found == NULL;
}

gboolean
rp_stages_needs_find (RpExchange *exchange)
{
  return exchange->marked == NULL;
}
