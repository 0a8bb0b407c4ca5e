#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "rp-cli.h"
#include "rp-json.h"

void
rp_cli_print_json (JsonObject *object)
{
  g_autofree char *text = rp_json_object_to_text (object, FALSE);

  puts (text); /* JSON is UTF-8 whatever the locale says */
}

const char *
rp_cli_or_dash (const char *text)
{
  return text != NULL && *text != '\0' ? text : "–";
}

void
rp_cli_print_intake (RpCli *cli, const char *source_id, const char *from, const RpIntakeResult *row)
{
  g_autoptr (JsonObject) object = json_object_new ();

  if (!cli->json) {
    g_print ("%-9s  %s  %s\n", row->status, rp_cli_or_dash (row->article_id),
             rp_cli_or_dash (row->headline != NULL ? row->headline : row->name));
    if (row->licence != NULL)
      g_print ("           %s: %s\n", _ ("Licence"), row->licence);
    if (row->message != NULL)
      g_print ("           %s\n", row->message);
    return;
  }
  if (source_id != NULL)
    rp_json_set_string (object, "source", source_id);
  rp_json_set_string (object, "file", from);
  rp_json_set_string (object, "article", row->article_id);
  rp_json_set_string (object, "headline", row->headline);
  rp_json_set_string (object, "status", row->status);
  rp_json_set_string (object, "licence", row->licence);
  rp_json_set_string (object, "message", row->message);
  rp_cli_print_json (object);
}

void
rp_cli_print_delivery (RpCli *cli, RpDelivery *delivery)
{
  g_autoptr (JsonObject) object = rp_delivery_to_json (delivery);

  if (cli->json) {
    rp_cli_print_json (object);
    return;
  }
  g_print (
    "%.13s  %-9s %-9s  %-20s %s\n", delivery->id, rp_delivery_action_name (delivery->action),
    rp_delivery_state_name (delivery->state),
    rp_cli_or_dash (delivery->partner_name != NULL ? delivery->partner_name : delivery->partner_id),
    rp_cli_or_dash (delivery->headline));
  if (delivery->public_url != NULL)
    g_print ("               %s\n", delivery->public_url);
  if (delivery->message != NULL)
    g_print ("               %s\n", delivery->message);
}

void
rp_cli_print_decision (RpCli *cli,
                       const char *article_id,
                       const char *partner_id,
                       RpDecision *decision,
                       const char *words)
{
  GPtrArray *findings = rp_decision_get_findings (decision);

  if (cli->json) {
    g_autoptr (JsonObject) object = rp_decision_to_json (decision);

    rp_json_set_string (object, "article", article_id);
    rp_json_set_string (object, "partner", partner_id);
    rp_json_set_string (object, "words", words);
    rp_cli_print_json (object);
    return;
  }
  g_print ("%-20s %s\n", rp_cli_or_dash (partner_id), rp_decision_get_verdict (decision));
  if (words != NULL && rp_decision_is_allowed (decision))
    g_print ("  %s\n", words);
  for (guint i = 0; i < findings->len; i++) {
    RpFinding *finding = g_ptr_array_index (findings, i);

    g_print ("  %s %-5s %s\n", finding->rule, rp_severity_name (finding->severity),
             finding->message);
    if (finding->fix_label != NULL)
      g_print ("             → %s\n", finding->fix_label);
  }
}
