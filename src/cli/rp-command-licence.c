#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "rp-book.h"
#include "rp-clearance.h"
#include "rp-cli.h"
#include "rp-error.h"
#include "rp-json.h"
#include "rp-licence-form.h"
#include "rp-time.h"

extern const RpCommand rp_command_licence;

static JsonObject *
summarise (RpLicence *licence)
{
  JsonObject *object = json_object_new ();
  static const char *const members[] = {"licensor", "rights_holder", "permission"};

  json_object_set_string_member (object, "licence", rp_licence_get_id (licence));
  rp_json_set_string (object, "name", rp_licence_get_name (licence));
  rp_json_set_string (object, "spdx", rp_licence_get_spdx (licence));
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    rp_json_set_string (object, members[i], rp_licence_get (licence, members[i]));

  return object;
}

static void
print_licence (RpCli *cli, RpLicence *licence)
{
  if (cli->json) {
    g_autoptr (JsonObject) object = summarise (licence);

    rp_cli_print_json (object);
  } else {
    g_print ("%-24s  %s\n", rp_licence_get_id (licence), rp_licence_get_name (licence));
  }
}

static int
list_licences (RpCli *cli, int argc, char **argv)
{
  GListModel *book = G_LIST_MODEL (rp_workspace_get_book (cli->workspace));

  for (guint i = 0; i < g_list_model_get_n_items (book); i++) {
    g_autoptr (RpLicence) licence = g_list_model_get_item (book, i);

    print_licence (cli, licence);
  }

  return RP_EXIT_DONE;
}

static RpLicence *
find_licence (RpCli *cli, const char *name)
{
  RpLicence *licence = rp_licence_book_lookup (rp_workspace_get_book (cli->workspace), name);

  if (licence == NULL)
    g_printerr (
      _ ("reprintctl: There is no licence “%s” in the book; “reprintctl licence list” shows "
         "them\n"),
      name);

  return licence;
}

static void
print_lines (const char *title, GStrv lines)
{
  if (lines == NULL || lines[0] == NULL)
    return;
  g_print ("%s\n", title);
  for (guint i = 0; lines[i] != NULL; i++)
    g_print ("  %s\n", lines[i]);
}

static int
show_licence (RpCli *cli, int argc, char **argv)
{
  RpLicence *licence = find_licence (cli, argv[0]);
  g_auto (GStrv) may = NULL;
  g_auto (GStrv) must = NULL;
  g_auto (GStrv) may_not = NULL;

  if (licence == NULL)
    return RP_EXIT_FAILED;
  if (cli->json) {
    rp_cli_print_json (rp_licence_get_profile (licence));
    return RP_EXIT_DONE;
  }
  may = rp_licence_list_may (licence);
  must = rp_licence_list_must (licence);
  may_not = rp_licence_list_may_not (licence);
  print_licence (cli, licence);
  print_lines (_ ("You may:"), may);
  print_lines (_ ("You must:"), must);
  print_lines (_ ("You may not:"), may_not);

  return RP_EXIT_DONE;
}

/* argv[1] is the form, NULL for our own. */
static int
export_licence (RpCli *cli, int argc, char **argv)
{
  RpLicence *licence = find_licence (cli, argv[0]);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (licence == NULL)
    return RP_EXIT_FAILED;
  text = rp_licence_form_write (licence, argv[1], &error);
  if (text == NULL)
    return rp_cli_fail (error);
  puts (text);

  return RP_EXIT_DONE;
}

static RpLicence *
read_licence (const char *name, GError **error)
{
  g_autoptr (GBytes) bytes = rp_cli_read_input (name, error);
  g_autofree char *text = NULL;
  gsize size;
  const char *data;

  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &size);
  text = g_strndup (data != NULL ? data : "", size);

  return rp_licence_form_read (text, error);
}

