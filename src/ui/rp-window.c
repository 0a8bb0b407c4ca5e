#include "rp-window-private.h"

#include <glib/gi18n-lib.h>

#include "rp-application.h"
#include "rp-ask.h"
#include "rp-frames.h"
#include "rp-may.h"
#include "rp-names.h"
#include "rp-outbox-page.h"
#include "rp-searches.h"
#include "rp-thrift.h"
#include "rp-toast.h"
#include "rp-window-state.h"

#define DESK_ABOVE 1368 /* from here on the desk has a column of its own */
#define DESK_AND_LIST (222 + 1 + 306)

G_DEFINE_FINAL_TYPE (RpWindow, rp_window, ADW_TYPE_APPLICATION_WINDOW)

/* ---- what the content column shows ---- */

static gboolean
is_empty (RpWindow *self)
{
  static const char *const states[] = {
    "inbox",          RP_STATE_SCHEDULED, RP_STATE_PUBLISHED, RP_STATE_ATTENTION,
    RP_STATE_ARCHIVE, RP_STATE_TRASH};

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (rp_workspace_get_count (self->workspace, states[i]) > 0)
      return FALSE;

  return TRUE;
}

gboolean
rp_window_is_showing (RpWindow *self, const char *name)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->content), name) == 0;
}

/* The page would like all the room there is; the columns beside it keep theirs. */
static void
hold_columns (RpWindow *self)
{
  gboolean both = self->width >= DESK_ABOVE && gtk_widget_get_visible (GTK_WIDGET (self->list));

  gtk_widget_set_size_request (GTK_WIDGET (self->inner), both ? DESK_AND_LIST : -1, -1);
}

void
rp_window_show_content (RpWindow *self, const char *name)
{
  gboolean with_list =
    g_str_equal (name, "article") || g_str_equal (name, "nothing") || g_str_equal (name, "several");
  gboolean had_list = gtk_widget_get_visible (GTK_WIDGET (self->list));

  gtk_stack_set_visible_child_name (self->content, name);
  gtk_widget_set_visible (GTK_WIDGET (self->list), with_list);
  if (with_list && !had_list) /* in one column it is the way back */
    adw_leaflet_set_visible_child (self->inner, GTK_WIDGET (self->list));
  hold_columns (self);
}

/* A leaflet takes the focus along to what it shows next; side by side nothing has to move. */
static void
go_to_content (RpWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  adw_leaflet_navigate (self->outer, ADW_NAVIGATION_DIRECTION_FORWARD);
  if (focus != NULL && !adw_leaflet_get_folded (self->outer))
    gtk_widget_grab_focus (focus);
}

void
rp_window_show_article (RpWindow *self, const char *id)
{
  rp_window_show_content (self, id != NULL ? "article" : "nothing");
  rp_article_page_set_article_id (self->page, id);
  rp_list_pane_select (self->list, id);
  if (id != NULL)
    go_to_content (self);
}

static void
articles_changed_cb (RpWindow *self)
{
  gboolean empty = is_empty (self);

  if (!self->counted) /* the start is over */
    rp_thrift_soon ();
  self->counted = TRUE;
  if (empty && rp_window_is_showing (self, "nothing"))
    rp_window_show_content (self, "first-run");
  else if (!empty && rp_window_is_showing (self, "first-run"))
    rp_window_show_content (self, "nothing");
}

static void
article_chosen_cb (RpWindow *self, const char *id)
{
  rp_window_show_article (self, id);
}

/* What was typed into the article that is left is kept before anything is done with it. */
static void
picked_articles_cb (RpWindow *self)
{
  g_autoptr (GPtrArray) ids = rp_selection_dup_ids (rp_list_pane_get_selection (self->list));

  if (rp_list_pane_has_several (self->list)) {
    rp_article_page_set_article_id (self->page, NULL);
    rp_window_show_content (self, "several");
  } else {
    rp_window_show_article (self, ids->len == 1 ? ids->pdata[0] : NULL);
  }
}

static void
search_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = rp_searches_save_finish (RP_WORKSPACE (source), result, &error);

  if (self->list == NULL)
    return;
  if (id == NULL)
    rp_toast_show_error (GTK_WIDGET (self->list), error);
  else
    rp_toast_show (GTK_WIDGET (self->list), _ ("The search is in the sidebar"), NULL);
}

