/* The outbox: order, claims and fences, limits across programs, partners that are left alone. */
#include "fixture.h"

#include "rp-error.h"
#include "rp-store-claims.h"
#include "rp-store-deliveries.h"
#include "rp-store-partners.h"

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = {"herald", "post"};

  fixture_set_up (fixture, data);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (RpPartner) partner = rp_partner_new (names[i], names[i], "ninjs-push");

    g_assert_true (rp_store_save_partner (fixture->store, partner, NOW, NULL));
  }
}

#define REST G_TIME_SPAN_SECOND

static guint
get_limit (const char *partner_id, gpointer user_data)
{
  return GPOINTER_TO_UINT (user_data);
}

static GPtrArray *
claim (Fixture *fixture, const char *owner, gint64 now, guint limit)
{
  const RpStoreClaim wish = {owner, now,  20,        get_limit, GUINT_TO_POINTER (limit),
                             TRUE,  NULL, now + REST};
  g_autoptr (GError) error = NULL;
  GPtrArray *claimed = rp_store_claim_deliveries (fixture->store, &wish, &error);

  g_assert_no_error (error);

  return claimed;
}

/* The only one there is to claim; NULL = none. Gives. */
static RpDelivery *
claim_one (Fixture *fixture, const char *owner, gint64 now)
{
  g_autoptr (GPtrArray) claimed = claim (fixture, owner, now, 5);

  g_assert_cmpuint (claimed->len, <=, 1);

  return claimed->len > 0 ? g_object_ref (claimed->pdata[0]) : NULL;
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  g_autofree char *me = rp_store_dup_owner ();
  g_autoptr (RpDelivery) create = fixture_queue (fixture, "a", "herald", RP_ACTION_CREATE, 0);
  g_autoptr (RpDelivery) withdraw = fixture_queue (fixture, "a", "herald", RP_ACTION_WITHDRAW, 0);
  g_autoptr (RpDelivery) first = claim_one (fixture, me, NOW);
  g_autoptr (RpDelivery) none = claim_one (fixture, me, NOW);
  g_autoptr (RpDelivery) next = NULL;

  g_assert_cmpstr (first->id, ==, create->id);
  g_assert_cmpuint (first->tries, ==, 1);
  g_assert_null (none); /* the withdrawal waits for the delivery before it */
  first->state = RP_DELIVERY_DELIVERED;
  first->settled = NOW;
  g_assert_true (rp_store_release_delivery (fixture->store, first, NULL));
  next = claim_one (fixture, me, NOW);
  g_assert_cmpstr (next->id, ==, withdraw->id);
}

static void
test_not_due (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RpDelivery) later = fixture_queue (fixture, "a", "post", RP_ACTION_CREATE, NOW + 1);
  g_autoptr (RpDelivery) none = claim_one (fixture, "x:1:1", NOW);
  g_autoptr (RpDelivery) due = NULL;
  gint64 next = 0;

  g_assert_null (none);
  g_assert_true (rp_store_next_due (fixture->store, &next, NULL));
  g_assert_cmpint (next, ==, NOW + 1);
  due = claim_one (fixture, "x:1:1", NOW + 1);
  g_assert_cmpstr (due->id, ==, later->id);
}

/* An owner like this process with one part of its name changed. Gives. */
static char *
dup_owner_with (guint part, const char *value)
{
  g_autofree char *me = rp_store_dup_owner ();
  g_auto (GStrv) parts = g_strsplit (me, ":", -1);

  g_assert_cmpuint (g_strv_length (parts), ==, 6);
  g_free (parts[part]);
  parts[part] = g_strdup (value);

  return g_strjoinv (":", parts);
}

#define NO_PROCESS "999999999"