static int
add_licence (RpCli *cli, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RpLicence) licence = read_licence (argv[0], &error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RpLicence) saved = NULL;

  if (licence == NULL) {
    rp_cli_fail (error);
    return RP_EXIT_USAGE;
  }
  rp_workspace_save_licence_async (cli->workspace, licence, NULL, rp_cli_ready_cb, &result);
  saved = rp_workspace_save_licence_finish (cli->workspace, rp_cli_wait (&result), &error);
  if (saved == NULL)
    return rp_cli_fail (error);
  print_licence (cli, saved);

  return RP_EXIT_DONE;
}

static int
add_rule (RpCli *cli, int argc, char **argv)
{
  RpLicence *licence = find_licence (cli, argv[1]);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (licence == NULL)
    return RP_EXIT_FAILED;
  rp_workspace_set_licence_rule_async (cli->workspace, argv[0], rp_licence_get_id (licence), NULL,
                                       rp_cli_ready_cb, &result);
  if (!rp_workspace_set_licence_rule_finish (cli->workspace, rp_cli_wait (&result), &error))
    return rp_cli_fail (error);
  print_licence (cli, licence);

  return RP_EXIT_DONE;
}

static int
set_licence (RpCli *cli, int argc, char **argv)
{
  g_autofree char *id = rp_cli_find_article (cli, argv[0]);
  RpLicence *licence = id != NULL ? find_licence (cli, argv[1]) : NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (licence == NULL)
    return RP_EXIT_FAILED;
  rp_clearance_set_licence_async (cli->workspace, id, rp_licence_get_id (licence), NULL,
                                  rp_cli_ready_cb, &result);
  if (!rp_clearance_set_licence_finish (cli->workspace, rp_cli_wait (&result), &error))
    return rp_cli_fail (error);
  print_licence (cli, licence);

  return RP_EXIT_DONE;
}

static int
confirm_licence (RpCli *cli, int argc, char **argv)
{
  g_autofree char *id = rp_cli_find_article (cli, argv[0]);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (id == NULL)
    return RP_EXIT_FAILED;
  rp_clearance_confirm_async (cli->workspace, id, NULL, rp_cli_ready_cb, &result);
  if (!rp_clearance_confirm_finish (cli->workspace, rp_cli_wait (&result), &error))
    return rp_cli_fail (error);

  return RP_EXIT_DONE;
}

static GPtrArray *
list_versions (RpCli *cli, const char *id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rp_book_list_versions_async (cli->workspace, id, NULL, rp_cli_ready_cb, &result);

  return rp_book_list_versions_finish (cli->workspace, rp_cli_wait (&result), error);
}

static void
print_version (RpCli *cli, const RpLicenceVersion *version, const RpLicenceVersion *before)
{
  g_auto (GStrv) changes = rp_licence_version_list_changes (version, before);
  g_autofree char *changed = rp_time_format (version->changed);
  g_autofree char *members = g_strjoinv (", ", changes);
  g_autoptr (JsonObject) object = NULL;

  if (!cli->json) {
    g_print ("%" G_GINT64_FORMAT "  %s  %s\n", version->version, changed,
             version->removed ? _ ("removed from the book") : members);
    return;
  }
  object = json_object_new ();
  rp_json_set_string (object, "licence", rp_licence_get_id (version->licence));
  json_object_set_int_member (object, "version", version->version);
  rp_json_set_string (object, "changed", changed);
  json_object_set_boolean_member (object, "removed", version->removed);
  rp_json_set_strv (object, "changes", (const char *const *) changes);
  rp_cli_print_json (object);
}

static int
show_history (RpCli *cli, int argc, char **argv)
{
  RpLicence *licence = rp_licence_book_lookup (rp_workspace_get_book (cli->workspace), argv[0]);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) versions =
    list_versions (cli, licence != NULL ? rp_licence_get_id (licence) : argv[0], &error);

  if (versions == NULL)
    return rp_cli_fail (error);
  if (versions->len == 0 && licence == NULL)
    return find_licence (cli, argv[0]) != NULL ? RP_EXIT_DONE : RP_EXIT_FAILED;
  for (guint i = 0; i < versions->len; i++)
    print_version (cli, versions->pdata[i], i + 1 < versions->len ? versions->pdata[i + 1] : NULL);

  return RP_EXIT_DONE;
}

