#include "rp-sample.h"

#include <glib/gi18n-lib.h>
#include <signal.h>
#include <sys/prctl.h>

#include "rp-error.h"
#include "rp-intake.h"
#include "rp-json.h"
#include "rp-library.h"
#include "rp-resources.h"
#include "rp-work.h"

typedef struct {
  RpIntake *intake;      /* owned */
  GPtrArray *agreements; /* owned, of RpLicence still to be saved */
  char *url;             /* owned */
} SetUp;

static void started_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void partner_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void agreement_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void imported_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
set_up_free (gpointer data)
{
  SetUp *set_up = data;

  g_clear_object (&set_up->intake);
  g_clear_pointer (&set_up->agreements, g_ptr_array_unref);
  g_free (set_up->url);
  g_free (set_up);
}

/* ---- the practice partner's program ---- */

static void
kill_child (gpointer data)
{
  GSubprocess *child = data;

  g_subprocess_force_exit (child);
  g_object_unref (child);
}

/* The port that the partner had last time, so that old addresses stay true; 0 = any. */
static guint16
last_port (RpWorkspace *workspace)
{
  RpPartner *partner = rp_workspace_find_partner (workspace, RP_SAMPLE_PARTNER_ID);
  g_autoptr (GUri) uri = NULL;

  if (partner == NULL || rp_partner_get_url (partner) == NULL)
    return 0;
  uri = g_uri_parse (rp_partner_get_url (partner), G_URI_FLAGS_NONE, NULL);

  return uri != NULL && g_uri_get_port (uri) > 0 ? (guint16) g_uri_get_port (uri) : 0;
}

/* In the child: it ends with us, however we end. */
static void
end_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

static GSubprocess *
spawn (RpWorkspace *workspace, guint16 port, GError **error)
{
  g_autofree char *program = rp_resources_find_program ("reprint-partner");
  g_autofree char *folder = rp_library_dup_companion (rp_workspace_get_uri (workspace), "practice");
  g_autofree char *number = g_strdup_printf ("%u", port);
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDIN_PIPE);

  if (program == NULL) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_NOT_FOUND,
                         _ ("The program reprint-partner is not installed beside Reprint"));
    return NULL;
  }

  g_subprocess_launcher_set_child_setup (launcher, end_with_parent, NULL, NULL);

  return g_subprocess_launcher_spawn (launcher, error, program, "--port", number, "--directory",
                                      folder, NULL);
}

static void
line_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RpWorkspace *workspace = g_task_get_source_object (task);
  GSubprocess *child = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *line =
    g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, &error);
  JsonNode *node = line != NULL ? rp_json_parse_text (line, &error) : NULL;

  if (node == NULL) {
    g_task_return_new_error (task, RP_ERROR, RP_ERROR_FAILED,
                             _ ("The practice partner did not start: %s"),
                             error != NULL ? error->message : _ ("it ended at once"));
    return;
  }
  g_object_set_data_full (G_OBJECT (workspace), "practice-partner", g_object_ref (child),
                          kill_child);
  g_task_return_pointer (task, node, (GDestroyNotify) json_node_unref);
}

static void
start_partner_async (RpWorkspace *workspace, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, NULL, callback, user_data);
  g_autoptr (GDataInputStream) lines = NULL;
  GError *error = NULL;
  GSubprocess *child = spawn (workspace, last_port (workspace), &error);

  if (child == NULL) {
    g_task_return_error (task, error);
    return;
  }
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  g_task_set_task_data (task, child, g_object_unref);
  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, NULL, line_read_cb,
                                       g_steal_pointer (&task));
}

/* ---- setting up ---- */

