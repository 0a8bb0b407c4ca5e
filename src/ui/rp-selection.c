#include "rp-selection.h"

#include "rp-picks.h"

struct _RpSelection {
  GObject parent_instance;

  RpWorkspace *workspace; /* owned */
  GListModel *list;       /* owned, NULL = none yet */
  char *query;            /* owned: what the list was made of */
  GHashTable *ids;        /* owned: set of char * */
  GCancellable *looking;  /* owned, NULL = nothing is being looked up */
  gboolean weeding;       /* what has left the list is being looked for */
  gboolean gathering;
};

enum {
  PROP_GATHERING = 1,
  N_PROPS
};

enum {
  CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* ---- the list, handed through ---- */

static GType
get_item_type (GListModel *model)
{
  return RP_TYPE_ARTICLE_ROW;
}

static guint
get_n_items (GListModel *model)
{
  RpSelection *self = RP_SELECTION (model);

  return self->list != NULL ? g_list_model_get_n_items (self->list) : 0;
}

static gpointer
get_item (GListModel *model, guint position)
{
  RpSelection *self = RP_SELECTION (model);

  return self->list != NULL ? g_list_model_get_item (self->list, position) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* ---- ids ---- */

static const char *
get_id (RpSelection *self, guint position)
{
  RpArticleRow *row = self->list != NULL ? rp_picks_peek (self->list, position) : NULL;

  return row != NULL ? rp_article_row_get_id (row) : NULL;
}

static gboolean
is_selected (GtkSelectionModel *model, guint position)
{
  RpSelection *self = RP_SELECTION (model);
  const char *id = get_id (self, position);

  return id != NULL && g_hash_table_contains (self->ids, id);
}

static GtkBitset *
get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  GtkBitset *set = gtk_bitset_new_empty ();

  for (guint i = position; i < position + n_items; i++)
    if (is_selected (model, i))
      gtk_bitset_add (set, i);

  return set;
}

/* One that is looked up is forgotten: what was asked for last counts. */
static void
stop_looking (RpSelection *self)
{
  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
}

static void
tell (RpSelection *self, gboolean by_person)
{
  guint count = get_n_items (G_LIST_MODEL (self));

  if (count > 0)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), 0, count);
  g_signal_emit (self, signals[CHANGED], 0, by_person);
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpSelection) self = user_data;
  g_autoptr (GPtrArray) ids = rp_picks_resolve_finish (RP_WORKSPACE (source), result, NULL);

  if (ids == NULL || self->looking == NULL)
    return;
  g_clear_object (&self->looking);
  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (self->ids, g_strdup (ids->pdata[i]));
  tell (self, TRUE);
}

static void
look_up (RpSelection *self, guint position, guint n_items)
{
  stop_looking (self);
  self->looking = g_cancellable_new ();
  rp_picks_resolve_async (self->workspace, self->query, position, n_items, self->looking,
                          looked_up_cb, g_object_ref (self));
}

/* Those that are loaded are known; as soon as one is not, the library is asked for all of them. */
static void
add_range (RpSelection *self, guint position, guint n_items)
{
  for (guint i = position; i < position + n_items; i++) {
    if (get_id (self, i) == NULL) {
      look_up (self, position, n_items);
      return;
    }
  }
  for (guint i = position; i < position + n_items; i++)
    g_hash_table_add (self->ids, g_strdup (get_id (self, i)));
}

static gboolean
select_range (GtkSelectionModel *model, guint position, guint n_items, gboolean unselect_rest)
{
  RpSelection *self = RP_SELECTION (model);

  stop_looking (self);
  if (unselect_rest && !self->gathering)
    g_hash_table_remove_all (self->ids);
  add_range (self, position, n_items);
  tell (self, TRUE);

  return TRUE;
}

