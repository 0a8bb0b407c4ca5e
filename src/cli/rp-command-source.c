#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "rp-cli.h"
#include "rp-error.h"
#include "rp-json.h"
#include "rp-opml.h"
#include "rp-time.h"
#include "rp-watch.h"

extern const RpCommand rp_command_source;

typedef struct {
  gboolean as_page;
  gboolean due;
} Options;

/* ---- printing ---- */

static void
set_time (JsonObject *object, const char *name, gint64 instant)
{
  g_autofree char *text = rp_time_format (instant);

  rp_json_set_string (object, name, text);
}

static void
print_source_json (RpSubscription *source)
{
  g_autoptr (JsonObject) object = json_object_new ();

  rp_json_set_string (object, "source", source->id);
  rp_json_set_string (object, "url", source->url);
  rp_json_set_string (object, "title", source->title);
  rp_json_set_string (object, "site_url", source->site_url);
  rp_json_set_string (object, "kind", source->kind);
  rp_json_set_string (object, "state", rp_subscription_get_state (source));
  rp_json_set_string (object, "licence", source->licence_id);
  set_time (object, "polled", source->polled);
  set_time (object, "changed", source->changed);
  if (!source->paused)
    set_time (object, "next", source->next_poll);
  rp_json_set_string (object, "message", source->message);
  rp_cli_print_json (object);
}

static void
print_source (RpCli *cli, RpSubscription *source)
{
  g_autofree char *polled = rp_time_format (source->polled);

  if (cli->json) {
    print_source_json (source);
    return;
  }
  g_print ("%s  %-8s %-20s %s\n", source->id, rp_subscription_get_state (source),
           rp_cli_or_dash (polled), source->title);
  g_print ("%38s%s\n", "", source->url);
  if (source->message != NULL)
    g_print ("%38s%s\n", "", source->message);
}

static void
print_failure (RpCli *cli, RpSubscription *source)
{
  g_autofree char *until = rp_time_format_long (source->wait_until);
  g_autofree char *waits =
    source->message == NULL
      ? g_strdup_printf (_ ("%s asks to be left alone until %s."), source->title, until)
      : NULL;
  const RpIntakeResult row = {
    .status = (char *) "failed",
    .headline = cli->json ? NULL : source->title,
    .message = waits != NULL ? waits : source->message,
  };

  g_printerr ("reprintctl: %s: %s\n", source->url, row.message);
  if (cli->json)
    rp_cli_print_intake (cli, source->id, source->url, &row);
}

/* ---- what the forms do ---- */

static RpSubscription *
find (RpCli *cli, const char *name)
{
  g_autoptr (GError) error = NULL;
  RpSubscription *source = rp_watch_find (rp_watch_get (cli->workspace), name, &error);

  if (source == NULL)
    rp_cli_fail (error);

  return source;
}

static int
add (RpCli *cli, int argc, char **argv, const Options *options)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RpSubscription) source = NULL;
  g_autoptr (GError) error = NULL;
  RpWatch *watch = rp_watch_get (cli->workspace);

  rp_watch_add_async (watch, argv[2], options->as_page, NULL, rp_cli_ready_cb, &result);
  source = rp_watch_add_finish (watch, rp_cli_wait (&result), &error);
  if (source == NULL)
    return rp_cli_fail (error);
  print_source (cli, source);
  if (!cli->json && g_strcmp0 (source->url, argv[2]) != 0)
    g_printerr (_ ("reprintctl: It is read from its feed, %s; “--page” reads the page itself\n"),
                source->url);

  return RP_EXIT_DONE;
}

static GListModel *
load (RpCli *cli)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RpWatch *watch = rp_watch_get (cli->workspace);

  rp_watch_load_async (watch, rp_cli_ready_cb, &result);
  if (rp_watch_load_finish (watch, rp_cli_wait (&result), &error))
    return rp_watch_get_sources (watch);
  rp_cli_fail (error);

  return NULL;
}

static int
list (RpCli *cli, int argc, char **argv, const Options *options)
{
  GListModel *sources = load (cli);

  for (guint i = 0; sources != NULL && i < g_list_model_get_n_items (sources); i++) {
    g_autoptr (RpSubscription) source = g_list_model_get_item (sources, i);

    print_source (cli, source);
  }

  return sources != NULL ? RP_EXIT_DONE : RP_EXIT_FAILED;
}

