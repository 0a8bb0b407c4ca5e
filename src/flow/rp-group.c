#include "rp-group.h"

typedef struct {
  RpStoreFunc write;
  RpGroupDone done;
  gpointer user_data;
  GError *error; /* owned */
} Entry;

struct _RpGroup {
  RpStore *store;        /* borrowed */
  GMainContext *context; /* borrowed */
  GPtrArray *entries;    /* owned, of Entry */
  GPtrArray *last;       /* owned, of Entry: after those */
  GSource *source;       /* owned, NULL = nothing waits */
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_clear_error (&entry->error);
  g_free (entry);
}

RpGroup *
rp_group_new (RpStore *store, GMainContext *context)
{
  RpGroup *group = g_new0 (RpGroup, 1);

  group->store = store;
  group->context = context;
  group->entries = g_ptr_array_new_with_free_func (entry_free);
  group->last = g_ptr_array_new_with_free_func (entry_free);

  return group;
}

static gboolean
write_all (RpStore *store, gpointer user_data, GError **error)
{
  GPtrArray *entries = user_data;

  for (guint i = 0; i < entries->len; i++) {
    Entry *entry = entries->pdata[i];

    rp_store_savepoint (store, entry->write, entry->user_data, &entry->error);
  }

  return TRUE;
}

/* What is added by those that are told waits for the next round. */
static void
commit (RpGroup *group)
{
  g_autoptr (GPtrArray) entries = g_steal_pointer (&group->entries);
  g_autoptr (GError) error = NULL;

  group->entries = g_ptr_array_new_with_free_func (entry_free);
  g_ptr_array_extend_and_steal (entries, g_steal_pointer (&group->last));
  group->last = g_ptr_array_new_with_free_func (entry_free);
  rp_store_transaction (group->store, write_all, entries, &error);
  for (guint i = 0; i < entries->len; i++) {
    Entry *entry = entries->pdata[i];

    entry->done (entry->user_data, error != NULL ? error : entry->error);
  }
}

static gboolean
commit_cb (gpointer user_data)
{
  RpGroup *group = user_data;

  g_clear_pointer (&group->source, g_source_unref);
  commit (group);

  return G_SOURCE_REMOVE;
}

static void
add (RpGroup *group, GPtrArray *entries, RpStoreFunc write, RpGroupDone done, gpointer user_data)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->write = write;
  entry->done = done;
  entry->user_data = user_data;
  g_ptr_array_add (entries, entry);
  if (group->source != NULL)
    return;
  group->source = g_idle_source_new ();
  g_source_set_callback (group->source, commit_cb, group, NULL);
  g_source_attach (group->source, group->context);
}

void
rp_group_add (RpGroup *group, RpStoreFunc write, RpGroupDone done, gpointer user_data)
{
  add (group, group->entries, write, done, user_data);
}

void
rp_group_add_last (RpGroup *group, RpStoreFunc write, RpGroupDone done, gpointer user_data)
{
  add (group, group->last, write, done, user_data);
}

void
rp_group_free (RpGroup *group)
{
  while (group->entries->len + group->last->len > 0)
    commit (group);
  if (group->source != NULL)
    g_source_destroy (group->source);
  g_clear_pointer (&group->source, g_source_unref);
  g_ptr_array_unref (group->entries);
  g_ptr_array_unref (group->last);
  g_free (group);
}