/* Moving about with the arrow keys selects what one comes to; not while rows are gathered. */
static gboolean
select_item (GtkSelectionModel *model, guint position, gboolean unselect_rest)
{
  if (unselect_rest && RP_SELECTION (model)->gathering)
    return TRUE;

  return select_range (model, position, 1, unselect_rest);
}

static gboolean
unselect_range (GtkSelectionModel *model, guint position, guint n_items)
{
  RpSelection *self = RP_SELECTION (model);

  stop_looking (self);
  for (guint i = position; i < position + n_items; i++)
    if (get_id (self, i) != NULL)
      g_hash_table_remove (self->ids, get_id (self, i));
  tell (self, TRUE);

  return TRUE;
}

static gboolean
unselect_item (GtkSelectionModel *model, guint position)
{
  return unselect_range (model, position, 1);
}

/* All that the search finds, whether they are counted yet or not. */
static gboolean
select_all (GtkSelectionModel *model)
{
  RpSelection *self = RP_SELECTION (model);

  if (self->list == NULL || rp_picks_are_counted (self->list))
    return select_range (model, 0, get_n_items (G_LIST_MODEL (model)), FALSE);
  look_up (self, 0, G_MAXINT);

  return TRUE;
}

static gboolean
unselect_all (GtkSelectionModel *model)
{
  RpSelection *self = RP_SELECTION (model);

  stop_looking (self);
  g_hash_table_remove_all (self->ids);
  tell (self, TRUE);

  return TRUE;
}

static gboolean
set_selection (GtkSelectionModel *model, GtkBitset *selected, GtkBitset *mask)
{
  RpSelection *self = RP_SELECTION (model);
  GtkBitsetIter iter;
  guint position;

  stop_looking (self);
  for (gboolean more = gtk_bitset_iter_init_first (&iter, mask, &position); more;
       more = gtk_bitset_iter_next (&iter, &position)) {
    const char *id = get_id (self, position);

    if (id != NULL && gtk_bitset_contains (selected, position))
      g_hash_table_add (self->ids, g_strdup (id));
    else if (id != NULL)
      g_hash_table_remove (self->ids, id);
  }
  tell (self, TRUE);

  return TRUE;
}

static void
selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = is_selected;
  iface->get_selection_in_range = get_selection_in_range;
  iface->select_item = select_item;
  iface->unselect_item = unselect_item;
  iface->select_range = select_range;
  iface->unselect_range = unselect_range;
  iface->select_all = select_all;
  iface->unselect_all = unselect_all;
  iface->set_selection = set_selection;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RpSelection,
                               rp_selection,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                                 G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                        selection_model_init))

/* ---- following the list ---- */

static void
weed (RpSelection *self, GPtrArray *present)
{
  g_autoptr (GHashTable) here = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer id;

  for (guint i = 0; i < present->len; i++)
    g_hash_table_add (here, present->pdata[i]);
  g_hash_table_iter_init (&iter, self->ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (here, id))
      g_hash_table_iter_remove (&iter);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpSelection) self = user_data;
  g_autoptr (GPtrArray) present = rp_picks_resolve_finish (RP_WORKSPACE (source), result, NULL);
  guint before = rp_selection_get_size (self);

  self->weeding = FALSE;
  if (present == NULL || self->list == NULL || before < 2)
    return;
  weed (self, present);
  if (rp_selection_get_size (self) != before)
    tell (self, FALSE);
}

/* What has left the list is not meant any more; a single one is shown beside it and stays. */
static void
items_changed_cb (RpSelection *self, guint position, guint removed, guint added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
  if (removed == 0 || self->weeding || rp_selection_get_size (self) < 2)
    return;
  self->weeding = TRUE;
  rp_picks_resolve_async (self->workspace, self->query, 0, G_MAXINT, NULL, listed_cb,
                          g_object_ref (self));
}

/* A row may be another article now. */
static void
rows_loaded_cb (RpSelection *self, guint position, guint count)
{
  guint all = get_n_items (G_LIST_MODEL (self));

  if (position < all)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), position,
                                           MIN (count, all - position));
}

