#include "rp-search-keeper.h"

#include <glib/gi18n-lib.h>

#include "rp-ask.h"
#include "rp-searches.h"
#include "rp-toast.h"

/* One search and where to speak about it. It is the owner of the question and of the toast. */
#define RP_TYPE_KEPT_SEARCH (rp_kept_search_get_type ())
G_DECLARE_FINAL_TYPE (RpKeptSearch, rp_kept_search, RP, KEPT_SEARCH, GObject)

struct _RpKeptSearch {
  GObject parent_instance;

  GtkWidget *widget;      /* owned */
  RpWorkspace *workspace; /* owned */
  char *id;               /* owned */
  char *name;             /* owned */
  char *query;            /* owned */
};

G_DEFINE_FINAL_TYPE (RpKeptSearch, rp_kept_search, G_TYPE_OBJECT)

static void
rp_kept_search_finalize (GObject *object)
{
  RpKeptSearch *self = RP_KEPT_SEARCH (object);

  g_object_unref (self->widget);
  g_object_unref (self->workspace);
  g_free (self->id);
  g_free (self->name);
  g_free (self->query);
  G_OBJECT_CLASS (rp_kept_search_parent_class)->finalize (object);
}

static void
rp_kept_search_class_init (RpKeptSearchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rp_kept_search_finalize;
}

static void
rp_kept_search_init (RpKeptSearch *self)
{
}

static RpKeptSearch *
kept_search_new (GtkWidget *widget,
                 RpWorkspace *workspace,
                 const char *id,
                 const char *name,
                 const char *query)
{
  RpKeptSearch *self = g_object_new (RP_TYPE_KEPT_SEARCH, NULL);

  self->widget = g_object_ref (widget);
  self->workspace = g_object_ref (workspace);
  self->id = g_strdup (id);
  self->name = g_strdup (name);
  self->query = g_strdup (query);

  return self;
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpKeptSearch) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = rp_searches_save_finish (RP_WORKSPACE (source), result, &error);

  if (id == NULL)
    rp_toast_show_error (self->widget, error);
}

static void
renamed_cb (const char *words, gpointer owner)
{
  RpKeptSearch *self = owner;

  rp_searches_save_async (self->workspace, self->id, words, self->query, NULL, saved_cb,
                          g_object_ref (self));
}

void
rp_search_keeper_rename (GtkWidget *widget,
                         RpWorkspace *workspace,
                         const char *id,
                         const char *name,
                         const char *query)
{
  g_autoptr (RpKeptSearch) self = kept_search_new (widget, workspace, id, name, query);
  const RpQuestion question = {
    .heading = _ ("Rename the Search"),
    .accept = _ ("_Rename"),
    .field = _ ("Name"),
    .words = name,
  };

  rp_ask_words (GTK_WINDOW (gtk_widget_get_root (widget)), &question, renamed_cb, G_OBJECT (self));
}

static void
undo_cb (GObject *owner, const char *argument)
{
  RpKeptSearch *self = RP_KEPT_SEARCH (owner);

  rp_searches_save_async (self->workspace, self->id, self->name, self->query, NULL, saved_cb,
                          g_object_ref (self));
}

/* The toast's button forgets its owner once that is gone: the widget keeps the last one. */
static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RpKeptSearch *self = user_data;
  g_autofree char *words = g_strdup_printf (_ ("The search “%s” was removed"), self->name);
  const RpToastButton undo = {_ ("Undo"), undo_cb, G_OBJECT (self), NULL};
  g_autoptr (GError) error = NULL;
  GtkWidget *widget = self->widget;
  GtkRoot *root = gtk_widget_get_root (widget);

  if (root == NULL) { /* the window is gone */
    g_object_unref (self);
    return;
  }
  if (rp_searches_remove_finish (RP_WORKSPACE (source), result, &error)) {
    g_object_set_data_full (G_OBJECT (root), "rp-removed-search", g_object_ref (self),
                            g_object_unref);
    rp_toast_show (widget, words, &undo);
  } else {
    rp_toast_show_error (widget, error);
  }
  g_object_unref (self);
}

void
rp_search_keeper_remove (GtkWidget *widget,
                         RpWorkspace *workspace,
                         const char *id,
                         const char *name,
                         const char *query)
{
  rp_searches_remove_async (workspace, id, NULL, removed_cb,
                            kept_search_new (widget, workspace, id, name, query));
}