static int
print_reports (RpCli *cli, GPtrArray *reports)
{
  guint failed = 0;

  for (guint i = 0; i < reports->len; i++) {
    const RpWatchReport *report = g_ptr_array_index (reports, i);

    if (!cli->json && report->rows->len > 0)
      g_print ("%s\n", report->source->title);
    for (guint j = 0; j < report->rows->len; j++)
      rp_cli_print_intake (cli, report->source->id, report->source->url,
                           g_ptr_array_index (report->rows, j));
    if (report->failed)
      print_failure (cli, report->source);
    failed += report->failed;
  }
  if (failed == 0)
    return RP_EXIT_DONE;

  return failed == reports->len ? RP_EXIT_FAILED : RP_EXIT_PARTLY;
}

static int
run_poll (RpCli *cli, const char *const *ids, RpWatchWish wish)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) reports = NULL;
  g_autoptr (GError) error = NULL;
  RpWatch *watch = rp_watch_get (cli->workspace);

  rp_watch_poll_async (watch, ids, wish, NULL, rp_cli_ready_cb, &result);
  reports = rp_watch_poll_finish (watch, rp_cli_wait (&result), &error);
  if (reports == NULL)
    return rp_cli_fail (error);
  if (reports->len == 0)
    g_printerr ("reprintctl: %s\n", _ ("No source is to be read now; “reprintctl source list” "
                                       "shows when the next one is."));

  return print_reports (cli, reports);
}

static int
poll_sources (RpCli *cli, int argc, char **argv, const Options *options)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;

  if (argc == 2)
    return run_poll (cli, NULL, options->due ? RP_WATCH_DUE : RP_WATCH_OPEN);
  for (int i = 2; i < argc; i++) {
    RpSubscription *source = find (cli, argv[i]);

    if (source == NULL)
      return RP_EXIT_FAILED;
    g_strv_builder_add (builder, source->id);
  }
  ids = g_strv_builder_end (builder);

  return run_poll (cli, (const char *const *) ids, options->due ? RP_WATCH_DUE : RP_WATCH_NOW);
}

static int
finish_change (RpCli *cli, GAsyncResult **result, const char *id)
{
  g_autoptr (GError) error = NULL;
  RpWatch *watch = rp_watch_get (cli->workspace);

  if (!rp_watch_change_finish (watch, rp_cli_wait (result), &error))
    return rp_cli_fail (error);
  if (id != NULL)
    print_source (cli, rp_watch_find (watch, id, NULL));

  return RP_EXIT_DONE;
}

static int
drop (RpCli *cli, int argc, char **argv, const Options *options)
{
  RpSubscription *source = find (cli, argv[2]);
  g_autoptr (GAsyncResult) result = NULL;

  if (source == NULL)
    return RP_EXIT_FAILED;
  rp_watch_remove_async (rp_watch_get (cli->workspace), source->id, rp_cli_ready_cb, &result);

  return finish_change (cli, &result, NULL);
}

static int
pause_or_resume (RpCli *cli, int argc, char **argv, const Options *options)
{
  RpSubscription *source = find (cli, argv[2]);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *id = source != NULL ? g_strdup (source->id) : NULL;

  if (source == NULL)
    return RP_EXIT_FAILED;
  rp_watch_pause_async (rp_watch_get (cli->workspace), id, g_str_equal (argv[1], "pause"),
                        rp_cli_ready_cb, &result);

  return finish_change (cli, &result, id);
}

/* "licence=ID"; nothing behind the sign takes it away. FALSE: the message is printed. */
static gboolean
read_licence (RpCli *cli, const char *argument, const char **out_id)
{
  if (!g_str_has_prefix (argument, "licence=")) {
    g_printerr (_ ("reprintctl: “%s” cannot be set; use licence=ID\n"), argument);
    return FALSE;
  }
  *out_id = argument + strlen ("licence=");
  if (**out_id == '\0') {
    *out_id = NULL;
    return TRUE;
  }
  if (rp_licence_book_lookup (rp_workspace_get_book (cli->workspace), *out_id) != NULL)
    return TRUE;
  g_printerr (_ ("reprintctl: There is no licence “%s” in the book; “reprintctl licence list” "
                 "shows them\n"),
              *out_id);

  return FALSE;
}

