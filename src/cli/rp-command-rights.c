#include <glib/gi18n-lib.h>

#include "rp-clearance.h"
#include "rp-cli.h"
#include "rp-json.h"

extern const RpCommand rp_command_rights;

static int
check_case (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = rp_cli_read_input (name, &error);
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (RpDecision) decision = NULL;
  g_autoptr (JsonObject) out = NULL;

  if (bytes != NULL)
    object = rp_json_parse_object (bytes, name, &error);
  if (object != NULL)
    decision = rp_clearance_judge_case (object, &error);
  if (decision == NULL) {
    rp_cli_fail (error);
    return RP_EXIT_USAGE;
  }
  out = rp_decision_to_json (decision);
  rp_cli_print_json (out);

  return RP_EXIT_DONE;
}

static int
rights_run (RpCli *cli, int argc, char **argv)
{
  if (!rp_cli_parse (cli, &rp_command_rights, NULL, &argc, &argv))
    return RP_EXIT_USAGE;
  if (argc != 3 || !g_str_equal (argv[1], "check"))
    return rp_cli_usage (&rp_command_rights);

  return check_case (argv[2]);
}

const RpCommand rp_command_rights = {
  .name = "rights",
  .usage = "check --json CASE.json",
  .summary = N_ ("Judge a case that is given as a file"),
  .run = rights_run,
};
