#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "rp-cli.h"
#include "rp-discover.h"
#include "rp-dispatch.h"
#include "rp-error.h"
#include "rp-json.h"
#include "rp-text.h"

extern const RpCommand rp_command_partner;

typedef struct {
  char *connector;
  GStrv settings;
  GStrv secrets;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->connector);
  g_strfreev (options->settings);
  g_strfreev (options->secrets);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static void
print_partner (RpCli *cli, RpPartner *partner)
{
  if (cli->json) {
    g_autoptr (JsonObject) object = rp_partner_to_json (partner);

    rp_cli_print_json (object);
    return;
  }
  g_print ("%-20s %-12s %-10s %s\n", rp_partner_get_id (partner),
           rp_partner_get_connector (partner), rp_partner_get_state (partner),
           rp_cli_or_dash (rp_partner_get_url (partner)));
  if (rp_partner_get_message (partner) != NULL)
    g_print ("  %s\n", rp_partner_get_message (partner));
}

/* What licences ask about a partner goes to its properties, the rest are connector settings. */
static gboolean
is_property (const char *key)
{
  static const char *const keys[] = {
    "channels", "territories",   "commercial", "paywalled",         "ads",           "indexable",
    "language", "can_unpublish", "accredited", "feeds_ai_training", "can_canonical", NULL};

  return g_strv_contains (keys, key);
}

static void
set_property (JsonObject *properties, const char *key, const char *value)
{
  if (g_str_equal (value, "true") || g_str_equal (value, "yes"))
    json_object_set_boolean_member (properties, key, TRUE);
  else if (g_str_equal (value, "false") || g_str_equal (value, "no"))
    json_object_set_boolean_member (properties, key, FALSE);
  else if (g_str_equal (key, "channels") || g_str_equal (key, "territories")) {
    g_auto (GStrv) list = g_strsplit (value, ",", -1);

    rp_json_set_strv (properties, key, (const char *const *) list);
  } else {
    json_object_set_string_member (properties, key, value);
  }
}

static gboolean
apply_settings (RpPartner *partner, char **settings, GError **error)
{
  for (; settings != NULL && *settings != NULL; settings++) {
    g_auto (GStrv) pair = g_strsplit (*settings, "=", 2);

    if (pair[0] == NULL || pair[1] == NULL) {
      g_set_error (error, RP_ERROR, RP_ERROR_INVALID, _ ("“%s” is not of the form KEY=VALUE"),
                   *settings);
      return FALSE;
    }
    if (is_property (pair[0]))
      set_property (rp_partner_get_properties (partner), pair[0], pair[1]);
    else
      rp_partner_set_setting (partner, pair[0], pair[1]);
  }

  return TRUE;
}

static char *
read_secret (const char *key)
{
  g_autofree char *name = g_strconcat ("REPRINT_SECRET_", key, NULL);
  g_autofree char *upper = g_ascii_strup (name, -1);
  char line[4096];

  if (g_getenv (upper) != NULL)
    return NULL; /* it stays in the environment and is read from there */
  if (fgets (line, sizeof line, stdin) == NULL)
    return g_strdup ("");

  return g_strdup (g_strchomp (line));
}

static gboolean
store_secrets (RpCli *cli, RpPartner *partner, char **keys, GError **error)
{
  for (; keys != NULL && *keys != NULL; keys++) {
    g_autofree char *value = read_secret (*keys);
    g_autoptr (GAsyncResult) result = NULL;
    RpSecrets *secrets = rp_workspace_get_secrets (cli->workspace);

    if (value == NULL)
      continue;
    rp_secrets_store_async (secrets, rp_partner_get_id (partner), rp_partner_get_name (partner),
                            *keys, value, NULL, rp_cli_ready_cb, &result);
    if (!rp_secrets_store_finish (secrets, rp_cli_wait (&result), error))
      return FALSE;
  }

  return TRUE;
}

static gboolean
save_partner (RpCli *cli, RpPartner *partner, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rp_workspace_save_partner_async (cli->workspace, partner, NULL, rp_cli_ready_cb, &result);

  return rp_workspace_save_partner_finish (cli->workspace, rp_cli_wait (&result), error);
}

static int
add_partner (RpCli *cli, const char *name, Options *options)
{
  g_autofree char *id = rp_text_slug (name, 40);
  g_autoptr (RpPartner) partner = NULL;
  g_autoptr (GError) error = NULL;

  if (options->connector == NULL)
    return rp_cli_usage (&rp_command_partner);
  if (rp_workspace_find_partner (cli->workspace, id) != NULL) {
    g_printerr (
      _ ("reprintctl: There is a partner “%s” already; remove it first or take another name\n"),
      id);
    return RP_EXIT_FAILED;
  }
  partner = rp_partner_new (id, name, options->connector);
  json_object_set_boolean_member (rp_partner_get_properties (partner), "can_unpublish", TRUE);
  if (!apply_settings (partner, options->settings, &error) ||
      !rp_dispatch_check_partner (partner, &error) ||
      !store_secrets (cli, partner, options->secrets, &error) ||
      !save_partner (cli, partner, &error))
    return rp_cli_fail (error);
  print_partner (cli, partner);

  return RP_EXIT_DONE;
}