static void
search_named_cb (const char *words, gpointer owner)
{
  RpWindow *self = owner;
  g_autofree char *query = rp_list_pane_dup_query (self->list);

  rp_searches_save_async (self->workspace, NULL, words, query, self->cancellable, search_saved_cb,
                          g_object_ref (self));
}

static void
save_search_cb (RpWindow *self)
{
  const RpQuestion question = {
    .heading = _ ("Save This Search"),
    .body = _ ("It stands in the sidebar and counts by itself."),
    .accept = _ ("_Save"),
    .field = _ ("Name"),
  };

  rp_ask_words (GTK_WINDOW (self), &question, search_named_cb, G_OBJECT (self));
}

static void
open_picked_cb (RpWindow *self)
{
  go_to_content (self);
}

/* What was moved away cannot stay selected; marks and licences leave it where it is. */
static void
bulk_done_cb (RpWindow *self, int deed)
{
  if (deed == RP_BULK_ARCHIVE || deed == RP_BULK_TRASH || deed == RP_BULK_RESTORE ||
      deed == RP_BULK_PUBLISH)
    rp_list_pane_drop_selection (self->list);
}

static void
arrive (RpWindow *self, const char *key)
{
  GSettings *settings = rp_application_get_settings ();

  if (settings != NULL)
    g_settings_set_string (settings, "desk", key);
  if (rp_window_is_showing (self, "outbox") || rp_window_is_showing (self, "several"))
    rp_window_show_article (self, rp_article_page_get_article_id (self->page));
  if (self->counted && is_empty (self))
    rp_window_show_content (self, "first-run");
  adw_leaflet_navigate (self->inner, ADW_NAVIGATION_DIRECTION_FORWARD);
}

static void
state_chosen_cb (RpWindow *self, const char *state, const char *title)
{
  rp_list_pane_show_state (self->list, state, title);
  arrive (self, state);
}

static void
search_chosen_cb (RpWindow *self, const char *key, const char *query, const char *title)
{
  rp_list_pane_show_search (self->list, query, title);
  arrive (self, key);
}

static void
outbox_chosen_cb (RpWindow *self)
{
  GSettings *settings = rp_application_get_settings ();

  if (settings != NULL)
    g_settings_set_string (settings, "desk", "outbox");
  rp_window_show_content (self, "outbox");
  go_to_content (self);
}

void
rp_window_open_article (RpWindow *self, const char *id)
{
  rp_sidebar_choose (self->sidebar, "inbox");
  rp_window_show_article (self, id);
}

static void
left_desk_cb (RpWindow *self, const char *id)
{
  rp_list_pane_select_neighbour (self->list);
  if (g_strcmp0 (rp_article_page_get_article_id (self->page), id) == 0)
    rp_window_show_article (self, NULL);
}

/* The queue goes on with the next one; elsewhere the page stays. */
static void
reviewed_cb (RpWindow *self)
{
  if (g_strcmp0 (rp_list_pane_get_state (self->list), RP_STATE_REVIEW) == 0)
    rp_list_pane_select_neighbour (self->list);
}

static void
list_back_cb (RpWindow *self)
{
  adw_leaflet_navigate (self->inner, ADW_NAVIGATION_DIRECTION_BACK);
}

static void
content_back_cb (RpWindow *self)
{
  adw_leaflet_navigate (self->outer, ADW_NAVIGATION_DIRECTION_BACK);
}

/* ---- folding ---- */

static void
folded_cb (RpWindow *self)
{
  gboolean outer = adw_leaflet_get_folded (self->outer);
  gboolean inner = adw_leaflet_get_folded (self->inner);

  if (self->page == NULL)
    return;
  rp_article_page_set_folded (self->page, outer);
  rp_bulk_page_set_folded (self->bulk, outer);
  rp_list_pane_set_folded (self->list, inner, outer);
  rp_sidebar_set_title_buttons (self->sidebar, outer && inner);
  gtk_widget_set_hexpand (GTK_WIDGET (self->inner), outer);
  gtk_widget_set_hexpand (GTK_WIDGET (self->list), outer);
}

