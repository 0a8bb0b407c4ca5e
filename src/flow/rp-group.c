#include "rp-group.h"

typedef struct {
  RpStoreFunc write;
  RpGroupDone done;
  gpointer user_data;
  GError *error; /* owned */
} Entry;

struct _RpGroup {
  RpStore *store;                       /* borrowed */
  GMainContext *context;                /* borrowed */
  GPtrArray *places[RP_GROUP_N_PLACES]; /* owned, of Entry */
  GSource *source;                      /* owned, NULL = nothing waits */
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
  for (guint i = 0; i < RP_GROUP_N_PLACES; i++)
    group->places[i] = g_ptr_array_new_with_free_func (entry_free);

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
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (entry_free);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < RP_GROUP_N_PLACES; i++) {
    g_ptr_array_extend_and_steal (entries, g_steal_pointer (&group->places[i]));
    group->places[i] = g_ptr_array_new_with_free_func (entry_free);
  }
  rp_store_transaction_as (group->store, RP_DB_SHARE, write_all, entries, &error);
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

void
rp_group_add (RpGroup *group,
              RpGroupPlace place,
              RpStoreFunc write,
              RpGroupDone done,
              gpointer user_data)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->write = write;
  entry->done = done;
  entry->user_data = user_data;
  g_ptr_array_add (group->places[place], entry);
  if (group->source != NULL)
    return;
  group->source = g_idle_source_new ();
  g_source_set_callback (group->source, commit_cb, group, NULL);
  g_source_attach (group->source, group->context);
}

static gboolean
is_empty (RpGroup *group)
{
  guint count = 0;

  for (guint i = 0; i < RP_GROUP_N_PLACES; i++)
    count += group->places[i]->len;

  return count == 0;
}

void
rp_group_free (RpGroup *group)
{
  while (!is_empty (group))
    commit (group);
  if (group->source != NULL)
    g_source_destroy (group->source);
  g_clear_pointer (&group->source, g_source_unref);
  for (guint i = 0; i < RP_GROUP_N_PLACES; i++)
    g_ptr_array_unref (group->places[i]);
  g_free (group);
}