static void
test_lost_claim (Fixture *fixture, gconstpointer data)
{
  g_autofree char *me = rp_store_dup_owner ();
  g_autofree char *gone = dup_owner_with (1, NO_PROCESS);
  g_autoptr (RpDelivery) queued = fixture_queue (fixture, "a", "herald", RP_ACTION_CREATE, 0);
  g_autoptr (RpDelivery) theirs = claim_one (fixture, gone, NOW);
  g_autoptr (RpDelivery) ours = NULL;
  g_autoptr (GError) error = NULL;

  theirs->state = RP_DELIVERY_SENDING;
  g_assert_true (rp_store_update_delivery (fixture->store, theirs, NOW, NULL));
  g_assert_null (claim_one (fixture, me, NOW)); /* its request may still be on its way */
  ours = claim_one (fixture, me, NOW + REST);
  g_assert_nonnull (ours); /* its owner no longer runs */
  g_assert_cmpint (ours->state, ==, RP_DELIVERY_UNKNOWN);
  g_assert_cmpint (ours->fence, >, theirs->fence);
  g_assert_false (rp_store_update_delivery (fixture->store, theirs, NOW, &error));
  g_assert_error (error, RP_ERROR, RP_ERROR_CONFLICT);
}

/* Who is dead can be told of this machine only, and only of processes that can be seen from here.
 */
static const struct {
  const char *name;
  guint part;
  const char *value;
  gboolean on_file, on_server; /* taken for dead */
} owners[] = {
  {"other-host", 0, "elsewhere", FALSE, FALSE},
  {"no-process", 1, NO_PROCESS, TRUE, TRUE},
  {"other-process", 2, "1", TRUE, TRUE},
  {"other-view", 3, "pid=[1]", FALSE, FALSE},
  {"other-start-of-a-machine", 4, "0000", TRUE, FALSE},
};

static void
test_owners (Fixture *fixture, gconstpointer data)
{
  g_autofree char *me = rp_store_dup_owner ();

  for (guint i = 0; i < G_N_ELEMENTS (owners); i++) {
    g_autofree char *theirs = dup_owner_with (owners[i].part, owners[i].value);
    g_autofree char *owner = NULL;
    g_autoptr (RpDelivery) queued =
      fixture_queue (fixture, owners[i].name, "herald", RP_ACTION_CREATE, 0);
    g_autoptr (RpDelivery) claimed = NULL;
    g_autoptr (RpDelivery) taken = NULL;
    gboolean dead = fixture_get_server () != NULL ? owners[i].on_server : owners[i].on_file;

    if (owners[i].part > 2) { /* what makes it dead, but for the part in question */
      g_auto (GStrv) parts = g_strsplit (theirs, ":", -1);

      g_free (parts[1]);
      parts[1] = g_strdup (NO_PROCESS);
      owner = g_strjoinv (":", parts);
    }
    claimed = claim_one (fixture, owner != NULL ? owner : theirs, NOW);
    g_assert_nonnull (claimed);
    taken = claim_one (fixture, me, NOW);
    if ((taken != NULL) != dead)
      g_error ("%s", owners[i].name);
    claimed = taken != NULL ? g_steal_pointer (&taken) : g_steal_pointer (&claimed);
    claimed->state = RP_DELIVERY_DELIVERED;
    claimed->settled = NOW;
    g_assert_true (rp_store_release_delivery (fixture->store, claimed, NULL));
  }
}

/* An outcome is written once, also when nobody has heard that it was. */
static void
test_twice (Fixture *fixture, gconstpointer data)
{
  g_autofree char *me = rp_store_dup_owner ();
  g_autoptr (RpDelivery) queued = fixture_queue (fixture, "a", "herald", RP_ACTION_CREATE, 0);
  g_autoptr (RpDelivery) claimed = claim_one (fixture, me, NOW);
  g_autoptr (GError) error = NULL;

  claimed->state = RP_DELIVERY_WAITING;
  g_assert_true (rp_store_release_delivery (fixture->store, claimed, NULL));
  g_assert_false (rp_store_release_delivery (fixture->store, claimed, &error));
  g_assert_error (error, RP_ERROR, RP_ERROR_CONFLICT);
}

