/* What the window does when it is told to: the actions "win.…", for menus, shortcuts, the desktop
 * and tests. */
#include "rp-window-private.h"

#include <glib/gi18n-lib.h>

#include "rp-ask.h"
#include "rp-licences-window.h"
#include "rp-may.h"
#include "rp-partner-dialog.h"
#include "rp-pick.h"
#include "rp-sample.h"
#include "rp-sources-window.h"
#include "rp-transfer.h"

/* ---- importing ---- */

static void
picked_cb (GListModel *files, gpointer owner)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    g_ptr_array_add (list, g_list_model_get_item (files, i));
  rp_window_import_files (RP_WINDOW (owner), list);
}

static void
open_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  rp_pick_files (GTK_WINDOW (widget), _ ("Import Articles"), picked_cb, G_OBJECT (widget));
}

static void
paste_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RpWindow *self = RP_WINDOW (widget);

  rp_transfer_read_clipboard_async (gtk_widget_get_clipboard (widget), self->workspace,
                                    self->cancellable, rp_window_transferred_cb,
                                    g_object_ref (self));
}

/* ---- getting about ---- */

static void
search_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RpWindow *self = RP_WINDOW (widget);

  if (!gtk_widget_get_visible (GTK_WIDGET (self->list)))
    return;
  adw_leaflet_set_visible_child (self->outer, GTK_WIDGET (self->inner));
  adw_leaflet_set_visible_child (self->inner, GTK_WIDGET (self->list));
  rp_list_pane_search (self->list);
}

static void
to_list_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RpWindow *self = RP_WINDOW (widget);

  adw_leaflet_navigate (self->outer, ADW_NAVIGATION_DIRECTION_BACK);
  if (gtk_widget_get_visible (GTK_WIDGET (self->list)))
    rp_list_pane_focus (self->list);
}

static gboolean
has_focus_inside (RpWindow *self, gpointer part)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  return focus != NULL && (focus == part || gtk_widget_is_ancestor (focus, part));
}

static void
next_pane_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RpWindow *self = RP_WINDOW (widget);

  if (has_focus_inside (self, self->sidebar) && gtk_widget_get_visible (GTK_WIDGET (self->list)))
    rp_list_pane_focus (self->list);
  else if (!has_focus_inside (self, self->content))
    rp_article_page_focus (self->page);
  else if (!rp_article_page_focus_inspector (self->page))
    rp_sidebar_focus (self->sidebar);
}

/* ---- windows and dialogs ---- */

static void
licences_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  rp_licences_window_present (GTK_WINDOW (widget), RP_WINDOW (widget)->workspace, NULL);
}

static void
sources_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  rp_sources_window_present (GTK_WINDOW (widget), RP_WINDOW (widget)->workspace, NULL);
}

static void
subscribe_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  rp_sources_window_present (GTK_WINDOW (widget), RP_WINDOW (widget)->workspace,
                             g_variant_get_string (parameter, NULL));
}

static void
add_partner_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  rp_partner_dialog_present (GTK_WINDOW (widget), RP_WINDOW (widget)->workspace, NULL);
}

static void
edit_partner_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RpWindow *self = RP_WINDOW (widget);
  RpPartner *partner =
    rp_workspace_find_partner (self->workspace, g_variant_get_string (parameter, NULL));

  if (partner != NULL)
    rp_partner_dialog_present (GTK_WINDOW (widget), self->workspace, partner);
}

/* ---- what is asked for from outside: notifications, the desktop's search and menu ---- */

static void
show_article_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  rp_window_open_article (RP_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
show_desk_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  rp_sidebar_choose (RP_WINDOW (widget)->sidebar, g_variant_get_string (parameter, NULL));
}

static void
show_outbox_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  rp_sidebar_choose (RP_WINDOW (widget)->sidebar, "outbox");
}

static void
search_for_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RpWindow *self = RP_WINDOW (widget);

  rp_sidebar_choose (self->sidebar, "inbox");
  search_cb (widget, action, NULL);
  rp_list_pane_search_for (self->list, g_variant_get_string (parameter, NULL));
}

/* ---- the sample ---- */

static void
sample_ready_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *url = rp_sample_set_up_finish (RP_WORKSPACE (source), result, &error);

  self->setting_up = FALSE;
  if (self->first_run == NULL)
    return;
  rp_first_run_set_busy (self->first_run, FALSE);
  if (url == NULL) {
    rp_tell (GTK_WINDOW (self), _ ("The sample could not be set up."), error->message);
    return;
  }
  rp_sidebar_choose (self->sidebar, "inbox");
  rp_window_show_content (self, "nothing");
  rp_list_pane_select_first (self->list);
}

static void
sample_removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!rp_sample_remove_finish (RP_WORKSPACE (source), result, &error))
    rp_tell (GTK_WINDOW (self), _ ("The sample could not be removed."), error->message);
  else if (self->list != NULL)
    rp_window_show_article (self, NULL);
}

void
rp_window_try_sample (RpWindow *self)
{
  g_return_if_fail (RP_IS_WINDOW (self));

  if (self->setting_up)
    return;
  self->setting_up = TRUE;
  rp_first_run_set_busy (self->first_run, TRUE);
  rp_sample_set_up_async (self->workspace, self->cancellable, sample_ready_cb, g_object_ref (self));
}

static void
remove_sample_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  rp_sample_remove_async (RP_WINDOW (widget)->workspace, NULL, sample_removed_cb,
                          g_object_ref (widget));
}

void
rp_window_partners_changed_cb (RpWindow *self)
{
  gtk_widget_action_set_enabled (
    GTK_WIDGET (self), "win.remove-sample",
    rp_may_do (self->workspace, "win.remove-sample") &&
      rp_workspace_find_partner (self->workspace, RP_SAMPLE_PARTNER_ID) != NULL);
}

/* ---- all of them ---- */

void
rp_window_install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.open", NULL, open_cb);
  gtk_widget_class_install_action (klass, "win.paste", NULL, paste_cb);
  gtk_widget_class_install_action (klass, "win.search", NULL, search_cb);
  gtk_widget_class_install_action (klass, "win.to-list", NULL, to_list_cb);
  gtk_widget_class_install_action (klass, "win.next-pane", NULL, next_pane_cb);
  gtk_widget_class_install_action (klass, "win.licences", NULL, licences_cb);
  gtk_widget_class_install_action (klass, "win.sources", NULL, sources_cb);
  gtk_widget_class_install_action (klass, "win.subscribe", "s", subscribe_cb);
  gtk_widget_class_install_action (klass, "win.add-partner", NULL, add_partner_cb);
  gtk_widget_class_install_action (klass, "win.edit-partner", "s", edit_partner_cb);
  gtk_widget_class_install_action (klass, "win.show-article", "s", show_article_cb);
  gtk_widget_class_install_action (klass, "win.show-desk", "s", show_desk_cb);
  gtk_widget_class_install_action (klass, "win.show-outbox", NULL, show_outbox_cb);
  gtk_widget_class_install_action (klass, "win.search-for", "s", search_for_cb);
  gtk_widget_class_install_action (klass, "win.remove-sample", NULL, remove_sample_cb);
}
