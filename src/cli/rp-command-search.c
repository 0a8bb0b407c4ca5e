#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "rp-cli.h"
#include "rp-json.h"
#include "rp-searches.h"

extern const RpCommand rp_command_search;

static void
print_one (RpCli *cli, const RpRubric *rubric)
{
  g_autoptr (JsonObject) object = json_object_new ();

  if (!cli->json) {
    printf ("%6u  %-24s  %s\n", rubric->count, rubric->name, rubric->query);
    return;
  }
  rp_json_set_string (object, "search", rubric->id);
  rp_json_set_string (object, "name", rubric->name);
  rp_json_set_string (object, "query", rubric->query);
  json_object_set_int_member (object, "articles", rubric->count);
  rp_cli_print_json (object);
}

static int
list (RpCli *cli)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RpRubrics) rubrics = NULL;

  rp_rubrics_load_async (cli->workspace, NULL, rp_cli_ready_cb, &result);
  rubrics = rp_rubrics_load_finish (cli->workspace, rp_cli_wait (&result), &error);
  if (rubrics == NULL)
    return rp_cli_fail (error);
  for (guint i = 0; i < rubrics->searches->len; i++)
    print_one (cli, rubrics->searches->pdata[i]);

  return RP_EXIT_DONE;
}

static int
save (RpCli *cli, const char *name, char **words)
{
  g_autofree char *query = g_strjoinv (" ", words);
  g_autofree char *id = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rp_searches_save_async (cli->workspace, NULL, name, query, NULL, rp_cli_ready_cb, &result);
  id = rp_searches_save_finish (cli->workspace, rp_cli_wait (&result), &error);

  return id != NULL ? RP_EXIT_DONE : rp_cli_fail (error);
}

static int
remove_one (RpCli *cli, const char *name)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rp_searches_remove_async (cli->workspace, name, NULL, rp_cli_ready_cb, &result);
  if (!rp_searches_remove_finish (cli->workspace, rp_cli_wait (&result), &error))
    return rp_cli_fail (error);

  return RP_EXIT_DONE;
}

static int
run (RpCli *cli, int argc, char **argv)
{
  const char *verb;

  if (!rp_cli_parse (cli, &rp_command_search, NULL, &argc, &argv))
    return RP_EXIT_USAGE;
  verb = argc > 1 ? argv[1] : "list";
  if (!(g_str_equal (verb, "list") && argc <= 2) && !(g_str_equal (verb, "save") && argc >= 4) &&
      !(g_str_equal (verb, "remove") && argc == 3))
    return rp_cli_usage (&rp_command_search);
  if (rp_cli_open (cli) == NULL)
    return RP_EXIT_FAILED;
  if (g_str_equal (verb, "save"))
    return save (cli, argv[2], argv + 3);

  return g_str_equal (verb, "remove") ? remove_one (cli, argv[2]) : list (cli);
}

const RpCommand rp_command_search = {
  .name = "search",
  .usage = "list [--json]\nsave NAME QUERY…\nremove NAME",
  .summary = N_ ("Searches that are saved under a name; the window counts them in its sidebar"),
  .run = run,
};
