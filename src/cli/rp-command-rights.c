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

typedef struct {
  char *policy;  /* owned */
  char *request; /* owned */
  char *context; /* owned, may be NULL */
} Evaluation;

static void
evaluation_clear (Evaluation *evaluation)
{
  g_free (evaluation->policy);
  g_free (evaluation->request);
  g_free (evaluation->context);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Evaluation, evaluation_clear)

static JsonObject *
read_object (const char *name, GError **error)
{
  g_autoptr (GBytes) bytes = rp_cli_read_input (name, error);

  return bytes != NULL ? rp_json_parse_object (bytes, name, error) : NULL;
}

/* JSON-LD may be a list of what it speaks of. */
static JsonObject *
read_request (const char *name, GError **error)
{
  g_autoptr (GBytes) bytes = rp_cli_read_input (name, error);
  g_autoptr (JsonNode) node = bytes != NULL ? rp_json_parse (bytes, NULL) : NULL;
  JsonObject *object;

  if (bytes == NULL)
    return NULL;
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return rp_json_parse_object (bytes, name, error);
  object = json_object_new ();
  json_object_set_member (object, "@graph", g_steal_pointer (&node));

  return object;
}

static JsonObject *
evaluate (const Evaluation *evaluation, GError **error)
{
  g_autoptr (GBytes) policy = rp_cli_read_input (evaluation->policy, error);
  g_autoptr (JsonObject) request = NULL;
  g_autoptr (JsonObject) context = NULL;

  if (policy == NULL)
    return NULL;
  request = read_request (evaluation->request, error);
  if (request == NULL)
    return NULL;
  if (evaluation->context != NULL) {
    context = read_object (evaluation->context, error);
    if (context == NULL)
      return NULL;
  }

  return rp_clearance_evaluate_policy (policy, request, context, error);
}

static int
print_evaluation (const Evaluation *evaluation)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) report = evaluate (evaluation, &error);

  if (report == NULL) {
    rp_cli_fail (error);
    return RP_EXIT_USAGE;
  }
  rp_cli_print_json (report);

  return RP_EXIT_DONE;
}

static int
rights_run (RpCli *cli, int argc, char **argv)
{
  g_auto (Evaluation) evaluation = {0};
  const GOptionEntry entries[] = {
    {"policy", 0, 0, G_OPTION_ARG_FILENAME, &evaluation.policy, N_ ("An ODRL policy"), "FILE"},
    {"request", 0, 0, G_OPTION_ARG_FILENAME, &evaluation.request, N_ ("Who wants to do what"),
     "FILE"},
    {"context", 0, 0, G_OPTION_ARG_FILENAME, &evaluation.context, N_ ("The state of the world"),
     "FILE"},
    {NULL},
  };

  if (!rp_cli_parse (cli, &rp_command_rights, entries, &argc, &argv))
    return RP_EXIT_USAGE;
  if (argc == 3 && g_str_equal (argv[1], "check"))
    return check_case (argv[2]);
  if (argc == 2 && g_str_equal (argv[1], "evaluate") && evaluation.policy != NULL &&
      evaluation.request != NULL)
    return print_evaluation (&evaluation);

  return rp_cli_usage (&rp_command_rights);
}

const RpCommand rp_command_rights = {
  .name = "rights",
  .usage = "check --json CASE.json\nevaluate --policy POLICY --request REQUEST [--context CONTEXT]",
  .summary = N_ ("Judge a case that is given as a file"),
  .run = rights_run,
};
