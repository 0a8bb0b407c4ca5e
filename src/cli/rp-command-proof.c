#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "rp-cli.h"
#include "rp-json.h"
#include "rp-proof.h"

extern const RpCommand rp_command_proof;

static int
verify (RpCli *cli, const char *path)
{
  g_autofree char *manifest = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) wrong = rp_proof_verify (path, &manifest, &error);

  if (wrong == NULL)
    return rp_cli_fail (error);
  for (guint i = 0; i < wrong->len; i++)
    g_printerr ("reprintctl: %s\n", (const char *) wrong->pdata[i]);
  if (cli->json) {
    g_autoptr (JsonObject) object = json_object_new ();

    json_object_set_string_member (object, "file", path);
    json_object_set_boolean_member (object, "genuine", wrong->len == 0);
    json_object_set_string_member (object, "manifest", manifest);
    rp_cli_print_json (object);
  } else if (wrong->len == 0) {
    printf (_ ("%s: every file is as the manifest says.\n"), path);
    printf (_ ("The manifest’s SHA-256 is %s.\n"), manifest);
  }

  return wrong->len == 0 ? RP_EXIT_DONE : RP_EXIT_FAILED;
}

static int
write_proof (RpCli *cli, const char *name, const char *path)
{
  g_autofree char *article = rp_cli_find_article (cli, name);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RpProof) proof = NULL;

  if (article == NULL)
    return RP_EXIT_FAILED;
  rp_proof_write_async (cli->workspace, article, path, NULL, rp_cli_ready_cb, &result);
  proof = rp_proof_write_finish (cli->workspace, rp_cli_wait (&result), &error);
  if (proof == NULL)
    return rp_cli_fail (error);
  for (guint i = 0; proof->remarks[i] != NULL; i++)
    g_printerr ("reprintctl: %s\n", proof->remarks[i]);
  if (cli->json) {
    g_autoptr (JsonObject) object = json_object_new ();

    json_object_set_string_member (object, "article", article);
    json_object_set_string_member (object, "file", proof->path);
    json_object_set_string_member (object, "manifest", proof->manifest);
    rp_json_set_strv (object, "remarks", (const char *const *) proof->remarks);
    rp_cli_print_json (object);
  } else {
    printf ("%s\n", proof->path);
    printf (_ ("The manifest’s SHA-256 is %s.\n"), proof->manifest);
  }

  return RP_EXIT_DONE;
}

static int
run (RpCli *cli, int argc, char **argv)
{
  g_autofree char *output = NULL;
  g_autofree char *verified = NULL;
  const GOptionEntry entries[] = {
    {"output", 0, 0, G_OPTION_ARG_FILENAME, &output, NULL, NULL},
    {"verify", 0, 0, G_OPTION_ARG_FILENAME, &verified, NULL, NULL},
    {NULL},
  };

  if (!rp_cli_parse (cli, &rp_command_proof, entries, &argc, &argv))
    return RP_EXIT_USAGE;
  if (verified != NULL && argc == 1)
    return verify (cli, verified);
  if (argc != 2 || output == NULL)
    return rp_cli_usage (&rp_command_proof);

  return rp_cli_open (cli) != NULL ? write_proof (cli, argv[1], output) : RP_EXIT_FAILED;
}

const RpCommand rp_command_proof = {
  .name = "proof",
  .usage = "ARTICLE --output FILE.zip\n--verify FILE.zip",
  .summary = N_ ("Show what was published under which licence, in one file"),
  .run = run,
};