static RpPartner *
make_partner (RpWorkspace *workspace, JsonObject *ready)
{
  static const char *const channels[] = {"web", NULL};
  RpPartner *known = rp_workspace_find_partner (workspace, RP_SAMPLE_PARTNER_ID);
  RpPartner *partner =
    known != NULL ? g_object_ref (known)
                  : rp_partner_new (RP_SAMPLE_PARTNER_ID, _ ("Practice Partner"), "ninjs-push");
  JsonObject *properties = rp_partner_get_properties (partner);

  rp_partner_set_setting (partner, "url", rp_json_get_string (ready, "push"));
  rp_partner_set_setting (partner, "assets_url", rp_json_get_string (ready, "push_binary"));
  rp_partner_set_state (partner, RP_PARTNER_CONNECTED, NULL);
  rp_json_set_strv (properties, "channels", channels);
  json_object_set_boolean_member (properties, "commercial", FALSE);
  json_object_set_boolean_member (properties, "paywalled", FALSE);
  json_object_set_boolean_member (properties, "indexable", FALSE);
  json_object_set_boolean_member (properties, "can_unpublish", TRUE);
  rp_secrets_remember (rp_workspace_get_secrets (workspace), RP_SAMPLE_PARTNER_ID, "secret",
                       rp_json_get_string (ready, "secret"));

  return partner;
}

static void
load_agreement (SetUp *set_up, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  RpLicence *licence;

  if (!g_file_get_contents (path, &text, NULL, &error))
    return;
  node = rp_json_parse_text (text, &error);
  licence = node != NULL ? rp_licence_new_from_json (json_node_get_object (node), &error) : NULL;
  if (licence != NULL)
    g_ptr_array_add (set_up->agreements, licence);
  else
    g_warning ("The sample agreement %s is unreadable: %s", path, error->message);
}

static void
load_agreements (RpWorkspace *workspace, SetUp *set_up)
{
  g_autofree char *folder = rp_resources_dup_path ("sample/agreements");
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
  const char *name;

  while (files != NULL && (name = g_dir_read_name (files)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    load_agreement (set_up, path);
  }
  for (guint i = set_up->agreements->len; i > 0;
       i--) { /* those of an earlier time are there already */
    RpLicence *licence = g_ptr_array_index (set_up->agreements, i - 1);

    if (rp_licence_book_lookup (rp_workspace_get_book (workspace), rp_licence_get_id (licence)) !=
        NULL)
      g_ptr_array_remove_index (set_up->agreements, i - 1);
  }
}

void
rp_sample_set_up_async (RpWorkspace *workspace,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (workspace, cancellable, callback, user_data);
  SetUp *set_up = g_new0 (SetUp, 1);

  g_task_set_source_tag (task, rp_sample_set_up_async);
  set_up->agreements = g_ptr_array_new_with_free_func (g_object_unref);
  g_task_set_task_data (task, set_up, set_up_free);
  load_agreements (workspace, set_up);
  start_partner_async (workspace, started_cb, task);
}

static void
started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  RpWorkspace *workspace = RP_WORKSPACE (source);
  SetUp *set_up = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (JsonNode) ready = g_task_propagate_pointer (G_TASK (result), &error);
  g_autoptr (RpPartner) partner = NULL;

  if (ready == NULL) {
    g_task_return_error (task, error);
    g_object_unref (task);
    return;
  }
  set_up->url = g_strdup (rp_json_get_string (json_node_get_object (ready), "url"));
  partner = make_partner (workspace, json_node_get_object (ready));
  rp_workspace_save_partner_async (workspace, partner, NULL, partner_saved_cb, task);
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* From the last to the first, so that the first is the newest on the desk. */
static void
add_samples (RpIntake *intake, const char *folder)
{
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (files != NULL && (name = g_dir_read_name (files)) != NULL)
    if (g_ascii_isdigit (*name))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = names->len; i > 0; i--) {
    g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i - 1), NULL);
    g_autoptr (GFile) file = g_file_new_for_path (path);

    rp_intake_add_file (intake, file);
  }
}