/* A claim whose end nobody has heard is given back; what is held stays. */
static void
test_drop (Fixture *fixture, gconstpointer data)
{
  g_autofree char *me = rp_store_dup_owner ();
  g_autofree char *other = rp_store_dup_owner ();
  g_autoptr (RpDelivery) one = fixture_queue (fixture, "a", "herald", RP_ACTION_CREATE, 0);
  g_autoptr (RpDelivery) two = fixture_queue (fixture, "b", "herald", RP_ACTION_CREATE, 0);
  g_autoptr (GPtrArray) claimed = claim (fixture, me, NOW, 5);
  g_autoptr (GHashTable) held = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (RpDelivery) again = NULL;

  g_assert_cmpstr (me, !=, other);
  g_assert_cmpuint (claimed->len, ==, 2);
  g_hash_table_add (held, one->id);
  g_assert_true (rp_store_drop_claims (fixture->store, other, held, NULL));
  g_assert_null (claim_one (fixture, other, NOW));
  g_assert_true (rp_store_drop_claims (fixture->store, me, held, NULL));
  again = claim_one (fixture, other, NOW);
  g_assert_cmpstr (again->id, ==, two->id);
  g_assert_cmpint (again->state, ==, RP_DELIVERY_QUEUED);
}

static void
test_lease (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RpDelivery) queued = fixture_queue (fixture, "a", "herald", RP_ACTION_CREATE, 0);
  g_autoptr (RpDelivery) theirs = claim_one (fixture, "elsewhere:1:1", NOW);
  g_autoptr (RpDelivery) early = claim_one (fixture, "here:1:1", NOW + RP_STORE_LEASE);
  g_autoptr (RpDelivery) renewed = NULL;
  g_autoptr (RpDelivery) late = NULL;

  g_assert_nonnull (theirs);
  g_assert_null (early);
  g_assert_true (rp_store_renew_leases (fixture->store, "elsewhere:1:1", NOW + 10, NULL));
  renewed = claim_one (fixture, "here:1:1", NOW + RP_STORE_LEASE + 1);
  g_assert_null (renewed);
  late = claim_one (fixture, "here:1:1", NOW + RP_STORE_LEASE + 11);
  g_assert_nonnull (late);
}

/* A partner with much to do keeps nobody else waiting, and two programs share its limit. */
static void
test_limits (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) second = NULL;

  for (guint i = 0; i < 300; i++) {
    g_autofree char *article = g_strdup_printf ("a%u", i);

    g_object_unref (fixture_queue (fixture, article, "herald", RP_ACTION_CREATE, 0));
  }
  g_object_unref (fixture_queue (fixture, "b", "post", RP_ACTION_CREATE, 0));
  first = claim (fixture, "here:1:1", NOW, 2);
  g_assert_cmpuint (first->len, ==, 3);
  second = claim (fixture, "there:1:1", NOW, 3);
  g_assert_cmpuint (second->len, ==, 1);
}

static void
test_pause (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) paused = NULL;
  g_autoptr (GPtrArray) trial = NULL;
  g_autoptr (GPtrArray) all = NULL;
  gint64 due = 0, failures = 0;

  for (guint i = 0; i < 3; i++) {
    g_autofree char *article = g_strdup_printf ("a%u", i);

    g_object_unref (fixture_queue (fixture, article, "herald", RP_ACTION_CREATE, 0));
  }
  g_assert_true (rp_store_pause_partner (fixture->store, "herald", NOW + 60, FALSE, NULL));
  g_assert_true (rp_store_pause_partner (fixture->store, "herald", NOW + 30, FALSE, NULL));
  g_assert_true (rp_store_count_failures (fixture->store, "herald", &failures, NULL));
  g_assert_cmpint (failures, ==, 2);
  paused = claim (fixture, "here:1:1", NOW + 59, 5);
  g_assert_cmpuint (paused->len, ==, 0);
  g_assert_true (rp_store_next_due (fixture->store, &due, NULL));
  g_assert_cmpint (due, ==, NOW + 60);
  trial = claim (fixture, "here:1:1", NOW + 60, 5);
  g_assert_cmpuint (trial->len, ==, 1); /* one, to see whether it works again */
  g_assert_true (rp_store_unpause_partner (fixture->store, "herald", NULL));
  all = claim (fixture, "here:1:1", NOW + 60, 5);
  g_assert_cmpuint (all->len, ==, 2);
}

