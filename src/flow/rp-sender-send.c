/* What was claimed is sent, and what came of it is written down. Nothing leaves before its rows are
 * in the library; and an outcome that meets a library which is away is held until it is back. */
#include "rp-sender-private.h"

#include "rp-article-state.h"
#include "rp-error.h"
#include "rp-fault.h"
#include "rp-removal.h"
#include "rp-sender-copy.h"
#include "rp-store-claims.h"

#define MOST_REFUSALS 4 /* of an outcome, by a library that is there */

/* ---- the end of a trip ---- */

static void
end_trip (RpTrip *trip)
{
  RpSender *sender = trip->sender;

  rp_sender_tell (sender, trip->delivery->article_id, trip->delivery->id);
  g_ptr_array_remove (sender->trips, trip);
  if (sender->trips->len > 0)
    return;
  sender->idle_again = sender->claiming; /* there is time to look at pages now */
  rp_sender_want_claim (sender);
}

/* By their names: two senders that work out the same articles never wait for each other in a ring.
 */
static gboolean
settle_states (RpStore *store, gpointer user_data, GError **error)
{
  RpSender *sender = user_data;
  g_autoptr (GHashTable) moved = g_steal_pointer (&sender->moved);
  g_autoptr (GList) ids = g_list_sort (g_hash_table_get_keys (moved), (GCompareFunc) g_strcmp0);

  sender->moved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (GList *l = ids; l != NULL; l = l->next)
    if (!rp_article_state_settle (store, l->data, rp_store_get_time (store), error))
      return FALSE;

  return TRUE;
}

static void
states_settled_cb (gpointer user_data, const GError *error)
{
  if (error != NULL)
    g_warning ("The state of articles could not be written: %s", error->message);
}

/* An article that went to several partners at once is looked at once. */
static void
settle_state (RpSender *sender, const char *article_id)
{
  if (g_hash_table_size (sender->moved) == 0)
    rp_group_add (sender->group, RP_GROUP_THEN, settle_states, states_settled_cb, sender);
  g_hash_table_add (sender->moved, g_strdup (article_id));
}

/* ---- outcomes ---- */

static void settled_cb (gpointer user_data, const GError *error);

static void
write_outcome (RpTrip *trip)
{
  RpSender *sender = trip->sender;

  rp_group_add (sender->group, RP_GROUP_FIRST, rp_trip_settle, settled_cb, trip);
  settle_state (sender, trip->delivery->article_id);
}

static gboolean
held_again_cb (gpointer user_data)
{
  rp_sender_settle_held (user_data);

  return G_SOURCE_REMOVE;
}

void
rp_sender_settle_held (RpSender *sender)
{
  g_autoptr (GPtrArray) held = g_steal_pointer (&sender->held);

  sender->held = g_ptr_array_new ();
  if (sender->held_again != NULL)
    g_source_destroy (sender->held_again);
  g_clear_pointer (&sender->held_again, g_source_unref);
  for (guint i = 0; i < held->len; i++)
    write_outcome (held->pdata[i]);
}

static void
hold (RpTrip *trip)
{
  RpSender *sender = trip->sender;

  trip->held = TRUE;
  g_ptr_array_add (sender->held, trip);
  if (sender->held_again != NULL)
    return;
  sender->held_again = g_timeout_source_new_seconds (rp_sender_get_pause (sender->held_rounds++));
  g_source_set_callback (sender->held_again, held_again_cb, sender, NULL);
  g_source_attach (sender->held_again, sender->context);
}

/* A library that is away comes back. One that is there, and says no each time, does not change its
 * mind; then the claim runs out, and the partner is asked what it has. */
static gboolean
may_hold (RpTrip *trip, const GError *error)
{
  RpSender *sender = trip->sender;

  if (!g_error_matches (error, RP_ERROR, RP_ERROR_STORAGE) || sender->closing)
    return FALSE;
  trip->refusals += trip->held && trip->claims != sender->claims;
  trip->claims = sender->claims;

  return trip->refusals < MOST_REFUSALS;
}

static void
settled_cb (gpointer user_data, const GError *error)
{
  RpTrip *trip = user_data;
  RpSender *sender = trip->sender;

  if (error != NULL && may_hold (trip, error)) {
    if (!trip->held)
      g_warning ("What became of a delivery is written later: %s", error->message);
    hold (trip);
    return;
  }
  if (error != NULL)
    g_warning ("A delivery could not be settled: %s", error->message);
  else
    sender->held_rounds = 0;
  rp_fault_point ("after settling");
  end_trip (trip);
}

static void
note_site (RpTrip *trip)
{
  if (trip->connector == NULL)
    return;
  if (trip->failure == NULL)
    rp_site_facts_keep (trip->sites, trip->connector, trip->partner, trip->delivery->memory);
  else
    rp_site_facts_forget (trip->sites, trip->partner);
}

/* Takes the failure; NULL = delivered. */
static void
settle (RpTrip *trip, GError *failure)
{
  rp_fault_point ("before settling");
  trip->failure = failure;
  note_site (trip);
  write_outcome (trip);
  rp_sender_want_claim (trip->sender); /* what is next is claimed in the same commit */
}

/* ---- a trip ---- */

static void
recorded_cb (gpointer user_data, const GError *error)
{
  RpTrip *trip = user_data;

  rp_trip_end_record (trip, error == NULL);
  if (!trip->told)
    rp_sender_tell (trip->sender, trip->delivery->article_id, trip->delivery->id);
  trip->told = TRUE;
  trip->go_on (trip->courier_data, error);
}

/* What the last answer was is written with how it all ended. */
void
rp_sender_record (RpExchange *exchange,
                  RpCourierNote *note,
                  RpCourierGoOn go_on,
                  gpointer courier_data)
{
  RpTrip *trip = exchange->user_data;
  RpSender *sender = trip->sender;

  g_clear_pointer (&trip->note, rp_courier_note_free);
  trip->note = note;
  trip->go_on = go_on;
  trip->courier_data = courier_data;
  if (note->request != NULL)
    rp_group_add (sender->group, RP_GROUP_FIRST, rp_trip_record, recorded_cb, trip);
  else
    go_on (courier_data, NULL);
}

static void
carried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;

  rp_courier_carry_finish (RP_COURIER (source), result, &error);
  settle (user_data, error);
}

/* TRUE when it is on its way. */
static gboolean
set_out (RpTrip *trip, GError **error)
{
  RpSender *sender = trip->sender;
  gboolean due = TRUE;

  if (!rp_trip_load (trip, sender->book, error) || !rp_copy_check (trip, error) ||
      !rp_removal_check (trip, &due, error))
    return FALSE;
  if (!due) { /* written already */
    end_trip (trip);
    rp_sender_want_claim (sender);
    return TRUE;
  }
  rp_trip_make_exchange (trip);
  if (!rp_trip_judge_again (trip, sender->book, error))
    return FALSE;
  rp_courier_carry_async (sender->courier, trip->connector, trip->exchange, RP_ERRAND_DELIVER,
                          trip->cancellable, carried_cb, trip);

  return TRUE;
}

void
rp_sender_start_trip (RpSender *sender, RpDelivery *delivery)
{
  RpTrip *trip = g_new0 (RpTrip, 1);
  GError *error = NULL;

  trip->sender = sender;
  trip->store = sender->store;
  trip->secrets = sender->secrets;
  trip->sites = sender->sites;
  trip->shelf = sender->shelf;
  trip->delivery = delivery;
  trip->cancellable = g_cancellable_new ();
  g_ptr_array_add (sender->trips, trip);
  if (!set_out (trip, &error))
    settle (trip, error);
}