static void
print_use (RpCli *cli, RpLicence *licence, const RpLicenceUse *use)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *at = rp_time_format (use->at);

  rp_json_set_string (object, "licence", rp_licence_get_id (licence));
  rp_json_set_string (object, "at", at);
  rp_json_set_string (object, "article", use->article_id);
  rp_json_set_string (object, "headline", use->headline);
  rp_json_set_string (object, "partner", use->partner_id);
  rp_json_set_string (object, "amount", use->amount);
  rp_json_set_string (object, "currency", use->currency);
  rp_cli_print_json (object);
}

static void
print_month (RpCli *cli, const RpLedgerMonth *month)
{
  g_autofree char *name = g_strdup_printf ("%04d-%02d", month->year, month->month);
  g_autoptr (JsonObject) object = NULL;

  if (!cli->json) {
    g_print ("%s  %5u  %s\n", name, month->uses, rp_cli_or_dash (month->fees));
    return;
  }
  object = json_object_new ();
  rp_json_set_string (object, "month", name);
  json_object_set_int_member (object, "uses", month->uses);
  rp_json_set_string (object, "fees", month->fees);
  rp_cli_print_json (object);
}

/* The ledger by month; as JSON, each use before. */
static int
show_uses (RpCli *cli, int argc, char **argv)
{
  RpLicence *licence = find_licence (cli, argv[0]);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) uses = NULL;
  g_autoptr (GPtrArray) months = NULL;
  g_autoptr (GError) error = NULL;

  if (licence == NULL)
    return RP_EXIT_FAILED;
  rp_book_list_uses_async (cli->workspace, rp_licence_get_id (licence), NULL, rp_cli_ready_cb,
                           &result);
  uses = rp_book_list_uses_finish (cli->workspace, rp_cli_wait (&result), &error);
  if (uses == NULL)
    return rp_cli_fail (error);
  months = rp_book_sum_months (uses);
  for (guint i = 0; cli->json && i < uses->len; i++)
    print_use (cli, licence, uses->pdata[i]);
  for (guint i = 0; i < months->len; i++)
    print_month (cli, months->pdata[i]);

  return RP_EXIT_DONE;
}

static const struct {
  const char *name;
  int arguments;
  int (*run) (RpCli *cli, int argc, char **argv);
} verbs[] = {
  {"list", 0, list_licences},      {"show", 1, show_licence},    {"add", 1, add_licence},
  {"export", 1, export_licence},   {"rule", 2, add_rule},        {"set", 2, set_licence},
  {"confirm", 1, confirm_licence}, {"history", 1, show_history}, {"uses", 1, show_uses},
};

static int
licence_run (RpCli *cli, int argc, char **argv)
{
  g_autofree char *form = NULL;
  const GOptionEntry entries[] = {
    {"as", 0, 0, G_OPTION_ARG_STRING, &form, N_ ("The form to write the licence in"), "FORM"},
    {NULL},
  };

  if (!rp_cli_parse (cli, &rp_command_licence, entries, &argc, &argv))
    return RP_EXIT_USAGE;
  for (guint i = 0; argc > 1 && i < G_N_ELEMENTS (verbs); i++) {
    gboolean writes = verbs[i].run == export_licence;
    char *written[] = {argc > 2 ? argv[2] : NULL, form};

    if (!g_str_equal (argv[1], verbs[i].name) || argc - 2 != verbs[i].arguments ||
        (form != NULL && !writes))
      continue;

    return rp_cli_open (cli) != NULL ? verbs[i].run (cli, argc - 2, writes ? written : argv + 2)
                                     : RP_EXIT_FAILED;
  }

  return rp_cli_usage (&rp_command_licence);
}

const RpCommand rp_command_licence = {
  .name = "licence",
  .usage = "list | show L | add FILE | export L [--as FORM]\nhistory L | uses L\nrule PATTERN L | "
           "set ARTICLE L | "
           "confirm ARTICLE",
  .summary = N_ ("The licence book, and the licence of an article"),
  .run = licence_run,
};
