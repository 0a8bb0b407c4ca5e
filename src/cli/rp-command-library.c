#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "rp-cli.h"
#include "rp-library.h"

extern const RpCommand rp_command_library;

static int
back_up (RpCli *cli, const char *path)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (rp_cli_open (cli) == NULL)
    return RP_EXIT_FAILED;
  rp_workspace_backup_async (cli->workspace, path, NULL, rp_cli_ready_cb, &result);
  if (!rp_workspace_backup_finish (cli->workspace, rp_cli_wait (&result), &error))
    return rp_cli_fail (error);

  return RP_EXIT_DONE;
}

static int
check (RpCli *cli)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (rp_cli_open (cli) == NULL)
    return RP_EXIT_FAILED;
  rp_workspace_check_async (cli->workspace, NULL, rp_cli_ready_cb, &result);
  if (!rp_workspace_check_finish (cli->workspace, rp_cli_wait (&result), &error))
    return rp_cli_fail (error);
  if (!cli->json)
    g_print ("%s\n", _ ("The library is in order."));

  return RP_EXIT_DONE;
}

static int
restore (RpCli *cli, const char *path)
{
  g_autofree char *kept = NULL;
  g_autoptr (GError) error = NULL;

  if (!rp_library_restore (cli->library, path, &kept, &error))
    return rp_cli_fail (error);
  if (kept != NULL && !cli->json)
    g_print (_ ("The library that was there is kept as %s.\n"), kept);

  return RP_EXIT_DONE;
}

static int
optimise (RpCli *cli)
{
  g_autoptr (GError) error = NULL;

  return rp_library_optimise (cli->library, &error) ? RP_EXIT_DONE : rp_cli_fail (error);
}

static int
keep_password (const char *uri)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char line[4096] = "";

  if (fgets (line, sizeof line, stdin) == NULL)
    return rp_cli_usage (&rp_command_library);
  rp_library_keep_password_async (uri, g_strchomp (line), NULL, rp_cli_ready_cb, &result);

  return rp_library_keep_password_finish (rp_cli_wait (&result), &error) ? RP_EXIT_DONE
                                                                         : rp_cli_fail (error);
}

static void
print_count (const char *what, gint64 count)
{
  g_print ("%-20s %10" G_GINT64_FORMAT "\n", what, count);
}

static int
forget (RpCli *cli, const char *month)
{
  RpLibraryForgotten gone;
  g_autoptr (JsonObject) row = json_object_new ();
  g_autoptr (GError) error = NULL;

  if (!rp_library_forget_before (cli->library, month, &gone, &error))
    return rp_cli_fail (error);
  if (!cli->json) {
    print_count (_ ("requests"), gone.exchanges);
    print_count (_ ("earlier versions"), gone.versions);
    print_count (_ ("originals"), gone.originals);
    return RP_EXIT_DONE;
  }
  json_object_set_int_member (row, "exchanges", gone.exchanges);
  json_object_set_int_member (row, "versions", gone.versions);
  json_object_set_int_member (row, "originals", gone.originals);
  rp_cli_print_json (row);

  return RP_EXIT_DONE;
}

static void
member_cb (const char *account, const char *role, gpointer user_data)
{
  RpCli *cli = user_data;
  g_autoptr (JsonObject) row = json_object_new ();

  if (!cli->json) {
    g_print ("%-30s %s\n", account, role);
    return;
  }
  json_object_set_string_member (row, "account", account);
  json_object_set_string_member (row, "role", role);
  rp_cli_print_json (row);
}

static int
list_members (RpCli *cli)
{
  g_autoptr (GError) error = NULL;

  return rp_library_list_members (cli->library, member_cb, cli, &error) ? RP_EXIT_DONE
                                                                        : rp_cli_fail (error);
}

static int
give_role (RpCli *cli, const char *account, const char *role)
{
  g_autoptr (GError) error = NULL;

  return rp_library_give_role (cli->library, account, role, &error) ? RP_EXIT_DONE
                                                                    : rp_cli_fail (error);
}

static void
copied_cb (const char *what, gint64 count, const char *sha256, gpointer user_data)
{
  RpCli *cli = user_data;
  g_autoptr (JsonObject) row = json_object_new ();

  if (!cli->json) {
    g_print ("%-14s %10" G_GINT64_FORMAT "  %s\n", what, count, sha256 != NULL ? sha256 : "");
    return;
  }
  json_object_set_string_member (row, "copied", what);
  json_object_set_int_member (row, "count", count);
  if (sha256 != NULL)
    json_object_set_string_member (row, "sha256", sha256);
  rp_cli_print_json (row);
}

static int
copy (RpCli *cli, const char *from, const char *to)
{
  g_autoptr (GError) error = NULL;

  if (!rp_library_copy (from, to, copied_cb, cli, &error))
    return rp_cli_fail (error);
  if (!cli->json)
    g_print ("%s\n", _ ("The copy is complete, and the same as the library."));

  return RP_EXIT_DONE;
}

static int
library_run (RpCli *cli, int argc, char **argv)
{
  if (!rp_cli_parse (cli, &rp_command_library, NULL, &argc, &argv))
    return RP_EXIT_USAGE;
  if (argc == 3 && g_str_equal (argv[1], "backup"))
    return back_up (cli, argv[2]);
  if (argc == 2 && g_str_equal (argv[1], "check"))
    return check (cli);
  if (argc == 3 && g_str_equal (argv[1], "restore"))
    return restore (cli, argv[2]);
  if (argc == 2 && g_str_equal (argv[1], "optimise"))
    return optimise (cli);
  if (argc == 3 && g_str_equal (argv[1], "password"))
    return keep_password (argv[2]);
  if (argc == 4 && g_str_equal (argv[1], "copy"))
    return copy (cli, argv[2], argv[3]);
  if (argc == 3 && g_str_equal (argv[1], "forget-before"))
    return forget (cli, argv[2]);
  if (argc == 2 && g_str_equal (argv[1], "roles"))
    return list_members (cli);
  if (argc == 4 && g_str_equal (argv[1], "role"))
    return give_role (cli, argv[2], argv[3]);

  return rp_cli_usage (&rp_command_library);
}

const RpCommand rp_command_library = {
  .name = "library",
  .usage = "backup FILE | restore FILE | check | optimise\ncopy FROM TO\npassword ADDRESS < FILE\n"
           "roles | role ACCOUNT reader|editor|publisher|rights-manager|none\n"
           "forget-before MONTH",
  .summary =
    N_ ("Back the library up, restore it, look for damage, compact it, move it to a server "
        "and back, and say who may do what in it there"),
  .run = library_run,
};
