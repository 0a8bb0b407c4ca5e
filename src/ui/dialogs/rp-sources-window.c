#include "rp-sources-window.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rp-application.h"
#include "rp-ask.h"
#include "rp-choose-licence.h"
#include "rp-help.h"
#include "rp-may.h"
#include "rp-names.h"
#include "rp-opml.h"
#include "rp-pick.h"
#include "rp-source-row.h"
#include "rp-time.h"
#include "rp-toast.h"
#include "rp-watch.h"

#define CLOCK_SECONDS 30 /* "read 3 minutes ago" has to stay true */

struct _RpSourcesWindow {
  AdwWindow parent_instance;

  GtkSpinner *spinner;
  GtkStack *stack;
  GtkListBox *rows;

  RpWorkspace *workspace;    /* owned */
  RpWatch *watch;            /* owned */
  GCancellable *cancellable; /* owned */
  GHashTable *removed;       /* owned: id -> RpSubscription, for a way back */
  guint clock;               /* source id */
  guint adding;              /* addresses that are being looked at */
};

G_DEFINE_FINAL_TYPE (RpSourcesWindow, rp_sources_window, ADW_TYPE_WINDOW)

static void
say (RpSourcesWindow *self, const char *words)
{
  if (self->rows != NULL)
    rp_toast_show (GTK_WIDGET (self->rows), words, NULL);
}

static void
say_error (RpSourcesWindow *self, const GError *error)
{
  if (self->rows != NULL)
    rp_toast_show_error (GTK_WIDGET (self->rows), error);
}

/* ---- the list ---- */

static RpSourceRow *
get_row (RpSourcesWindow *self, guint index)
{
  return RP_SOURCE_ROW (gtk_list_box_get_row_at_index (self->rows, (int) index));
}

static gboolean
shows_same (RpSourcesWindow *self, GListModel *sources)
{
  guint n = g_list_model_get_n_items (sources);

  for (guint i = 0; i < n; i++) {
    g_autoptr (RpSubscription) source = g_list_model_get_item (sources, i);

    if (get_row (self, i) == NULL ||
        !g_str_equal (rp_source_row_get_source (get_row (self, i))->id, source->id))
      return FALSE;
  }

  return get_row (self, n) == NULL;
}

/* Rows stay, and keep the focus, as long as the same sources are there. */
static void
refresh (RpSourcesWindow *self)
{
  GListModel *sources = rp_watch_get_sources (self->watch);
  RpLicenceBook *book = rp_workspace_get_book (self->workspace);
  guint n = g_list_model_get_n_items (sources);
  gboolean same = self->rows != NULL && shows_same (self, sources);
  GtkWidget *child;

  if (self->rows == NULL) /* it is being taken apart */
    return;
  while (!same && (child = gtk_widget_get_first_child (GTK_WIDGET (self->rows))) != NULL)
    gtk_list_box_remove (self->rows, child);
  for (guint i = 0; i < n; i++) {
    g_autoptr (RpSubscription) source = g_list_model_get_item (sources, i);

    if (!same)
      gtk_list_box_append (self->rows, rp_source_row_new (book));
    rp_source_row_show (get_row (self, i), source, rp_watch_is_visiting (self->watch, source->id));
  }
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "empty");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sources.export", n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sources.read-all",
                                 n > 0 && rp_may_do (self->workspace, "sources.read-all"));
}

static gboolean
clock_cb (gpointer user_data)
{
  refresh (user_data);

  return G_SOURCE_CONTINUE;
}

static RpSubscription *
find (RpSourcesWindow *self, GVariant *target)
{
  return rp_watch_find (self->watch, g_variant_get_string (target, NULL), NULL);
}

/* ---- reading ---- */

static char *
dup_news (GPtrArray *reports)
{
  guint changed = 0, failed = 0;

  for (guint i = 0; i < reports->len; i++) {
    const RpWatchReport *report = g_ptr_array_index (reports, i);

    changed += report->rows->len;
    failed += report->failed;
  }
  if (failed > 0)
    return g_strdup_printf (
      ngettext ("%u source could not be read", "%u sources could not be read", failed), failed);
  if (changed == 0)
    return g_strdup (_ ("There is nothing new"));

  return g_strdup_printf (
    ngettext ("%'u article is new or changed", "%'u articles are new or changed", changed),
    changed);
}