/* The network coming back ends a pause for want of it, not one that the partner has asked for. */
static void
test_network (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) claimed = NULL;

  g_object_unref (fixture_queue (fixture, "a", "herald", RP_ACTION_CREATE, 0));
  g_object_unref (fixture_queue (fixture, "a", "post", RP_ACTION_CREATE, 0));
  g_assert_true (rp_store_pause_partner (fixture->store, "herald", NOW + 60, FALSE, NULL));
  g_assert_true (rp_store_pause_partner (fixture->store, "post", NOW + 60, TRUE, NULL));
  g_assert_true (rp_store_try_unreachable (fixture->store, NULL));
  claimed = claim (fixture, "here:1:1", NOW, 5);
  g_assert_cmpuint (claimed->len, ==, 1);
  g_assert_cmpstr (((RpDelivery *) claimed->pdata[0])->partner_id, ==, "herald");
}

static void
test_replaced_update (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RpDelivery) first = fixture_queue (fixture, "a", "herald", RP_ACTION_UPDATE, 0);
  g_autoptr (RpDelivery) second = fixture_queue (fixture, "a", "herald", RP_ACTION_UPDATE, 0);
  g_autoptr (GPtrArray) open = rp_store_list_deliveries (fixture->store, NULL, TRUE, 10, NULL);

  g_assert_cmpuint (open->len, ==, 1);
  g_assert_cmpstr (((RpDelivery *) g_ptr_array_index (open, 0))->id, ==, second->id);
}

static gboolean
take_back (Fixture *fixture, RpDelivery *delivery)
{
  gboolean taken = FALSE;

  g_assert_true (rp_store_take_back_delivery (fixture->store, delivery->id, &taken, NULL));

  return taken;
}

/* Undone, it has never been; what it had replaced waits again. What has left stays. */
static void
test_take_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RpDelivery) older = fixture_queue (fixture, "a", "herald", RP_ACTION_UPDATE, 0);
  g_autoptr (RpDelivery) newer = fixture_queue (fixture, "a", "herald", RP_ACTION_UPDATE, 0);
  g_autoptr (RpDelivery) claimed = NULL;
  g_autoptr (RpDelivery) again = NULL;

  g_assert_true (take_back (fixture, newer));
  g_assert_null (rp_store_get_delivery (fixture->store, newer->id, NULL));
  g_assert_false (take_back (fixture, newer));
  again = rp_store_get_delivery (fixture->store, older->id, NULL);
  g_assert_cmpint (again->state, ==, RP_DELIVERY_QUEUED);
  claimed = claim_one (fixture, "here:1:1", NOW);
  g_assert_cmpstr (claimed->id, ==, older->id);
  g_assert_false (take_back (fixture, older));
  claimed->state = RP_DELIVERY_WAITING;
  claimed->next_due = NOW + 1;
  g_assert_true (rp_store_release_delivery (fixture->store, claimed, NULL));
  g_assert_false (take_back (fixture, older)); /* it may have arrived */
}

