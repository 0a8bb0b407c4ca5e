#include <glib/gi18n-lib.h>

#include "rp-cli.h"
#include "rp-locale.h"

static int
print_help (void)
{
  g_print ("%s\n\n", _ ("Usage: reprintctl [--library FILE] [--json] COMMAND …"));
  for (guint i = 0; rp_commands[i] != NULL; i++)
    g_print ("  %-10s %s\n", rp_commands[i]->name, _ (rp_commands[i]->summary));
  g_print ("\n%s\n", _ ("“reprintctl COMMAND” without arguments shows how it is called."));

  return RP_EXIT_DONE;
}

static const RpCommand *
find_command (const char *name)
{
  for (guint i = 0; rp_commands[i] != NULL; i++)
    if (g_str_equal (rp_commands[i]->name, name))
      return rp_commands[i];

  return NULL;
}

/* Options before the command's name are the common ones; they move behind it. */
static int
find_command_index (int argc, char **argv)
{
  int i = 1;

  while (i < argc && argv[i][0] == '-')
    i += g_str_equal (argv[i], "--library") ? 2 : 1;

  return i;
}

static int
run_command (RpCli *cli, const RpCommand *command, int argc, char **argv, int at)
{
  g_autofree char **rest = g_new0 (char *, (gsize) argc + 1);
  int count = 0;

  rest[count++] = argv[at];
  for (int i = 1; i < argc; i++)
    if (i != at)
      rest[count++] = argv[i];

  return command->run (cli, count, rest);
}

int
main (int argc, char **argv)
{
  RpCli cli = {0};
  const RpCommand *command;
  int at, status;

  rp_locale_set_up ();

  at = find_command_index (argc, argv);
  if (at < argc && g_str_equal (argv[at], "help"))
    return print_help ();
  if (at >= argc) {
    if (argc > 1 && g_str_equal (argv[1], "--version")) {
      g_print ("reprintctl %s\n", RP_VERSION);
      return RP_EXIT_DONE;
    }
    print_help ();
    return argc > 1 && g_str_equal (argv[1], "--help") ? RP_EXIT_DONE : RP_EXIT_USAGE;
  }
  command = find_command (argv[at]);
  if (command == NULL) {
    g_printerr (_ ("reprintctl: There is no command “%s”; “reprintctl help” lists them\n"),
                argv[at]);
    return RP_EXIT_USAGE;
  }

  status = run_command (&cli, command, argc, argv, at);
  if (cli.workspace != NULL)
    rp_workspace_close (cli.workspace);
  g_clear_object (&cli.workspace);
  g_free (cli.library);

  return status;
}
