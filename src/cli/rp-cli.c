#include "rp-cli.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "rp-error.h"

gboolean
rp_cli_parse (RpCli *cli,
              const RpCommand *command,
              const GOptionEntry *entries,
              int *argc,
              char ***argv)
{
  const GOptionEntry common[] = {
    {"json", 0, 0, G_OPTION_ARG_NONE, &cli->json, NULL, NULL},
    {"library", 0, 0, G_OPTION_ARG_STRING, &cli->library, NULL, NULL},
    {NULL},
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, common, NULL);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, NULL);
  if (g_option_context_parse (context, argc, argv, &error))
    return TRUE;
  g_printerr ("reprintctl: %s\n", error->message);
  rp_cli_usage (command);

  return FALSE;
}

int
rp_cli_usage (const RpCommand *command)
{
  g_auto (GStrv) forms = g_strsplit (command->usage, "\n", -1);

  for (guint i = 0; forms[i] != NULL; i++)
    g_printerr ("%s reprintctl %s %s\n", i == 0 ? _ ("Usage:") : "      ", command->name, forms[i]);

  return RP_EXIT_USAGE;
}

void
rp_cli_ready_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

GAsyncResult *
rp_cli_wait (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *result;
}

RpWorkspace *
rp_cli_open (RpCli *cli)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (cli->workspace != NULL)
    return cli->workspace;
  rp_workspace_open_async (cli->library, 0, NULL, rp_cli_ready_cb, &result);
  cli->workspace = rp_workspace_open_finish (rp_cli_wait (&result), &error);
  if (cli->workspace == NULL)
    rp_cli_fail (error);

  return cli->workspace;
}

int
rp_cli_fail (const GError *error)
{
  g_printerr ("reprintctl: %s\n", error->message);
  if (g_error_matches (error, RP_ERROR, RP_ERROR_DENIED))
    return RP_EXIT_DENIED;
  if (g_error_matches (error, RP_ERROR, RP_ERROR_INVALID) ||
      g_error_matches (error, RP_ERROR, RP_ERROR_UNREADABLE) ||
      g_error_matches (error, RP_ERROR, RP_ERROR_UNSUPPORTED))
    return RP_EXIT_USAGE;

  return RP_EXIT_FAILED;
}

int
rp_cli_join (int so_far, int next, gboolean first)
{
  if (first || so_far == next)
    return next;

  return RP_EXIT_PARTLY;
}

RpPartner *
rp_cli_find_partner (RpCli *cli, const char *name)
{
  RpPartner *partner = rp_workspace_find_partner (cli->workspace, name);

  if (partner == NULL)
    g_printerr (_ ("reprintctl: There is no partner “%s”; “reprintctl partner list” shows them\n"),
                name);

  return partner;
}

char *
rp_cli_find_article (RpCli *cli, const char *id)
{
  g_autoptr (GError) error = NULL;
  char *found = rp_workspace_resolve_article (cli->workspace, id, &error);

  if (found == NULL)
    rp_cli_fail (error);

  return found;
}

RpArticle *
rp_cli_get_article (RpCli *cli, const char *id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RpArticle *article;

  rp_workspace_get_article_async (cli->workspace, id, NULL, rp_cli_ready_cb, &result);
  article = rp_workspace_get_article_finish (cli->workspace, rp_cli_wait (&result), &error);
  if (article == NULL)
    rp_cli_fail (error);

  return article;
}

static GBytes *
read_standard_input (void)
{
  GByteArray *all = g_byte_array_new ();
  guint8 chunk[65536];
  gsize count;

  while ((count = fread (chunk, 1, sizeof chunk, stdin)) > 0)
    g_byte_array_append (all, chunk, (guint) count);

  return g_byte_array_free_to_bytes (all);
}

GBytes *
rp_cli_read_input (const char *name, GError **error)
{
  g_autoptr (GFile) file = NULL;

  if (g_str_equal (name, "-"))
    return read_standard_input ();
  file = g_file_new_for_commandline_arg (name);

  return g_file_load_bytes (file, NULL, NULL, error);
}