/* Of two columns that no longer have room beside each other the list stays: the work is there. */
static gboolean
fit_cb (gpointer user_data)
{
  RpWindow *self = user_data;
  gboolean desk = self->width >= DESK_ABOVE;

  self->fitting = 0;
  hold_columns (self);
  if (self->wide && !desk && gtk_widget_get_visible (GTK_WIDGET (self->list)))
    adw_leaflet_set_visible_child (self->inner, GTK_WIDGET (self->list));
  self->wide = desk;
  adw_leaflet_set_can_unfold (self->inner, desk);
  rp_article_page_set_width (self->page, self->width);
  folded_cb (self);

  return G_SOURCE_REMOVE;
}

/* Not while sizes are being given out: what is decided here changes them. */
static void
rp_window_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RpWindow *self = RP_WINDOW (widget);

  GTK_WIDGET_CLASS (rp_window_parent_class)->size_allocate (widget, width, height, baseline);
  if (width == self->width)
    return;
  self->width = width;
  if (self->fitting == 0)
    self->fitting = g_idle_add_full (G_PRIORITY_HIGH, fit_cb, self, NULL);
}

/* ---- importing ---- */

static void
imported_cb (RpWindow *self, const char *id)
{
  if (id != NULL)
    rp_window_open_article (self, id);
}

/* ---- closing ---- */

static void
flushed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  self->may_close = TRUE; /* asked a second time it closes, come what may */
  if (rp_article_page_flush_finish (self->page, result, &error) || self->unasked)
    gtk_window_close (GTK_WINDOW (self));
  else
    rp_tell (GTK_WINDOW (self), _ ("What you typed could not be saved."), error->message);
}

static gboolean
rp_window_close_request (GtkWindow *window)
{
  RpWindow *self = RP_WINDOW (window);

  rp_window_state_keep (window);
  rp_window_keep_contents (self);
  if (self->may_close)
    return GTK_WINDOW_CLASS (rp_window_parent_class)->close_request (window);
  rp_article_page_flush_async (self->page, flushed_cb, g_object_ref (self));

  return TRUE;
}

void
rp_window_ask_nothing (RpWindow *self)
{
  g_return_if_fail (RP_IS_WINDOW (self));

  self->unasked = TRUE;
}

/* ---- the window ---- */

static void
rp_window_dispose (GObject *object)
{
  RpWindow *self = RP_WINDOW (object);

  g_clear_handle_id (&self->fitting, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), RP_TYPE_WINDOW);
  self->list = NULL;
  self->first_run = NULL;
  self->import_bar = NULL;
  G_OBJECT_CLASS (rp_window_parent_class)->dispose (object);
  g_clear_object (&self->workspace); /* after the widgets, which borrow it */
}