static void
polled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpSourcesWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) reports = rp_watch_poll_finish (RP_WATCH (source), result, &error);
  g_autofree char *words = reports != NULL ? dup_news (reports) : NULL;

  if (words != NULL)
    say (self, words);
  else
    say_error (self, error);
}

static void
read_source (RpSourcesWindow *self, const char *id, RpWatchWish wish)
{
  const char *ids[] = {id, NULL};

  rp_watch_poll_async (self->watch, id != NULL ? ids : NULL, wish, NULL, polled_cb,
                       g_object_ref (self));
}

static void
read_cb (GtkWidget *widget, const char *action, GVariant *target)
{
  read_source (RP_SOURCES_WINDOW (widget), g_variant_get_string (target, NULL), RP_WATCH_NOW);
}

static void
read_all_cb (GtkWidget *widget, const char *action, GVariant *target)
{
  read_source (RP_SOURCES_WINDOW (widget), NULL, RP_WATCH_OPEN);
}

/* ---- adding ---- */

static void
note_adding (RpSourcesWindow *self, int more)
{
  self->adding = (guint) ((int) self->adding + more);
  if (self->spinner != NULL)
    gtk_spinner_set_spinning (self->spinner, self->adding > 0);
}

static void
added_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpSourcesWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RpSubscription) source = rp_watch_add_finish (RP_WATCH (object), result, &error);

  note_adding (self, -1);
  if (source != NULL)
    read_source (self, source->id, RP_WATCH_NOW);
  else if (self->rows != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    rp_tell (GTK_WINDOW (self), _ ("The source could not be added."), error->message);
}

static void
add (RpSourcesWindow *self, const char *url)
{
  note_adding (self, 1);
  rp_watch_add_async (self->watch, url, FALSE, self->cancellable, added_cb, g_object_ref (self));
}

static void
address_cb (const char *words, gpointer owner)
{
  if (*words != '\0')
    add (owner, words);
}

static void
add_cb (GtkWidget *widget, const char *action, GVariant *target)
{
  const RpQuestion question = {
    .heading = _ ("Add a Source"),
    .body = _ ("The address of a feed, a site or a single page. A site is read by its feed."),
    .accept = _ ("_Add"),
    .field = _ ("Address"),
  };

  rp_ask_words (GTK_WINDOW (widget), &question, address_cb, G_OBJECT (widget));
}

/* ---- changing ---- */

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpSourcesWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!rp_watch_change_finish (RP_WATCH (source), result, &error))
    say_error (self, error);
}

static void
pause_cb (GtkWidget *widget, const char *action, GVariant *target)
{
  RpSourcesWindow *self = RP_SOURCES_WINDOW (widget);

  rp_watch_pause_async (self->watch, g_variant_get_string (target, NULL),
                        g_str_equal (action, "sources.pause"), changed_cb, g_object_ref (self));
}

static void
browse_cb (GtkWidget *widget, const char *action, GVariant *target)
{
  RpSubscription *source = find (RP_SOURCES_WINDOW (widget), target);

  if (source != NULL)
    gtk_show_uri (GTK_WINDOW (widget), source->site_url != NULL ? source->site_url : source->url,
                  GDK_CURRENT_TIME);
}

/* The owner knows which source the choice is for. */
static void
licence_chosen_cb (RpLicence *licence, GObject *owner)
{
  RpSourcesWindow *self = g_object_get_data (owner, "window");

  rp_watch_set_licence_async (self->watch, g_object_get_data (owner, "source"),
                              rp_licence_get_id (licence), changed_cb, g_object_ref (self));
}

/* The book proposes by where an article comes from. */
static RpArticle *
make_article (RpSubscription *source)
{
  RpArticle *article = rp_article_new ();

  rp_article_set (article, RP_ARTICLE_CANONICAL_URL,
                  source->site_url != NULL ? source->site_url : source->url);
  rp_article_set (article, RP_ARTICLE_SITE_NAME, source->title);
  rp_article_set (article, RP_ARTICLE_LICENCE_ID, source->licence_id);

  return article;
}

static void
licence_cb (GtkWidget *widget, const char *action, GVariant *target)
{
  RpSourcesWindow *self = RP_SOURCES_WINDOW (widget);
  RpSubscription *source = find (self, target);
  g_autoptr (GObject) owner = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (RpArticle) article = NULL;

  if (source == NULL)
    return;
  article = make_article (source);
  g_object_set_data_full (owner, "window", g_object_ref (self), g_object_unref);
  g_object_set_data_full (owner, "source", g_strdup (source->id), g_free);
  rp_choose_licence_present (GTK_WINDOW (self), self->workspace, article, licence_chosen_cb, owner);
}