static void
save_next_agreement (GTask *task)
{
  RpWorkspace *workspace = g_task_get_source_object (task);
  SetUp *set_up = g_task_get_task_data (task);
  g_autofree char *folder = rp_resources_dup_path ("sample");

  if (set_up->agreements->len > 0) {
    rp_workspace_save_licence_async (workspace, g_ptr_array_index (set_up->agreements, 0), NULL,
                                     agreement_saved_cb, task);
    return;
  }
  set_up->intake = rp_intake_new (workspace);
  add_samples (set_up->intake, folder);
  rp_intake_run_async (set_up->intake, g_task_get_cancellable (task), imported_cb, task);
}

static void
partner_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  if (rp_workspace_save_partner_finish (RP_WORKSPACE (source), result, &error)) {
    save_next_agreement (task);
    return;
  }
  g_task_return_error (task, error);
  g_object_unref (task);
}

static void
agreement_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  SetUp *set_up = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (RpLicence) licence =
    rp_workspace_save_licence_finish (RP_WORKSPACE (source), result, &error);

  if (licence == NULL) {
    g_task_return_error (task, error);
    g_object_unref (task);
    return;
  }
  g_ptr_array_remove_index (set_up->agreements, 0);
  save_next_agreement (task);
}

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SetUp *set_up = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) results = rp_intake_run_finish (RP_INTAKE (source), result, &error);

  if (results == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&set_up->url), g_free);
}

char *
rp_sample_set_up_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- starting it again ---- */

static void
resumed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RpWorkspace *workspace = RP_WORKSPACE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) ready = g_task_propagate_pointer (G_TASK (result), &error);
  g_autoptr (RpPartner) partner = NULL;

  if (ready == NULL) {
    g_warning ("%s", error->message);
    return;
  }
  partner = make_partner (workspace, json_node_get_object (ready));
  rp_workspace_save_partner_async (workspace, partner, NULL, NULL, NULL);
}

void
rp_sample_resume (RpWorkspace *workspace)
{
  if (rp_workspace_find_partner (workspace, RP_SAMPLE_PARTNER_ID) != NULL &&
      g_object_get_data (G_OBJECT (workspace), "practice-partner") == NULL)
    start_partner_async (workspace, resumed_cb, NULL);
}

/* ---- taking it away ---- */

static void
partner_removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RpWorkspace *workspace = RP_WORKSPACE (source);
  GError *error = NULL;

  if (!rp_workspace_remove_partner_finish (workspace, result, &error)) {
    g_task_return_error (task, error);
    return;
  }
  g_object_set_data (G_OBJECT (workspace), "practice-partner", NULL);
  rp_workspace_remove_licence_async (workspace, "sample-lantern-post", NULL, NULL, NULL);
  rp_workspace_remove_licence_async (workspace, "sample-fenwick-wire", NULL, NULL, NULL);
  g_task_return_boolean (task, TRUE);
}

static gpointer
trash_samples (RpStore *store, gpointer data, GError **error)
{
  gboolean done =
    rp_db_exec (rp_store_get_db (store), error, NULL,
                "UPDATE articles SET state = 'trash' WHERE licence_id LIKE 'sample-%'"
                " OR canonical_url LIKE 'https://tidewater.example/%'"
                " OR canonical_url LIKE 'https://openatlas.example/%'"
                " OR headline LIKE 'The bakers who weigh the weather before they weigh the flour'",
                "");

  return done ? g_strdup ("done") : NULL;
}

static void
trashed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  RpWorkspace *workspace = RP_WORKSPACE (source);
  GError *error = NULL;
  g_autofree char *done = rp_workspace_run_finish (workspace, result, &error);

  if (done == NULL) {
    g_task_return_error (task, error);
    g_object_unref (task);
    return;
  }
  rp_workspace_note_article (workspace, NULL);
  rp_workspace_remove_partner_async (workspace, RP_SAMPLE_PARTNER_ID, NULL, partner_removed_cb,
                                     task);
}

void
rp_sample_remove_async (RpWorkspace *workspace,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (workspace, cancellable, callback, user_data);

  g_task_set_source_tag (task, rp_sample_remove_async);
  rp_workspace_run_async (workspace, trash_samples, NULL, NULL, g_free, cancellable, trashed_cb,
                          task);
}

gboolean
rp_sample_remove_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
