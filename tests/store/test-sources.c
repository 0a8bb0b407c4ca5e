/* Subscriptions in the library: addresses are there once, claims, due ones, items that go and come.
 */
#include "fixture.h"

#include "rp-error.h"
#include "rp-store-articles.h"
#include "rp-store-sources.h"

#define MINUTE G_TIME_SPAN_MINUTE

static RpSubscription *
add_source (Fixture *fixture, const char *url, gint64 next_poll, gboolean paused)
{
  RpSubscription *source = rp_subscription_new (url);
  g_autoptr (GError) error = NULL;

  source->next_poll = next_poll;
  source->paused = paused;
  rp_store_add_source (fixture->store, source, &error);
  g_assert_no_error (error);

  return source;
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RpSubscription) source = add_source (fixture, "https://a.example/feed", NOW, FALSE);
  g_autoptr (RpSubscription) read = NULL;

  rp_subscription_set (&source->title, "The “A” Gazette");
  rp_subscription_set (&source->site_url, "https://a.example/");
  rp_subscription_set (&source->kind, RP_SUBSCRIPTION_FEED);
  rp_subscription_set (&source->licence_id, "cc-by-4.0");
  rp_subscription_set (&source->etag, "\"1\"");
  rp_subscription_set (&source->last_modified, "Mon, 02 Mar 2026 10:00:00 GMT");
  rp_subscription_set (&source->body_hash, "00");
  rp_subscription_set (&source->message, "Nobody is there.");
  source->paused = TRUE;
  source->created = 1;
  source->polled = 2;
  source->changed = 3;
  source->next_poll = 4;
  source->fresh_until = 5;
  source->wait_until = 6;
  source->pace = 7;
  source->failures = 8;
  source->status = 503;
  g_assert_true (rp_store_update_source (fixture->store, source, NULL));
  read = rp_store_get_source (fixture->store, source->id, NULL);
  g_assert_true (rp_subscription_equal (source, read));
}

static void
test_one_address (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RpSubscription) first = add_source (fixture, "https://a.example/feed", NOW, FALSE);
  g_autoptr (RpSubscription) second = add_source (fixture, "https://b.example/feed", NOW, FALSE);
  g_autoptr (RpSubscription) third = rp_subscription_new (first->url);
  g_autoptr (GError) error = NULL;

  g_assert_false (rp_store_add_source (fixture->store, third, &error));
  g_assert_error (error, RP_ERROR, RP_ERROR_CONFLICT);
  g_clear_error (&error);
  rp_subscription_set (&second->url, first->url);
  g_assert_false (rp_store_update_source (fixture->store, second, &error));
  g_assert_error (error, RP_ERROR, RP_ERROR_CONFLICT);
}

static void
test_removed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RpSubscription) source = add_source (fixture, "https://a.example/feed", NOW, FALSE);
  g_autoptr (RpSubscription) read = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (rp_store_remove_source (fixture->store, source->id, NULL));
  read = rp_store_get_source (fixture->store, source->id, &error);
  g_assert_null (read);
  g_assert_no_error (error);
  g_assert_false (rp_store_update_source (fixture->store, source, &error));
  g_assert_error (error, RP_ERROR, RP_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (rp_store_remove_source (fixture->store, source->id, &error));
  g_assert_error (error, RP_ERROR, RP_ERROR_NOT_FOUND);
}

static const struct {
  const char *url;
  gint64 after; /* minutes from now */
  gboolean paused;
} plans[] = {
  {"https://later.example/", 1, FALSE},
  {"https://now.example/", 0, FALSE},
  {"https://overdue.example/", -60, FALSE},
  {"https://paused.example/", -90, TRUE},
};