static void
no_licence_cb (GtkWidget *widget, const char *action, GVariant *target)
{
  RpSourcesWindow *self = RP_SOURCES_WINDOW (widget);

  rp_watch_set_licence_async (self->watch, g_variant_get_string (target, NULL), NULL, changed_cb,
                              g_object_ref (self));
}

/* ---- removing, with a way back ---- */

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpSourcesWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (rp_watch_restore_finish (RP_WATCH (source), result, &error) < 0)
    say_error (self, error);
}

static void
undo_cb (GObject *owner, const char *id)
{
  RpSourcesWindow *self = RP_SOURCES_WINDOW (owner);
  RpSubscription *source = g_hash_table_lookup (self->removed, id);
  g_autoptr (GPtrArray) sources = g_ptr_array_new ();

  if (source == NULL)
    return;
  g_ptr_array_add (sources, source);
  rp_watch_restore_async (self->watch, sources, restored_cb, g_object_ref (self));
}

typedef struct {
  RpSourcesWindow *window; /* owned */
  RpSubscription *source;  /* owned */
} Removal;

static void
removed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Removal *removal = user_data;
  g_autoptr (RpSourcesWindow) self = removal->window;
  g_autoptr (RpSubscription) source = removal->source;
  g_autofree char *words = g_strdup_printf (_ ("“%s” was removed."), source->title);
  const RpToastButton undo = {_ ("Undo"), undo_cb, G_OBJECT (self), source->id};
  g_autoptr (GError) error = NULL;

  g_free (removal);
  if (!rp_watch_remove_finish (RP_WATCH (object), result, &error)) {
    say_error (self, error);
    return;
  }
  g_hash_table_insert (self->removed, g_strdup (source->id), g_object_ref (source));
  if (self->rows != NULL)
    rp_toast_show (GTK_WIDGET (self->rows), words, &undo);
}

static void
remove_cb (GtkWidget *widget, const char *action, GVariant *target)
{
  RpSourcesWindow *self = RP_SOURCES_WINDOW (widget);
  RpSubscription *source = find (self, target);
  Removal *removal;

  if (source == NULL)
    return;
  removal = g_new0 (Removal, 1);
  removal->window = g_object_ref (self);
  removal->source = rp_subscription_copy (source);
  rp_watch_remove_async (self->watch, source->id, removed_cb, removal);
}

/* ---- lists of other programs ---- */

static void
list_added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpSourcesWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  int added = rp_watch_restore_finish (RP_WATCH (source), result, &error);
  g_autofree char *words = NULL;

  if (added < 0) {
    say_error (self, error);
    return;
  }
  words = g_strdup_printf (
    ngettext ("%d source was added", "%d sources were added", (gulong) added), added);
  say (self, words);
  rp_watch_poll_async (self->watch, NULL, RP_WATCH_DUE, NULL, NULL, NULL);
}

static void
loaded_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpSourcesWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_file_load_bytes_finish (G_FILE (object), result, NULL, &error);
  g_autofree char *remark = NULL;
  g_autoptr (GPtrArray) sources = bytes != NULL ? rp_opml_read (bytes, &remark, &error) : NULL;

  if (sources == NULL) {
    if (self->rows != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      rp_tell (GTK_WINDOW (self), _ ("The list could not be imported."), error->message);
    return;
  }
  if (remark != NULL)
    say (self, remark);
  rp_watch_restore_async (self->watch, sources, list_added_cb, g_object_ref (self));
}

static void
import_picked_cb (GListModel *files, gpointer owner)
{
  RpSourcesWindow *self = owner;

  for (guint i = 0; i < g_list_model_get_n_items (files); i++) {
    g_autoptr (GFile) file = g_list_model_get_item (files, i);

    g_file_load_bytes_async (file, self->cancellable, loaded_cb, g_object_ref (self));
  }
}

static void
import_cb (GtkWidget *widget, const char *action, GVariant *target)
{
  rp_pick_files (GTK_WINDOW (widget), _ ("Import a List of Sources"), import_picked_cb,
                 G_OBJECT (widget));
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpSourcesWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    say (self, _ ("The list was exported."));
  else
    say_error (self, error);
}