static void
rp_window_finalize (GObject *object)
{
  g_object_unref (RP_WINDOW (object)->cancellable);
  G_OBJECT_CLASS (rp_window_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *klass)
{
  gtk_widget_class_set_template_from_resource (klass, "/app/reprint/Reprint/rp-window.ui");
  gtk_widget_class_bind_template_child (klass, RpWindow, drop_area);
  gtk_widget_class_bind_template_child (klass, RpWindow, drop_overlay);
  gtk_widget_class_bind_template_child (klass, RpWindow, drop_words);
  gtk_widget_class_bind_template_child (klass, RpWindow, outer);
  gtk_widget_class_bind_template_child (klass, RpWindow, inner);
  gtk_widget_class_bind_template_child (klass, RpWindow, sidebar);
  gtk_widget_class_bind_template_child (klass, RpWindow, list);
  gtk_widget_class_bind_template_child (klass, RpWindow, content);
  gtk_widget_class_bind_template_child (klass, RpWindow, first_run);
  gtk_widget_class_bind_template_child (klass, RpWindow, article_slot);
  gtk_widget_class_bind_template_child (klass, RpWindow, bulk_slot);
  gtk_widget_class_bind_template_child (klass, RpWindow, outbox_slot);
  gtk_widget_class_bind_template_child (klass, RpWindow, import_bar);
  gtk_widget_class_bind_template_child (klass, RpWindow, bulk_bar);
  gtk_widget_class_bind_template_callback (klass, folded_cb);
  gtk_widget_class_bind_template_callback (klass, state_chosen_cb);
  gtk_widget_class_bind_template_callback (klass, search_chosen_cb);
  gtk_widget_class_bind_template_callback (klass, rp_window_dropped_on_row_cb);
  gtk_widget_class_bind_template_callback (klass, rp_window_brought_cb);
  gtk_widget_class_bind_template_callback (klass, outbox_chosen_cb);
  gtk_widget_class_bind_template_callback (klass, article_chosen_cb);
  gtk_widget_class_bind_template_callback (klass, picked_articles_cb);
  gtk_widget_class_bind_template_callback (klass, open_picked_cb);
  gtk_widget_class_bind_template_callback (klass, save_search_cb);
  gtk_widget_class_bind_template_callback (klass, bulk_done_cb);
  gtk_widget_class_bind_template_callback (klass, list_back_cb);
  gtk_widget_class_bind_template_callback (klass, content_back_cb);
  gtk_widget_class_bind_template_callback (klass, imported_cb);
}

static void
rp_window_class_init (RpWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = rp_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = rp_window_close_request;
  widget_class->size_allocate = rp_window_size_allocate;
  g_type_ensure (RP_TYPE_SIDEBAR);
  g_type_ensure (RP_TYPE_LIST_PANE);
  g_type_ensure (RP_TYPE_FIRST_RUN);
  g_type_ensure (RP_TYPE_IMPORT_BAR);
  g_type_ensure (RP_TYPE_BULK_BAR);
  bind_template (widget_class);
  rp_window_install_actions (widget_class);
}

static void
rp_window_init (RpWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  rp_frames_watch (GTK_WINDOW (self));
}

static void
add_pages (RpWindow *self)
{
  GtkWidget *outbox = rp_outbox_page_new (self->workspace);

  self->page = RP_ARTICLE_PAGE (rp_article_page_new (self->workspace));
  adw_bin_set_child (self->article_slot, GTK_WIDGET (self->page));
  rp_article_page_add_actions (self->page, G_ACTION_MAP (self));
  g_signal_connect_object (self->page, "back", G_CALLBACK (content_back_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->page, "archived", G_CALLBACK (left_desk_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->page, "reviewed", G_CALLBACK (reviewed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->page, "restored", G_CALLBACK (rp_window_open_article), self,
                           G_CONNECT_SWAPPED);
  self->bulk = RP_BULK_PAGE (
    rp_bulk_page_new (self->workspace, rp_list_pane_get_selection (self->list), self->bulk_bar));
  adw_bin_set_child (self->bulk_slot, GTK_WIDGET (self->bulk));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "bulk", rp_bulk_page_get_actions (self->bulk));
  g_signal_connect_object (self->bulk, "back", G_CALLBACK (content_back_cb), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (self->outbox_slot, outbox);
  g_signal_connect_object (outbox, "open-article", G_CALLBACK (rp_window_open_article), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
rp_window_new (GtkApplication *application, RpWorkspace *workspace)
{
  RpWindow *self = g_object_new (RP_TYPE_WINDOW, "application", application, NULL);

  self->workspace = g_object_ref (workspace);
  rp_list_pane_set_workspace (self->list, workspace);
  add_pages (self);
  if (rp_may_do (workspace, "win.open"))
    rp_window_take_drops (self);
  rp_sidebar_set_workspace (self->sidebar, workspace);
  g_signal_connect_object (workspace, "articles-changed", G_CALLBACK (articles_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rp_workspace_get_partners (workspace), "items-changed",
                           G_CALLBACK (rp_window_partners_changed_cb), self, G_CONNECT_SWAPPED);
  rp_window_partners_changed_cb (self);
  rp_window_restore (self);
  rp_names_adopt (GTK_WIDGET (self));
  rp_may_limit (GTK_WIDGET (self), workspace);
  rp_article_page_restore (self->page);

  return GTK_WIDGET (self);
}

void
rp_window_import_files (RpWindow *self, GPtrArray *files)
{
  g_autoptr (RpIntake) intake = rp_intake_new (self->workspace);

  g_return_if_fail (RP_IS_WINDOW (self));

  for (guint i = 0; i < files->len; i++) {
    GFile *file = g_ptr_array_index (files, i);
    g_autofree char *uri = g_file_get_uri (file);

    if (g_str_has_prefix (uri, "http:") || g_str_has_prefix (uri, "https:"))
      rp_intake_add_url (intake, uri);
    else
      rp_intake_add_file (intake, file);
  }
  rp_import_bar_run (self->import_bar, intake);
}
