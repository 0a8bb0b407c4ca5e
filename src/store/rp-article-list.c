#include "rp-article-list.h"

#include "rp-article-row.h"

#define KEPT_PAGES 12

struct _RpArticleList {
  GObject parent_instance;

  RpArticleListFetch fetch;
  gpointer user_data;
  guint count;
  GHashTable *pages; /* owned: page number -> GPtrArray of RpArticleRow */
  GQueue recent;     /* page numbers, most recently used first */
};

static GType
get_item_type (GListModel *model)
{
  return RP_TYPE_ARTICLE_ROW;
}

static guint
get_n_items (GListModel *model)
{
  return RP_ARTICLE_LIST (model)->count;
}

static void
touch (RpArticleList *self, guint page)
{
  g_queue_remove (&self->recent, GUINT_TO_POINTER (page));
  g_queue_push_head (&self->recent, GUINT_TO_POINTER (page));
  if (self->recent.length > KEPT_PAGES)
    g_hash_table_remove (self->pages, g_queue_pop_tail (&self->recent));
}

static GPtrArray *
make_page (RpArticleList *self, guint page)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < RP_ARTICLE_LIST_PAGE; i++)
    g_ptr_array_add (rows, rp_article_row_new ());
  g_hash_table_insert (self->pages, GUINT_TO_POINTER (page), rows);
  touch (self, page);
  self->fetch (self, page, self->user_data);

  return rows;
}

static gpointer
get_item (GListModel *model, guint position)
{
  RpArticleList *self = RP_ARTICLE_LIST (model);
  guint page = position / RP_ARTICLE_LIST_PAGE;
  GPtrArray *rows;

  if (position >= self->count)
    return NULL;
  rows = g_hash_table_lookup (self->pages, GUINT_TO_POINTER (page));
  if (rows == NULL)
    rows = make_page (self, page);
  else if (GPOINTER_TO_UINT (g_queue_peek_head (&self->recent)) != page)
    touch (self, page);

  return g_object_ref (g_ptr_array_index (rows, position % RP_ARTICLE_LIST_PAGE));
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RpArticleList,
                               rp_article_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
rp_article_list_finalize (GObject *object)
{
  RpArticleList *self = RP_ARTICLE_LIST (object);

  g_hash_table_unref (self->pages);
  g_queue_clear (&self->recent);
  G_OBJECT_CLASS (rp_article_list_parent_class)->finalize (object);
}

static void
rp_article_list_class_init (RpArticleListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rp_article_list_finalize;
}

static void
rp_article_list_init (RpArticleList *self)
{
  self->pages = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  g_queue_init (&self->recent);
}

RpArticleList *
rp_article_list_new (RpArticleListFetch fetch, gpointer user_data)
{
  RpArticleList *self = g_object_new (RP_TYPE_ARTICLE_LIST, NULL);

  self->fetch = fetch;
  self->user_data = user_data;

  return self;
}

void
rp_article_list_set_count (RpArticleList *self, guint count)
{
  guint before = self->count;

  if (count == before)
    return;
  self->count = count;
  /* new articles come first: the rows that are shown move down by the difference */
  if (count > before)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, count - before);
  else
    g_list_model_items_changed (G_LIST_MODEL (self), count, before - count, 0);
}

void
rp_article_list_invalidate (RpArticleList *self)
{
  for (GList *l = self->recent.head; l != NULL; l = l->next)
    self->fetch (self, GPOINTER_TO_UINT (l->data), self->user_data);
}

void
rp_article_list_take_page (RpArticleList *self, guint page, GPtrArray *fresh)
{
  GPtrArray *rows = g_hash_table_lookup (self->pages, GUINT_TO_POINTER (page));

  for (guint i = 0; rows != NULL && i < fresh->len && i < rows->len; i++) {
    RpArticleRow *row = g_ptr_array_index (fresh, i);

    rp_article_row_fill (g_ptr_array_index (rows, i), rp_article_row_get_id (row),
                         rp_article_row_get_headline (row), rp_article_row_get_source (row),
                         rp_article_row_get_licence (row), rp_article_row_get_state (row),
                         rp_article_row_get_imported (row), rp_article_row_get_unread (row));
  }
}
