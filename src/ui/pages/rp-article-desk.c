/* The article page at a desk that several people share: who edits, what others change meanwhile,
 * and what to do when two have changed the same. */
#include <glib/gi18n-lib.h>

#include "rp-article-page-private.h"
#include "rp-clash-dialog.h"
#include "rp-may.h"
#include "rp-merge.h"

static gboolean
is_of (RpArticlePage *self, RpArticle *article)
{
  return self->id != NULL && g_strcmp0 (rp_article_get (article, RP_ARTICLE_ID), self->id) == 0;
}

/* ---- what others change ---- */

static gboolean
is_shown (RpArticlePage *self, RpArticle *article)
{
  return self->article != NULL && rp_merge_is_same (article, self->article) &&
         g_strcmp0 (rp_article_get (article, RP_ARTICLE_STATE),
                    rp_article_get (self->article, RP_ARTICLE_STATE)) == 0;
}

/* While somebody types here, it is joined when that is saved. */
static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpArticlePage) self = user_data;
  g_autoptr (RpArticle) article =
    rp_workspace_get_article_finish (RP_WORKSPACE (source), result, NULL);

  if (article != NULL && self->editor != NULL && is_of (self, article) &&
      rp_saver_is_idle (self->saver) && !is_shown (self, article))
    rp_article_page_show (self, article);
}

static void
changed_elsewhere_cb (RpArticlePage *self)
{
  if (self->id != NULL && self->article != NULL && is_of (self, self->article))
    rp_workspace_get_article_async (self->workspace, self->id, self->cancellable, looked_cb,
                                    g_object_ref (self));
}

/* What could not be read while the server was away is read now. */
static void
away_cb (RpArticlePage *self)
{
  if (!rp_workspace_is_away (self->workspace))
    rp_article_page_reload (self, FALSE);
}

/* ---- who edits ---- */

static gboolean
has_clash (RpArticlePage *self)
{
  return rp_saver_get_clash (self->saver) != NULL;
}

void
rp_article_desk_update (RpArticlePage *self)
{
  RpPresence *presence = rp_presence_get (self->workspace);
  gboolean locked = !rp_may_do (self->workspace, "editor.type") || has_clash (self) ||
                    (self->id != NULL && rp_presence_get_editor (presence, self->id) != NULL);

  if (locked == self->locked)
    return;
  if (!has_clash (self) && !rp_saver_is_idle (self->saver)) {
    rp_saver_save_now (self->saver); /* and then */
    return;
  }
  self->locked = locked;
  if (self->article == NULL || !is_of (self, self->article))
    return;
  rp_article_page_show_in_editor (self);
  if (!locked)
    rp_article_page_reload (self, FALSE);
}

void
rp_article_desk_take_over (RpArticlePage *self)
{
  rp_presence_take_over (rp_presence_get (self->workspace));
}

/* ---- two have changed the same ---- */

static void
chosen_cb (const char *const *mine, GObject *owner)
{
  RpArticlePage *self = RP_ARTICLE_PAGE (owner);

  if (self->editor != NULL && has_clash (self))
    rp_saver_settle_clash (self->saver, mine);
}

void
rp_article_desk_compare (RpArticlePage *self)
{
  const RpClash *clash = rp_saver_get_clash (self->saver);

  if (clash != NULL)
    rp_clash_dialog_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->workspace,
                             clash->mine, clash->theirs, (const char *const *) clash->fields,
                             chosen_cb, G_OBJECT (self));
}

void
rp_article_desk_refused (RpArticlePage *self)
{
  const RpClash *clash = rp_saver_get_clash (self->saver);

  if (clash == NULL)
    return;
  if (!is_of (self, clash->mine))
    rp_article_desk_compare (self);
  else if (self->article == NULL || !is_of (self, self->article))
    rp_article_page_show (self, clash->mine);
}

/* After a crash nothing is on the page yet. */
static void
show_mine (RpArticlePage *self, RpArticle *mine)
{
  if (self->article != NULL && is_of (self, self->article))
    g_set_object (&self->article, mine);
  else
    rp_article_page_show (self, mine);
}

/* Until the person has chosen, the page shows what was typed here. */
static void
clashed_cb (RpArticlePage *self)
{
  const RpClash *clash = rp_saver_get_clash (self->saver);

  rp_desk_bar_set_clash (self->desk_bar, clash != NULL);
  if (clash != NULL && is_of (self, clash->mine))
    show_mine (self, clash->mine);
  rp_article_desk_update (self);
}

void
rp_article_desk_connect (RpArticlePage *self)
{
  self->locked = !rp_may_do (self->workspace, "editor.type");
  rp_desk_bar_set_workspace (self->desk_bar, self->workspace);
  g_signal_connect_object (self->workspace, "changed-elsewhere", G_CALLBACK (changed_elsewhere_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->workspace, "notify::away", G_CALLBACK (away_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rp_presence_get (self->workspace), "changed",
                           G_CALLBACK (rp_article_desk_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->saver, "clashed", G_CALLBACK (clashed_cb), self,
                           G_CONNECT_SWAPPED);
}