static void
export_picked_cb (GListModel *files, gpointer owner)
{
  RpSourcesWindow *self = owner;
  g_autoptr (GFile) file = g_list_model_get_item (files, 0);
  char *text = rp_opml_write (rp_watch_get_sources (self->watch), rp_time_now ());
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE,
                                       self->cancellable, exported_cb, g_object_ref (self));
}

static void
export_cb (GtkWidget *widget, const char *action, GVariant *target)
{
  rp_pick_place (GTK_WINDOW (widget), _ ("Export the List of Sources"), "sources.opml",
                 export_picked_cb, G_OBJECT (widget));
}

/* ---- the object ---- */

static void
rp_sources_window_dispose (GObject *object)
{
  RpSourcesWindow *self = RP_SOURCES_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->clock, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), RP_TYPE_SOURCES_WINDOW);
  self->rows = NULL;
  self->spinner = NULL;
  G_OBJECT_CLASS (rp_sources_window_parent_class)->dispose (object);
}

static void
rp_sources_window_finalize (GObject *object)
{
  RpSourcesWindow *self = RP_SOURCES_WINDOW (object);

  g_clear_object (&self->watch);
  g_clear_object (&self->workspace);
  g_clear_object (&self->cancellable);
  g_hash_table_unref (self->removed);
  G_OBJECT_CLASS (rp_sources_window_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "sources.add", NULL, add_cb);
  gtk_widget_class_install_action (widget_class, "sources.read", "s", read_cb);
  gtk_widget_class_install_action (widget_class, "sources.read-all", NULL, read_all_cb);
  gtk_widget_class_install_action (widget_class, "sources.pause", "s", pause_cb);
  gtk_widget_class_install_action (widget_class, "sources.resume", "s", pause_cb);
  gtk_widget_class_install_action (widget_class, "sources.browse", "s", browse_cb);
  gtk_widget_class_install_action (widget_class, "sources.licence", "s", licence_cb);
  gtk_widget_class_install_action (widget_class, "sources.no-licence", "s", no_licence_cb);
  gtk_widget_class_install_action (widget_class, "sources.remove", "s", remove_cb);
  gtk_widget_class_install_action (widget_class, "sources.import", NULL, import_cb);
  gtk_widget_class_install_action (widget_class, "sources.export", NULL, export_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "sources.add",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "sources.read-all", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
rp_sources_window_class_init (RpSourcesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_sources_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = rp_sources_window_finalize;
  install_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/dialogs/rp-sources-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RpSourcesWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, RpSourcesWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, RpSourcesWindow, rows);
}

static void
add_settings (RpSourcesWindow *self)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  GSettings *settings = rp_application_get_settings ();
  g_autoptr (GAction) action =
    settings != NULL ? g_settings_create_action (settings, "read-sources") : NULL;

  if (action != NULL)
    g_action_map_add_action (G_ACTION_MAP (group), action);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "settings", G_ACTION_GROUP (group));
}

static void
rp_sources_window_init (RpSourcesWindow *self)
{
  self->cancellable = g_cancellable_new ();
  self->removed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  rp_help_set_page (GTK_WINDOW (self), "sources");
  add_settings (self);
  rp_names_adopt (GTK_WIDGET (self));
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpSourcesWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!rp_watch_load_finish (RP_WATCH (source), result, &error))
    say_error (self, error);
}

void
rp_sources_window_present (GtkWindow *parent, RpWorkspace *workspace, const char *url)
{
  RpSourcesWindow *self = g_object_new (RP_TYPE_SOURCES_WINDOW, "transient-for", parent,
                                        "destroy-with-parent", TRUE, NULL);

  self->workspace = g_object_ref (workspace);
  self->watch = g_object_ref (rp_watch_get (workspace));
  g_signal_connect_object (self->watch, "visits-changed", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rp_watch_get_sources (self->watch), "items-changed",
                           G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  self->clock = g_timeout_add_seconds (CLOCK_SECONDS, clock_cb, self);
  rp_watch_load_async (self->watch, listed_cb, g_object_ref (self));
  rp_may_limit (GTK_WIDGET (self), workspace);
  refresh (self);
  gtk_window_present (GTK_WINDOW (self));
  if (url != NULL)
    add (self, url);
}