static void
test_cancel_and_retry (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RpDelivery) queued = fixture_queue (fixture, "a", "herald", RP_ACTION_CREATE, 0);
  g_autoptr (RpDelivery) now = NULL;
  gint64 due = -1;

  g_assert_true (rp_store_cancel_delivery (fixture->store, queued->id, NOW, NULL));
  g_assert_false (rp_store_cancel_delivery (fixture->store, queued->id, NOW, NULL));
  g_assert_true (rp_store_next_due (fixture->store, &due, NULL));
  g_assert_cmpint (due, ==, 0);
  g_assert_true (rp_store_retry_delivery (fixture->store, queued->id, NULL));
  now = rp_store_get_delivery (fixture->store, queued->id, NULL);
  g_assert_cmpint (now->state, ==, RP_DELIVERY_QUEUED);
}

/* Queued as an update, it turned out to be a create: after a wrong password it is looked up first.
 */
static void
test_parked_create (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RpDelivery) queued = fixture_queue (fixture, "a", "herald", RP_ACTION_UPDATE, 0);
  g_autoptr (RpDelivery) claimed = claim_one (fixture, "here:1:1", NOW);
  g_autoptr (RpDelivery) now = NULL;

  claimed->action = RP_ACTION_CREATE;
  claimed->state = RP_DELIVERY_PARKED;
  g_assert_true (rp_store_release_delivery (fixture->store, claimed, NULL));
  g_assert_true (rp_store_resume_partner (fixture->store, "herald", NULL));
  now = rp_store_get_delivery (fixture->store, queued->id, NULL);
  g_assert_cmpint (now->action, ==, RP_ACTION_CREATE);
  g_assert_cmpint (now->state, ==, RP_DELIVERY_UNKNOWN);
}

static RpDelivery *
end_try (Fixture *fixture, RpDeliveryState state)
{
  g_autoptr (RpDelivery) queued = fixture_queue (fixture, "a", "herald", RP_ACTION_CREATE, 0);
  RpDelivery *claimed = claim_one (fixture, "here:1:1", NOW);

  claimed->state = state;
  claimed->settled = NOW;
  g_assert_true (rp_store_release_delivery (fixture->store, claimed, NULL));

  return claimed;
}

/* What was tried and given up may be there, until something was delivered after it. */
static void
test_doubt (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RpDelivery) never = fixture_queue (fixture, "a", "herald", RP_ACTION_CREATE, 0);
  g_autoptr (RpDelivery) failed = NULL;
  g_autoptr (RpDelivery) again = NULL;
  g_autoptr (RpDelivery) elsewhere = NULL;
  g_autoptr (RpDelivery) doubtful = NULL;
  g_autoptr (RpDelivery) delivered = NULL;
  g_autoptr (RpDelivery) later = NULL;

  g_assert_true (rp_store_cancel_delivery (fixture->store, never->id, NOW, NULL));
  failed = end_try (fixture, RP_DELIVERY_FAILED);
  g_assert_null (rp_store_get_doubtful_delivery (fixture->store, failed, NULL));
  again = fixture_queue (fixture, "a", "herald", RP_ACTION_CREATE, 0);
  doubtful = rp_store_get_doubtful_delivery (fixture->store, again, NULL);
  g_assert_cmpstr (doubtful->id, ==, failed->id);
  elsewhere = fixture_queue (fixture, "a", "post", RP_ACTION_CREATE, 0);
  g_assert_null (rp_store_get_doubtful_delivery (fixture->store, elsewhere, NULL));
  g_assert_true (rp_store_cancel_delivery (fixture->store, elsewhere->id, NOW, NULL));
  g_assert_true (rp_store_cancel_delivery (fixture->store, again->id, NOW, NULL));
  delivered = end_try (fixture, RP_DELIVERY_DELIVERED);
  later = fixture_queue (fixture, "a", "herald", RP_ACTION_CREATE, 0);
  g_assert_null (rp_store_get_doubtful_delivery (fixture->store, later, NULL));
}

/* ---- many programs at once ---- */

#define PROGRAMS 4
#define EACH 60