static int
list_partners (RpCli *cli)
{
  GListModel *partners = rp_workspace_get_partners (cli->workspace);

  for (guint i = 0; i < g_list_model_get_n_items (partners); i++) {
    g_autoptr (RpPartner) partner = g_list_model_get_item (partners, i);

    print_partner (cli, partner);
  }

  return RP_EXIT_DONE;
}

static int
show_partner (RpCli *cli, const char *name)
{
  RpPartner *partner = rp_cli_find_partner (cli, name);

  if (partner == NULL)
    return RP_EXIT_FAILED;
  print_partner (cli, partner);

  return RP_EXIT_DONE;
}

static int
test_partner (RpCli *cli, const char *name)
{
  RpPartner *partner = rp_cli_find_partner (cli, name);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  if (partner == NULL)
    return RP_EXIT_FAILED;
  rp_dispatch_test_async (cli->workspace, partner, NULL, rp_cli_ready_cb, &result);
  words = rp_dispatch_test_finish (cli->workspace, rp_cli_wait (&result), &error);
  if (words == NULL)
    return rp_cli_fail (error);
  print_partner (cli, partner);
  if (!cli->json && *words != '\0')
    g_print ("  %s\n", words);

  return RP_EXIT_DONE;
}

static int
remove_partner (RpCli *cli, const char *name)
{
  RpPartner *partner = rp_cli_find_partner (cli, name);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) cleared = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  RpSecrets *secrets = rp_workspace_get_secrets (cli->workspace);

  if (partner == NULL)
    return RP_EXIT_FAILED;
  id = g_strdup (rp_partner_get_id (partner));
  rp_workspace_remove_partner_async (cli->workspace, id, NULL, rp_cli_ready_cb, &result);
  if (!rp_workspace_remove_partner_finish (cli->workspace, rp_cli_wait (&result), &error))
    return rp_cli_fail (error);
  rp_secrets_clear_async (secrets, id, NULL, rp_cli_ready_cb, &cleared);
  if (!rp_secrets_clear_finish (secrets, rp_cli_wait (&cleared), &error))
    g_printerr (_ ("reprintctl: The keyring was not reached, so a password may remain there: %s\n"),
                error->message);

  return RP_EXIT_DONE;
}

static void
print_discovery (RpCli *cli, const RpDiscovery *discovery)
{
  g_autoptr (JsonObject) object = rp_discovery_to_json (discovery);

  if (cli->json) {
    rp_cli_print_json (object);
    return;
  }
  g_print ("%s (%s)\t%s\n", discovery->title, discovery->connector,
           rp_cli_or_dash (rp_json_get_string (object, "url")));
  for (guint i = 0; i < discovery->needs->len; i++)
    g_print (_ ("  needs “%s”\n"), (const char *) discovery->needs->pdata[i]);
}

static int
discover_partner (RpCli *cli, const char *address)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;

  rp_discover_async (cli->workspace, address, NULL, rp_cli_ready_cb, &result);
  found = rp_discover_finish (cli->workspace, rp_cli_wait (&result), &error);
  if (found == NULL)
    return rp_cli_fail (error);
  for (guint i = 0; i < found->len; i++)
    print_discovery (cli, found->pdata[i]);
  if (found->len > 0)
    return RP_EXIT_DONE;
  g_printerr (_ ("reprintctl: Nothing that Reprint speaks was found at %s; ask the partner for its "
                 "programming interface and add it with --connector\n"),
              address);

  return RP_EXIT_FAILED;
}

static int
partner_run (RpCli *cli, int argc, char **argv)
{
  g_auto (Options) options = {0};
  const GOptionEntry entries[] = {
    {"connector", 0, 0, G_OPTION_ARG_STRING, &options.connector, NULL, NULL},
    {"set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.settings, NULL, NULL},
    {"secret", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.secrets, NULL, NULL},
    {NULL},
  };

  if (!rp_cli_parse (cli, &rp_command_partner, entries, &argc, &argv))
    return RP_EXIT_USAGE;
  if (argc < 2 || (argc != 3 && !g_str_equal (argv[1], "list")))
    return rp_cli_usage (&rp_command_partner);
  if (rp_cli_open (cli) == NULL)
    return RP_EXIT_FAILED;
  if (g_str_equal (argv[1], "add"))
    return add_partner (cli, argv[2], &options);
  if (g_str_equal (argv[1], "discover"))
    return discover_partner (cli, argv[2]);
  if (g_str_equal (argv[1], "list"))
    return list_partners (cli);
  if (g_str_equal (argv[1], "show"))
    return show_partner (cli, argv[2]);
  if (g_str_equal (argv[1], "test"))
    return test_partner (cli, argv[2]);
  if (g_str_equal (argv[1], "remove"))
    return remove_partner (cli, argv[2]);

  return rp_cli_usage (&rp_command_partner);
}

const RpCommand rp_command_partner = {
  .name = "partner",
  .usage = "add NAME --connector ID [--set KEY=VALUE]… [--secret KEY]…\n"
           "discover URL | list | show NAME | test NAME | remove NAME",
  .summary = N_ ("The partners that articles are published to"),
  .run = partner_run,
};
