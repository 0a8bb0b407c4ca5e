#include "rp-article-list.h"

#define KEPT_PAGES 12
#define KEPT_ROWS (KEPT_PAGES * RP_ARTICLE_LIST_PAGE)

struct _RpArticleList {
  GObject parent_instance;

  RpArticleListFetch fetch;
  gpointer user_data;
  guint count;
  gboolean counted;  /* and not only as many as came first */
  GHashTable *rows;  /* owned: position -> RpArticleRow */
  GHashTable *asked; /* owned: set of pages that are on their way */
  GCancellable *end; /* owned */
};

enum {
  PROP_COUNTED = 1,
  N_PROPS
};
enum {
  ROWS_LOADED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];

static guint signals[N_SIGNALS];

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

static gboolean
is_far (gpointer key, gpointer value, gpointer user_data)
{
  guint position = GPOINTER_TO_UINT (key);
  guint here = *(guint *) user_data;

  return (position > here ? position - here : here - position) > KEPT_ROWS / 2;
}

static void
ask_page (RpArticleList *self, guint page)
{
  if (g_hash_table_add (self->asked, GUINT_TO_POINTER (page)))
    self->fetch (self, page, self->user_data);
}

static gpointer
get_item (GListModel *model, guint position)
{
  RpArticleList *self = RP_ARTICLE_LIST (model);
  RpArticleRow *row;

  if (position >= self->count)
    return NULL;
  row = g_hash_table_lookup (self->rows, GUINT_TO_POINTER (position));
  if (row == NULL) {
    if (g_hash_table_size (self->rows) > KEPT_ROWS)
      g_hash_table_foreach_remove (self->rows, is_far, &position);
    row = rp_article_row_new ();
    g_hash_table_insert (self->rows, GUINT_TO_POINTER (position), row);
    ask_page (self, position / RP_ARTICLE_LIST_PAGE);
  }

  return g_object_ref (row);
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

  g_hash_table_unref (self->rows);
  g_hash_table_unref (self->asked);
  g_cancellable_cancel (self->end);
  g_object_unref (self->end);
  G_OBJECT_CLASS (rp_article_list_parent_class)->finalize (object);
}

static void
rp_article_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  g_value_set_boolean (value, RP_ARTICLE_LIST (object)->counted);
}

static void
rp_article_list_class_init (RpArticleListClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = rp_article_list_get_property;
  G_OBJECT_CLASS (klass)->finalize = rp_article_list_finalize;
  properties[PROP_COUNTED] =
    g_param_spec_boolean ("counted", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
  signals[ROWS_LOADED] =
    g_signal_new ("rows-loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
}

static void
rp_article_list_init (RpArticleList *self)
{
  self->rows = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->asked = g_hash_table_new (NULL, NULL);
  self->end = g_cancellable_new ();
}

RpArticleList *
rp_article_list_new (RpArticleListFetch fetch, gpointer user_data)
{
  RpArticleList *self = g_object_new (RP_TYPE_ARTICLE_LIST, NULL);

  self->fetch = fetch;
  self->user_data = user_data;

  return self;
}

/* New articles come first, so the rows that are known move down with their objects. */
static void
shift_rows (RpArticleList *self, guint by)
{
  GHashTable *moved = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  GHashTableIter iter;
  gpointer key, row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &key, &row))
    g_hash_table_insert (moved, GUINT_TO_POINTER (GPOINTER_TO_UINT (key) + by), g_object_ref (row));
  g_hash_table_unref (self->rows);
  self->rows = moved;
}

static gboolean
is_beyond (gpointer key, gpointer value, gpointer user_data)
{
  return GPOINTER_TO_UINT (key) >= *(guint *) user_data;
}

static void
change_count (RpArticleList *self, guint count, gboolean more_below)
{
  guint before = self->count;

  self->count = count;
  if (count > before && more_below) {
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0, count - before);
  } else if (count > before) {
    shift_rows (self, count - before);
    g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, count - before);
  } else if (count < before) {
    g_hash_table_foreach_remove (self->rows, is_beyond, &count);
    g_list_model_items_changed (G_LIST_MODEL (self), count, before - count, 0);
  }
}

void
rp_article_list_set_count (RpArticleList *self, guint count)
{
  gboolean first = !self->counted;

  self->counted = TRUE;
  change_count (self, count, first);
  if (first)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNTED]);
}

GCancellable *
rp_article_list_get_end (RpArticleList *self)
{
  return self->end;
}

gboolean
rp_article_list_is_counted (RpArticleList *self)
{
  return self->counted;
}

void
rp_article_list_begin (RpArticleList *self, GPtrArray *rows)
{
  g_return_if_fail (RP_IS_ARTICLE_LIST (self));

  if (self->counted || self->count > 0 || rows->len == 0)
    return;
  for (guint i = 0; i < rows->len; i++)
    g_hash_table_insert (self->rows, GUINT_TO_POINTER (i), g_object_ref (rows->pdata[i]));
  self->count = rows->len;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, rows->len);
}

void
rp_article_list_invalidate (RpArticleList *self)
{
  g_autoptr (GHashTable) pages = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer key;

  g_hash_table_remove_all (self->asked);
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_hash_table_add (pages, GUINT_TO_POINTER (GPOINTER_TO_UINT (key) / RP_ARTICLE_LIST_PAGE));
  g_hash_table_iter_init (&iter, pages);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    ask_page (self, GPOINTER_TO_UINT (key));
}

void
rp_article_list_take_page (RpArticleList *self, guint page, GPtrArray *fresh)
{
  g_hash_table_remove (self->asked, GUINT_TO_POINTER (page));
  for (guint i = 0; i < fresh->len; i++) {
    RpArticleRow *from = g_ptr_array_index (fresh, i);
    RpArticleRow *row =
      g_hash_table_lookup (self->rows, GUINT_TO_POINTER (page * RP_ARTICLE_LIST_PAGE + i));

    if (row != NULL)
      rp_article_row_fill (row, rp_article_row_get_id (from), rp_article_row_get_headline (from),
                           rp_article_row_get_source (from), rp_article_row_get_licence (from),
                           rp_article_row_get_state (from), rp_article_row_get_imported (from),
                           rp_article_row_get_unread (from));
  }
  if (fresh->len > 0)
    g_signal_emit (self, signals[ROWS_LOADED], 0, page * RP_ARTICLE_LIST_PAGE, fresh->len);
}

void
rp_article_list_foreach (RpArticleList *self, GFunc func, gpointer user_data)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    func (row, user_data);
}

RpArticleRow *
rp_article_list_peek (RpArticleList *self, guint position)
{
  return g_hash_table_lookup (self->rows, GUINT_TO_POINTER (position));
}

guint
rp_article_list_find (RpArticleList *self, const char *id)
{
  GHashTableIter iter;
  gpointer key, row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &key, &row))
    if (g_strcmp0 (rp_article_row_get_id (row), id) == 0)
      return GPOINTER_TO_UINT (key);

  return G_MAXUINT;
}