typedef struct {
  Fixture *fixture;
  GMutex *lock;
  GHashTable *sent; /* of ids; guarded by lock */
  int running[2];   /* by partner, guarded by lock */
  int most[2];
} Race;

typedef struct {
  Race *race;
  char *owner;
} Racer;

static void
note (Race *race, RpDelivery *delivery, int step)
{
  guint partner = g_str_equal (delivery->partner_id, "post");

  g_mutex_lock (race->lock);
  if (step > 0)
    g_assert_true (g_hash_table_add (race->sent, g_strdup (delivery->id)));
  race->running[partner] += step;
  race->most[partner] = MAX (race->most[partner], race->running[partner]);
  g_mutex_unlock (race->lock);
}

static guint
get_two (const char *partner_id, gpointer user_data)
{
  return 2;
}

static gpointer
run_race (gpointer user_data)
{
  Racer *racer = user_data;
  Race *race = racer->race;
  g_autoptr (RpStore) store = rp_store_open (race->fixture->uri, NULL);
  const RpStoreClaim wish = {racer->owner, NOW, 3, get_two, NULL, TRUE, NULL};

  for (guint left = 1; left > 0;) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) claimed = rp_store_claim_deliveries (store, &wish, &error);

    g_assert_no_error (error);
    for (guint i = 0; i < claimed->len; i++)
      note (race, claimed->pdata[i], 1);
    for (guint i = 0; i < claimed->len; i++) {
      RpDelivery *delivery = claimed->pdata[i];

      note (race, delivery, -1);
      delivery->state = RP_DELIVERY_DELIVERED;
      delivery->settled = NOW;
      g_assert_true (rp_store_release_delivery (store, delivery, NULL));
    }
    g_mutex_lock (race->lock);
    left = 2 * EACH - g_hash_table_size (race->sent);
    g_mutex_unlock (race->lock);
  }

  return NULL;
}

/* Each is claimed once, and a partner never gets more at once than it may. */
static void
test_race (Fixture *fixture, gconstpointer data)
{
  GMutex lock;
  Race race = {.fixture = fixture, .lock = &lock};
  Racer racers[PROGRAMS];
  GThread *threads[PROGRAMS];

  g_mutex_init (&lock);
  race.sent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < 2 * EACH; i++) {
    g_autofree char *article = g_strdup_printf ("a%u", i);

    g_object_unref (
      fixture_queue (fixture, article, i % 2 == 0 ? "herald" : "post", RP_ACTION_CREATE, 0));
  }
  for (guint i = 0; i < PROGRAMS; i++) {
    racers[i] = (Racer){&race, g_strdup_printf ("machine%u:1:1", i)};
    threads[i] = g_thread_new ("racer", run_race, &racers[i]);
  }
  for (guint i = 0; i < PROGRAMS; i++) {
    g_thread_join (threads[i]);
    g_free (racers[i].owner);
  }
  g_assert_cmpuint (g_hash_table_size (race.sent), ==, 2 * EACH);
  g_assert_cmpint (race.most[0], <=, 2);
  g_assert_cmpint (race.most[1], <=, 2);
  g_hash_table_unref (race.sent);
  g_mutex_clear (&lock);
}

#define ADD(path, test) g_test_add ("/outbox/" path, Fixture, NULL, set_up, test, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("order", test_order);
  ADD ("not-due", test_not_due);
  ADD ("lost-claim", test_lost_claim);
  ADD ("owners", test_owners);
  ADD ("twice", test_twice);
  ADD ("drop", test_drop);
  ADD ("lease", test_lease);
  ADD ("limits", test_limits);
  ADD ("race", test_race);
  ADD ("pause", test_pause);
  ADD ("network", test_network);
  ADD ("replaced-update", test_replaced_update);
  ADD ("take-back", test_take_back);
  ADD ("cancel-and-retry", test_cancel_and_retry);
  ADD ("parked-create", test_parked_create);
  ADD ("doubt", test_doubt);

  return g_test_run ();
}