static void
let_go (RpSelection *self)
{
  if (self->list == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_object (&self->list);
}

/* ---- the object ---- */

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) b, *(const char *const *) a);
}

static void
rp_selection_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  g_value_set_boolean (value, RP_SELECTION (object)->gathering);
}

static void
rp_selection_dispose (GObject *object)
{
  RpSelection *self = RP_SELECTION (object);

  stop_looking (self);
  let_go (self);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (rp_selection_parent_class)->dispose (object);
}

static void
rp_selection_finalize (GObject *object)
{
  RpSelection *self = RP_SELECTION (object);

  g_hash_table_unref (self->ids);
  g_free (self->query);
  G_OBJECT_CLASS (rp_selection_parent_class)->finalize (object);
}

static void
rp_selection_class_init (RpSelectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rp_selection_get_property;
  object_class->dispose = rp_selection_dispose;
  object_class->finalize = rp_selection_finalize;
  properties[PROP_GATHERING] = g_param_spec_boolean ("gathering", NULL, NULL, FALSE,
                                                     G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
rp_selection_init (RpSelection *self)
{
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

RpSelection *
rp_selection_new (RpWorkspace *workspace)
{
  RpSelection *self = g_object_new (RP_TYPE_SELECTION, NULL);

  self->workspace = g_object_ref (workspace);

  return self;
}

void
rp_selection_set_list (RpSelection *self, GListModel *list, const char *query)
{
  guint before = get_n_items (G_LIST_MODEL (self));

  g_return_if_fail (RP_IS_SELECTION (self));

  stop_looking (self);
  let_go (self);
  if (rp_selection_get_size (self) > 1)
    g_hash_table_remove_all (self->ids);
  self->list = g_object_ref (list);
  g_free (self->query);
  self->query = g_strdup (query);
  g_signal_connect_object (list, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "rows-loaded", G_CALLBACK (rows_loaded_cb), self,
                           G_CONNECT_SWAPPED);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, get_n_items (G_LIST_MODEL (self)));
  g_signal_emit (self, signals[CHANGED], 0, FALSE);
}

GListModel *
rp_selection_get_list (RpSelection *self)
{
  return self->list;
}

void
rp_selection_set_one (RpSelection *self, const char *id)
{
  g_return_if_fail (RP_IS_SELECTION (self));

  if (rp_selection_get_size (self) == (id != NULL) &&
      (id == NULL || g_hash_table_contains (self->ids, id)))
    return;
  stop_looking (self);
  g_hash_table_remove_all (self->ids);
  if (id != NULL)
    g_hash_table_add (self->ids, g_strdup (id));
  tell (self, FALSE);
}

void
rp_selection_toggle (RpSelection *self, guint position)
{
  g_return_if_fail (RP_IS_SELECTION (self));

  if (is_selected (GTK_SELECTION_MODEL (self), position))
    unselect_range (GTK_SELECTION_MODEL (self), position, 1);
  else
    select_range (GTK_SELECTION_MODEL (self), position, 1, FALSE);
}

void
rp_selection_set_gathering (RpSelection *self, gboolean gathering)
{
  g_return_if_fail (RP_IS_SELECTION (self));

  if (self->gathering == gathering)
    return;
  self->gathering = gathering;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_GATHERING]);
}

gboolean
rp_selection_get_gathering (RpSelection *self)
{
  return self->gathering;
}

guint
rp_selection_get_size (RpSelection *self)
{
  return g_hash_table_size (self->ids);
}

gboolean
rp_selection_has (RpSelection *self, const char *id)
{
  return id != NULL && g_hash_table_contains (self->ids, id);
}

GPtrArray *
rp_selection_dup_ids (RpSelection *self)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_ptr_array_add (ids, g_strdup (id));
  g_ptr_array_sort (ids, compare_ids); /* ids grow with time: newest first, as listed */

  return ids;
}
