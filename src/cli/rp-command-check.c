#include <glib/gi18n-lib.h>

#include "rp-clearance.h"
#include "rp-cli.h"
#include "rp-outcome.h"
#include "rp-rejudge.h"
#include "rp-time.h"

extern const RpCommand rp_command_check;

static int
print_verdicts (RpCli *cli, const char *article_id, GPtrArray *verdicts)
{
  int status = RP_EXIT_DONE;

  for (guint i = 0; i < verdicts->len; i++) {
    RpVerdictFor *verdict = g_ptr_array_index (verdicts, i);
    const char *partner = verdict->partner != NULL ? rp_partner_get_id (verdict->partner) : NULL;
    int one = rp_decision_is_allowed (verdict->decision) ? RP_EXIT_DONE : RP_EXIT_DENIED;

    rp_cli_print_decision (cli, article_id, partner, verdict->decision, verdict->words);
    status = rp_cli_join (status, one, i == 0);
  }

  return status;
}

static int
check_article (RpCli *cli, const char *name, char **to, gint64 at)
{
  g_auto (GStrv) partners = rp_outcome_resolve_partners (cli, to);
  g_autofree char *id = rp_cli_find_article (cli, name);
  g_autoptr (RpArticle) article = id != NULL ? rp_cli_get_article (cli, id) : NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) verdicts = NULL;
  g_autoptr (GError) error = NULL;

  if (partners == NULL || article == NULL)
    return RP_EXIT_FAILED;
  rp_clearance_judge_async (cli->workspace, article,
                            to != NULL ? (const char *const *) partners : NULL, at, NULL,
                            rp_cli_ready_cb, &result);
  verdicts = rp_clearance_judge_finish (cli->workspace, rp_cli_wait (&result), &error);

  return verdicts != NULL ? print_verdicts (cli, id, verdicts) : rp_cli_fail (error);
}

static int
check_all (RpCli *cli)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (GError) error = NULL;
  RpRejudged counts;

  rp_rejudge_async (cli->workspace, FALSE, NULL, rp_cli_ready_cb, &result);
  if (!rp_rejudge_finish (cli->workspace, rp_cli_wait (&result), &counts, &error))
    return rp_cli_fail (error);
  json_object_set_int_member (object, "judged", counts.judged);
  json_object_set_int_member (object, "changed", counts.changed);
  if (cli->json)
    rp_cli_print_json (object);
  else
    g_print (_ ("%u articles judged, %u of them changed their place on the desk.\n"), counts.judged,
             counts.changed);

  return RP_EXIT_DONE;
}

static int
check_run (RpCli *cli, int argc, char **argv)
{
  g_auto (GStrv) to = NULL;
  g_autofree char *at = NULL;
  gboolean all = FALSE;
  const GOptionEntry entries[] = {
    {"all", 0, 0, G_OPTION_ARG_NONE, &all, NULL, NULL},
    {"to", 0, 0, G_OPTION_ARG_STRING_ARRAY, &to, NULL, NULL},
    {"at", 0, 0, G_OPTION_ARG_STRING, &at, NULL, NULL},
    {NULL},
  };

  if (!rp_cli_parse (cli, &rp_command_check, entries, &argc, &argv))
    return RP_EXIT_USAGE;
  if (argc != (all ? 1 : 2) || (at != NULL && rp_time_instant (at) == RP_TIME_NONE))
    return rp_cli_usage (&rp_command_check);
  if (rp_cli_open (cli) == NULL)
    return RP_EXIT_FAILED;

  return all ? check_all (cli) : check_article (cli, argv[1], to, rp_time_instant (at));
}

const RpCommand rp_command_check = {
  .name = "check",
  .usage = "ARTICLE [--to PARTNER]… [--at TIME] [--json]\n--all",
  .summary = N_ ("Say what the licence allows, partner by partner"),
  .run = check_run,
};
