/* What was in the window the last time. */
#include "rp-window-private.h"
#include "rp-window-state.h"

static void
show_pane (RpWindow *self, const char *pane)
{
  gboolean list = gtk_widget_get_visible (GTK_WIDGET (self->list));

  adw_leaflet_set_visible_child (self->inner, g_str_equal (pane, "desk") || !list
                                                ? GTK_WIDGET (self->sidebar)
                                                : GTK_WIDGET (self->list));
  adw_leaflet_set_visible_child (self->outer, g_str_equal (pane, "content")
                                                ? GTK_WIDGET (self->content)
                                                : GTK_WIDGET (self->inner));
}

/* It may have been removed since. Nobody waits for it who has gone somewhere else. */
static void
article_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpWindow) self = user_data;
  g_autoptr (RpArticle) article =
    rp_workspace_get_article_finish (RP_WORKSPACE (source), result, NULL);
  const char *id = article != NULL ? rp_article_get (article, RP_ARTICLE_ID) : NULL;

  if (id == NULL || self->list == NULL || !rp_window_is_showing (self, "nothing") ||
      rp_article_page_get_article_id (self->page) != NULL)
    return;
  rp_window_show_content (self, "article");
  rp_article_page_set_article_id (self->page, id);
  rp_list_pane_select (self->list, id);
}

void
rp_window_restore (RpWindow *self)
{
  g_auto (RpWindowContents) contents = {NULL};

  rp_window_state_restore (GTK_WINDOW (self));
  rp_window_state_read (&contents);
  rp_window_show_content (self, "nothing");
  rp_sidebar_choose (self->sidebar, contents.place);
  rp_list_pane_scroll_to (self->list, contents.scroll);
  rp_editor_set_place (rp_article_page_get_editor (self->page), contents.article,
                       contents.article_scroll);
  if (contents.article != NULL)
    rp_workspace_get_article_async (self->workspace, contents.article, self->cancellable,
                                    article_found_cb, g_object_ref (self));
  show_pane (self, contents.article == NULL && g_str_equal (contents.pane, "content")
                     ? "list"
                     : contents.pane);
}

static const char *
get_pane (RpWindow *self)
{
  if (adw_leaflet_get_visible_child (self->outer) == GTK_WIDGET (self->content))
    return "content";

  return adw_leaflet_get_visible_child (self->inner) == GTK_WIDGET (self->sidebar) ? "desk"
                                                                                   : "list";
}

void
rp_window_keep_contents (RpWindow *self)
{
  g_auto (RpWindowContents) contents = {NULL};

  contents.article = g_strdup (rp_article_page_get_article_id (self->page));
  contents.pane = g_strdup (get_pane (self));
  contents.scroll = rp_list_pane_get_scroll (self->list);
  contents.article_scroll =
    rp_editor_get_place (rp_article_page_get_editor (self->page), contents.article);
  rp_window_state_write (&contents);
}