static int
set (RpCli *cli, int argc, char **argv, const Options *options)
{
  RpSubscription *source = find (cli, argv[2]);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *id = source != NULL ? g_strdup (source->id) : NULL;
  const char *licence_id = NULL;

  if (source == NULL)
    return RP_EXIT_FAILED;
  if (argc < 4 || !read_licence (cli, argv[3], &licence_id))
    return argc < 4 ? rp_cli_usage (&rp_command_source) : RP_EXIT_USAGE;
  rp_watch_set_licence_async (rp_watch_get (cli->workspace), id, licence_id, rp_cli_ready_cb,
                              &result);

  return finish_change (cli, &result, id);
}

/* ---- lists of other programs ---- */

static int
import_list (RpCli *cli, int argc, char **argv, const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = rp_cli_read_input (argv[2], &error);
  g_autofree char *remark = NULL;
  g_autoptr (GPtrArray) sources = bytes != NULL ? rp_opml_read (bytes, &remark, &error) : NULL;
  g_autoptr (GAsyncResult) result = NULL;
  RpWatch *watch = rp_watch_get (cli->workspace);
  int added;

  if (sources == NULL)
    return rp_cli_fail (error);
  rp_watch_restore_async (watch, sources, rp_cli_ready_cb, &result);
  added = rp_watch_restore_finish (watch, rp_cli_wait (&result), &error);
  if (added < 0)
    return rp_cli_fail (error);
  for (guint i = 0; i < sources->len; i++) {
    const RpSubscription *source = g_ptr_array_index (sources, i);
    RpSubscription *known = rp_watch_find (watch, source->url, NULL);

    if (known != NULL && g_str_equal (known->id, source->id))
      print_source (cli, known);
  }
  if (remark != NULL)
    g_printerr ("reprintctl: %s\n", remark);
  g_printerr (
    ngettext ("%d of %u source was added.\n", "%d of %u sources were added.\n", sources->len),
    added, sources->len);

  return RP_EXIT_DONE;
}

static int
export_list (RpCli *cli, int argc, char **argv, const Options *options)
{
  GListModel *sources = load (cli);
  g_autofree char *text = sources != NULL ? rp_opml_write (sources, rp_time_now ()) : NULL;
  g_autoptr (GError) error = NULL;

  if (text == NULL)
    return RP_EXIT_FAILED;
  if (argc < 3 || g_str_equal (argv[2], "-")) {
    fputs (text, stdout); /* XML is UTF-8 whatever the locale says */
    return RP_EXIT_DONE;
  }

  return g_file_set_contents (argv[2], text, -1, &error) ? RP_EXIT_DONE : rp_cli_fail (error);
}

static const struct {
  const char *name;
  int arguments; /* at least */
  int (*run) (RpCli *cli, int argc, char **argv, const Options *options);
} forms[] = {
  {"add", 1, add},
  {"list", 0, list},
  {"poll", 0, poll_sources},
  {"remove", 1, drop},
  {"pause", 1, pause_or_resume},
  {"resume", 1, pause_or_resume},
  {"set", 1, set},
  {"import", 1, import_list},
  {"export", 0, export_list},
};

static int
source_run (RpCli *cli, int argc, char **argv)
{
  Options options = {0};
  const GOptionEntry entries[] = {
    {"page", 0, 0, G_OPTION_ARG_NONE, &options.as_page, NULL, NULL},
    {"due", 0, 0, G_OPTION_ARG_NONE, &options.due, NULL, NULL},
    {NULL},
  };

  if (!rp_cli_parse (cli, &rp_command_source, entries, &argc, &argv))
    return RP_EXIT_USAGE;
  for (guint i = 0; argc >= 2 && i < G_N_ELEMENTS (forms); i++) {
    if (!g_str_equal (argv[1], forms[i].name) || argc < 2 + forms[i].arguments)
      continue;

    return rp_cli_open (cli) != NULL ? forms[i].run (cli, argc, argv, &options) : RP_EXIT_FAILED;
  }

  return rp_cli_usage (&rp_command_source);
}

const RpCommand rp_command_source = {
  .name = "source",
  .usage = "add [--page] URL | list | poll [--due] [SOURCE…] | remove SOURCE\n"
           "pause SOURCE | resume SOURCE | set SOURCE licence=ID\n"
           "import FILE.opml | export [FILE]",
  .summary = N_ ("The feeds and pages that articles come from by themselves"),
  .run = source_run,
};
