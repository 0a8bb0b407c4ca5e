#include <glib/gi18n-lib.h>

#include "rp-cli.h"
#include "rp-error.h"
#include "rp-http.h"
#include "rp-intake.h"
#include "rp-json.h"
#include "rp-text.h"

extern const RpCommand rp_command_inspect;

typedef struct {
  RpCli *cli;
  const char *file;
} Shown;

static void
print_article (RpArticle *article)
{
  RpStatement *statement = rp_article_get_statement (article);
  g_autofree char *byline = rp_article_dup_byline (article);
  g_autoptr (JsonObject) object = rp_article_to_json (article);

  g_print ("%s\n", rp_cli_or_dash (rp_article_get (article, RP_ARTICLE_HEADLINE)));
  g_print ("  %s: %s\n", C_ ("author", "By"), rp_cli_or_dash (byline));
  g_print ("  %s: %s\n", C_ ("date", "Published"),
           rp_cli_or_dash (rp_article_get (article, RP_ARTICLE_PUBLISHED)));
  g_print ("  %s: %s\n", _ ("Format"),
           rp_cli_or_dash (rp_article_get (article, RP_ARTICLE_FORMAT)));
  g_print ("  %s: %s\n", _ ("Licence statement"),
           rp_cli_or_dash (rp_statement_get (statement, RP_STATEMENT_STATEMENT)));
  g_print ("  %s: %s\n", _ ("Licensor"),
           rp_cli_or_dash (rp_statement_get (statement, RP_STATEMENT_LICENSOR)));
  g_print ("  %s: %s\n\n%s\n\n", _ ("Rights holder"),
           rp_cli_or_dash (rp_statement_get (statement, RP_STATEMENT_RIGHTS_HOLDER)),
           rp_cli_or_dash (rp_json_get_string (object, "body_text")));
}

static gboolean
show_article (RpArticle *article, gpointer user_data)
{
  Shown *shown = user_data;
  g_autoptr (JsonObject) object = NULL;

  if (!shown->cli->json) {
    print_article (article);
    return TRUE;
  }
  object = rp_article_to_json (article);
  json_object_set_string_member (object, "file", shown->file);
  rp_cli_print_json (object);

  return TRUE;
}

static GBytes *
fetch (const char *url, GError **error)
{
  g_autoptr (RpHttp) http = rp_http_new ();
  g_autoptr (RpRequest) request = rp_request_new ("GET", url, "");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RpResponse) response = NULL;

  rp_http_send_async (http, request, RP_INTAKE_FILE_LIMIT, NULL, rp_cli_ready_cb, &result);
  response = rp_http_send_finish (http, rp_cli_wait (&result), error);
  if (response == NULL)
    return NULL;
  if (response->status != 200) {
    g_set_error (error, RP_ERROR, RP_ERROR_NOT_FOUND, _ ("%s answered %u"), url, response->status);
    return NULL;
  }

  return g_bytes_ref (response->body);
}

static gboolean
inspect_one (RpCli *cli, const char *name, const char *base_url, GError **error)
{
  gboolean web = rp_text_is_web_url (name);
  g_autoptr (GBytes) bytes = web ? fetch (name, error) : rp_cli_read_input (name, error);
  g_autoptr (GPtrArray) remarks = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *base_name = g_path_get_basename (name);
  Shown shown = {cli, name};
  gboolean done;

  if (bytes == NULL)
    return FALSE;
  done = rp_intake_inspect_each (bytes, web ? name : base_name, web ? name : base_url, remarks,
                                 show_article, &shown, error);
  for (guint i = 0; i < remarks->len; i++)
    g_printerr ("%s: %s\n", name, (char *) g_ptr_array_index (remarks, i));

  return done;
}

static int
inspect_run (RpCli *cli, int argc, char **argv)
{
  g_autofree char *base_url = NULL;
  const GOptionEntry entries[] = {
    {"base-url", 0, 0, G_OPTION_ARG_STRING, &base_url, NULL, NULL},
    {NULL},
  };
  guint failed = 0;

  if (!rp_cli_parse (cli, &rp_command_inspect, entries, &argc, &argv))
    return RP_EXIT_USAGE;
  if (argc < 2)
    return rp_cli_usage (&rp_command_inspect);
  for (int i = 1; i < argc; i++) {
    g_autoptr (GError) error = NULL;

    if (!inspect_one (cli, argv[i], base_url, &error)) {
      g_printerr ("%s: %s\n", argv[i], error->message);
      failed++;
    }
  }
  if (failed == 0)
    return RP_EXIT_DONE;

  return argc == 2 ? RP_EXIT_USAGE : RP_EXIT_PARTLY;
}

const RpCommand rp_command_inspect = {
  .name = "inspect",
  .usage = "[--json] [--base-url URL] FILE|URL|-…",
  .summary = N_ ("Show what an import would see; changes nothing"),
  .run = inspect_run,
};