static void
test_due (Fixture *fixture, gconstpointer data)
{
  static const char *const expected[] = {"https://overdue.example/", "https://now.example/"};
  g_autoptr (GPtrArray) due = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (plans); i++) {
    g_autoptr (RpSubscription) source =
      add_source (fixture, plans[i].url, NOW + plans[i].after * MINUTE, plans[i].paused);

    g_assert_nonnull (source);
  }
  due = rp_store_list_due_sources (fixture->store, NOW, NULL);
  g_assert_cmpuint (due->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < due->len; i++)
    g_assert_cmpstr (((RpSubscription *) g_ptr_array_index (due, i))->url, ==, expected[i]);
}

/* Two programs on one library: only the first gets it, until the claim ends. */
static void
test_claim (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RpSubscription) source = add_source (fixture, "https://a.example/feed", NOW, FALSE);
  gboolean claimed = FALSE;

  g_assert_true (
    rp_store_claim_source (fixture->store, source->id, NOW, NOW + 10 * MINUTE, &claimed, NULL));
  g_assert_true (claimed);
  g_assert_true (rp_store_claim_source (fixture->store, source->id, NOW + MINUTE, NOW + 11 * MINUTE,
                                        &claimed, NULL));
  g_assert_false (claimed);
  g_assert_true (rp_store_claim_source (fixture->store, source->id, NOW + 10 * MINUTE,
                                        NOW + 20 * MINUTE, &claimed, NULL));
  g_assert_true (claimed);
}

static char *
add_article (Fixture *fixture, const char *headline)
{
  g_autoptr (RpArticle) article = rp_article_new ();

  rp_article_set (article, RP_ARTICLE_HEADLINE, headline);
  rp_article_set (article, RP_ARTICLE_GUID, headline);
  rp_article_set (article, RP_ARTICLE_BODY_HTML, "<p>The quay.</p>");
  g_assert_true (rp_store_add_article (fixture->store, article, NOW, NULL));

  return g_strdup (rp_article_get (article, RP_ARTICLE_ID));
}

static void
test_items (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = add_article (fixture, "First");
  g_autofree char *second = add_article (fixture, "Second");
  g_autoptr (GPtrArray) items = NULL;
  const RpSourceItem *item;

  g_assert_true (rp_store_note_source_item (fixture->store, "s", first, 1, NOW, NULL));
  g_assert_true (rp_store_note_source_item (fixture->store, "s", second, 0, NOW, NULL));
  g_assert_true (rp_store_lose_source_item (fixture->store, "s", first, NOW + 1, NULL));
  items = rp_store_list_source_items (fixture->store, "s", NULL);
  g_assert_cmpuint (items->len, ==, 2);
  item = g_ptr_array_index (items, 1);
  g_assert_cmpstr (item->article_id, ==, first);
  g_assert_cmpint (item->gone, ==, NOW + 1);

  g_assert_true (rp_store_note_source_item (fixture->store, "s", first, 3, NOW + 2, NULL));
  g_assert_true (rp_store_forget_source_item (fixture->store, "s", second, NULL));
  g_clear_pointer (&items, g_ptr_array_unref);
  items = rp_store_list_source_items (fixture->store, "s", NULL);
  g_assert_cmpuint (items->len, ==, 1);
  item = g_ptr_array_index (items, 0);
  g_assert_cmpint (item->gone, ==, 0);
  g_assert_cmpuint (item->position, ==, 3);

  g_assert_true (rp_store_set_article_state (fixture->store, first, RP_STATE_TRASH, NULL));
  g_clear_pointer (&items, g_ptr_array_unref);
  items = rp_store_list_source_items (fixture->store, "s", NULL);
  g_assert_cmpuint (items->len, ==, 0);
}

#define ADD(path, test)                                                                            \
  g_test_add ("/store/sources/" path, Fixture, NULL, fixture_set_up, test, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("round-trip", test_round_trip);
  ADD ("one-address", test_one_address);
  ADD ("removed", test_removed);
  ADD ("due", test_due);
  ADD ("claim", test_claim);
  ADD ("items", test_items);

  return g_test_run ();
}
