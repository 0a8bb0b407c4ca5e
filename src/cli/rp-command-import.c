#include <glib/gi18n-lib.h>

#include "rp-cli.h"
#include "rp-intake.h"
#include "rp-text.h"

extern const RpCommand rp_command_import;

static gboolean
add_argument (RpIntake *intake, const char *name, GError **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (rp_text_is_web_url (name)) {
    rp_intake_add_url (intake, name);
    return TRUE;
  }
  if (g_str_equal (name, "-")) {
    bytes = rp_cli_read_input (name, error);
    if (bytes == NULL)
      return FALSE;
    rp_intake_add_bytes (intake, bytes, _ ("Standard input"));
    return TRUE;
  }
  file = g_file_new_for_commandline_arg (name);
  rp_intake_add_file (intake, file);

  return TRUE;
}

static int
print_results (RpCli *cli, GPtrArray *results)
{
  guint failed = 0;

  for (guint i = 0; i < results->len; i++) {
    RpIntakeResult *row = g_ptr_array_index (results, i);

    rp_cli_print_intake (cli, NULL, row->name, row);
    failed += g_str_equal (row->status, "failed");
  }
  if (failed == 0)
    return RP_EXIT_DONE;

  return failed == results->len ? RP_EXIT_USAGE : RP_EXIT_PARTLY;
}

static int
run_intake (RpCli *cli, RpIntake *intake)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;

  rp_intake_run_async (intake, NULL, rp_cli_ready_cb, &result);
  results = rp_intake_run_finish (intake, rp_cli_wait (&result), &error);

  return results != NULL ? print_results (cli, results) : rp_cli_fail (error);
}

static int
import_run (RpCli *cli, int argc, char **argv)
{
  g_autofree char *licence = NULL;
  const GOptionEntry entries[] = {
    {"licence", 0, 0, G_OPTION_ARG_STRING, &licence, NULL, NULL},
    {NULL},
  };
  g_autoptr (RpIntake) intake = NULL;
  g_autoptr (GError) error = NULL;

  if (!rp_cli_parse (cli, &rp_command_import, entries, &argc, &argv))
    return RP_EXIT_USAGE;
  if (argc < 2)
    return rp_cli_usage (&rp_command_import);
  if (rp_cli_open (cli) == NULL)
    return RP_EXIT_FAILED;
  if (licence != NULL &&
      rp_licence_book_lookup (rp_workspace_get_book (cli->workspace), licence) == NULL) {
    g_printerr (
      _ ("reprintctl: There is no licence “%s” in the book; “reprintctl licence list” shows "
         "them\n"),
      licence);
    return RP_EXIT_USAGE;
  }

  intake = rp_intake_new (cli->workspace);
  rp_intake_set_licence (intake, licence);
  for (int i = 1; i < argc; i++)
    if (!add_argument (intake, argv[i], &error))
      return rp_cli_fail (error);

  return run_intake (cli, intake);
}

const RpCommand rp_command_import = {
  .name = "import",
  .usage = "[--json] [--licence LICENCE] FILE|FOLDER|URL|-…",
  .summary = N_ ("Take articles into the library"),
  .run = import_run,
};
