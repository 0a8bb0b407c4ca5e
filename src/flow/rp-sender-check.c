#include "rp-sender-check.h"

#include <glib/gi18n-lib.h>

#include "rp-article-state.h"
#include "rp-error.h"
#include "rp-json.h"
#include "rp-readback.h"
#include "rp-sender-copy.h"
#include "rp-sender-trip.h"
#include "rp-store-blobs.h"
#include "rp-store-deliveries.h"
#include "rp-store-events.h"
#include "rp-store-receipts.h"
#include "rp-text.h"

#define PAGE_LIMIT (8 * 1024 * 1024)

struct _RpChecker {
  RpCheckerTools tools;
  RpCheckerDone done;
  gpointer user_data;
  guint running;
};

/* Pages come up, and caches run out, with some delay; after the last of these it is believed. */
static const gint64 delays[] = {60, 600, 3600};

typedef struct {
  RpChecker *checker;   /* borrowed */
  RpTrip *trip;         /* owned: the last delivery, as for sending */
  RpRequest *request;   /* owned: the page */
  RpEvidence *evidence; /* owned: what was found so far */
  gboolean gone;        /* it must be */
  gboolean fresh;       /* the first look after a create: it may be there twice */
  guint tries;
  gboolean again; /* not sure yet: look once more later */
} Check;

static void page_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void looked_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void found_cb (GObject *source, GAsyncResult *result, gpointer user_data);

RpChecker *
rp_checker_new (const RpCheckerTools *tools, RpCheckerDone done, gpointer user_data)
{
  RpChecker *checker = g_new0 (RpChecker, 1);

  checker->tools = *tools;
  checker->done = done;
  checker->user_data = user_data;

  return checker;
}

void
rp_checker_free (RpChecker *checker)
{
  g_free (checker);
}

guint
rp_checker_count_running (RpChecker *checker)
{
  return checker->running;
}

gboolean
rp_checker_plan (RpStore *store, const RpDelivery *settled, gint64 now, GError **error)
{
  gint64 due = g_strcmp0 (settled->status, "schedule") == 0 ? MAX (settled->live_at, now) : now;

  return rp_store_plan_check (store, settled->article_id, settled->partner_id, due, 0, error);
}

static void
check_free (Check *check)
{
  g_clear_pointer (&check->trip, rp_trip_free);
  g_clear_pointer (&check->request, rp_request_free);
  g_clear_pointer (&check->evidence, rp_evidence_free);
  g_free (check);
}

/* ---- writing it down ---- */

static char *
describe_missing (Check *check, const RpReadback *readback)
{
  g_autoptr (GString) words = g_string_new (NULL);
  const char *name = rp_partner_get_name (check->trip->partner);

  for (guint i = 0; i < RP_N_READBACKS; i++) {
    g_autofree char *sentence = NULL;

    if (readback->states[i] < RP_READBACK_MISSING)
      continue;
    sentence = rp_readback_dup_words (i, name);
    g_string_append_printf (words, "%s%s", words->len > 0 ? " " : "", sentence);
  }

  return g_string_free (g_steal_pointer (&words), FALSE);
}

static char *
describe (Check *check)
{
  const char *name = rp_partner_get_name (check->trip->partner);
  const char *verdict = check->evidence->verdict;
  RpReadback readback;

  if (g_str_equal (verdict, RP_VERDICT_WHOLE))
    return g_strdup_printf (_ ("Looked at %s: everything is there."), name);
  if (g_str_equal (verdict, RP_VERDICT_STILL_THERE))
    return g_strdup_printf (_ ("%s still shows the article although it was taken down there."),
                            name);
  if (g_str_equal (verdict, RP_VERDICT_GONE))
    return g_strdup_printf (check->gone ? _ ("%s does not show the article any more.")
                                        : _ ("%s does not show the article, although it was "
                                             "published there."),
                            name);
  if (g_str_equal (verdict, RP_VERDICT_UNSEEN))
    return g_strdup_printf (_ ("What %s shows could not be looked at."), name);
  rp_readback_read_json (check->evidence->document, &readback);

  return describe_missing (check, &readback);
}

static gboolean
plan_again (Check *check, gint64 now, GError **error)
{
  return rp_store_plan_check (
    check->trip->store, check->evidence->article_id, check->evidence->partner_id,
    now + delays[check->tries] * G_TIME_SPAN_SECOND, check->tries + 1, error);
}

/* The partner has published by itself what was scheduled there. */
static gboolean
note_live (Check *check, GError **error)
{
  const char *verdict = check->evidence->verdict;

  if (g_strcmp0 (check->trip->receipt->state, "scheduled") != 0 || check->evidence->status != 200 ||
      g_str_equal (verdict, RP_VERDICT_GONE) || g_str_equal (verdict, RP_VERDICT_UNSEEN))
    return TRUE;

  return rp_db_exec (rp_store_get_db (check->trip->store), error, NULL,
                     "UPDATE receipts SET state = 'live' WHERE article_id = $1 AND partner_id = $2",
                     "ss", check->evidence->article_id, check->evidence->partner_id);
}

/* What a page lacks is told at once, and looked at again; that nothing is there, or still is, is
 * only believed after a while. */
static gboolean
is_seen (const char *verdict)
{
  return g_str_equal (verdict, RP_VERDICT_BROKEN) || g_str_equal (verdict, RP_VERDICT_WORN);
}

static gboolean
write_down (RpStore *store, gpointer user_data, GError **error)
{
  Check *check = user_data;
  RpEvidence *evidence = check->evidence;
  gint64 now = rp_store_get_time (store);
  g_autofree char *words = NULL;

  if (!rp_copy_queue (check->trip, now, error))
    return FALSE;
  if (check->again && !is_seen (evidence->verdict))
    return plan_again (check, now, error);
  words = describe (check);
  evidence->at = now;
  json_object_set_string_member (evidence->document, "message", words);

  return note_live (check, error) && rp_store_add_evidence (store, evidence, error) &&
         (check->again
            ? plan_again (check, now, error)
            : rp_store_drop_check (store, evidence->article_id, evidence->partner_id, error)) &&
         rp_store_add_event (store, evidence->article_id, "checked", words, NULL, evidence->url,
                             now, error) &&
         rp_article_state_settle (store, evidence->article_id, now, error);
}

static void
written_cb (gpointer user_data, const GError *error)
{
  Check *check = user_data;
  RpChecker *checker = check->checker;
  g_autofree char *article_id = g_strdup (check->evidence->article_id);

  if (error != NULL)
    g_warning ("What was found could not be written down: %s", error->message);
  check_free (check);
  checker->running--;
  checker->done (article_id, checker->user_data);
}

static void
end (Check *check, const char *verdict)
{
  g_free (check->evidence->verdict);
  check->evidence->verdict = g_strdup (verdict);
  check->again = check->again && check->tries < G_N_ELEMENTS (delays);
  rp_group_add (check->checker->tools.group, RP_GROUP_FIRST, write_down, written_cb, check);
}

/* ---- what was found ---- */

static void
compare (Check *check, GBytes *page, RpReadback *out)
{
  RpTrip *trip = check->trip;
  JsonObject *found = trip->exchange->found;
  g_autoptr (GBytes) sent = rp_trip_render (trip, "html", NULL);
  g_autofree char *html = sent != NULL
                            ? g_strndup (g_bytes_get_data (sent, NULL), g_bytes_get_size (sent))
                            : g_strdup ("");

  rp_readback_compare (html, trip->ready->article,
                       trip->licence != NULL ? rp_licence_get_terms (trip->licence) : NULL, page,
                       found != NULL ? rp_json_get_string (found, "canonical") : NULL, out);
}

static gboolean
shows_text (Check *check, GBytes *page)
{
  RpReadback readback;

  compare (check, page, &readback);

  return readback.states[RP_READBACK_TEXT] == RP_READBACK_THERE ||
         readback.states[RP_READBACK_CREDIT] == RP_READBACK_THERE;
}

static void
keep_page (Check *check, GBytes *page)
{
  g_autoptr (GError) error = NULL;

  g_free (check->evidence->blob);
  check->evidence->blob = rp_store_put_blob (check->trip->store, page, &error);
  if (error != NULL)
    g_warning ("The page could not be kept: %s", error->message);
}

static void
judge_page (Check *check, GBytes *page)
{
  RpReadback readback;

  keep_page (check, page);
  if (check->gone) {
    gboolean still = shows_text (check, page);

    check->again = still;
    end (check, still ? RP_VERDICT_STILL_THERE : RP_VERDICT_GONE);
    return;
  }
  compare (check, page, &readback);
  json_object_unref (check->evidence->document);
  check->evidence->document = rp_readback_to_json (&readback);
  /* A page from before may still be in a cache. */
  check->again =
    rp_readback_is_worn (&readback) && readback.states[RP_READBACK_TEXT] != RP_READBACK_THERE;
  end (check, rp_readback_is_broken (&readback) ? RP_VERDICT_BROKEN
              : rp_readback_is_worn (&readback) ? RP_VERDICT_WORN
                                                : RP_VERDICT_WHOLE);
}

/* Nobody may look at the page, or there is none: what the partner's system says must do. */
static void
judge_without_page (Check *check)
{
  JsonObject *found = check->trip->exchange->found;
  const char *html = found != NULL ? rp_json_get_string (found, "html") : NULL;
  g_autoptr (GBytes) bytes = html != NULL ? g_bytes_new (html, strlen (html)) : NULL;

  if (bytes != NULL)
    judge_page (check, bytes);
  else
    end (check, RP_VERDICT_UNSEEN);
}

static gboolean
is_gone (const RpResponse *response)
{
  return response->status == 404 || response->status == 410;
}

static void
page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Check *check = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RpResponse) response = rp_http_send_finish (RP_HTTP (source), result, &error);

  check->evidence->status = response != NULL ? response->status : 0;
  if (response == NULL || response->status >= 500) {
    check->again = TRUE;
    judge_without_page (check);
  } else if (is_gone (response)) {
    check->again = !check->gone;
    end (check, RP_VERDICT_GONE);
  } else if (response->status == 200) {
    judge_page (check, response->body);
  } else {
    judge_without_page (check);
  }
}

static void
fetch_page (Check *check)
{
  RpTrip *trip = check->trip;
  JsonObject *found = trip->exchange->found;
  const char *url = found != NULL ? rp_json_get_string (found, "url") : NULL;

  if (url == NULL)
    url = trip->receipt->public_url;
  if (!rp_text_is_web_url (url)) {
    judge_without_page (check);
    return;
  }
  check->evidence->url = g_strdup (url);
  check->request = rp_request_new ("GET", url, _ ("Looking at the public page"));
  rp_request_set_header (check->request, "Cache-Control", "no-cache");
  rp_http_send_async (check->checker->tools.http, check->request, PAGE_LIMIT, NULL, page_cb, check);
}

static void
judge_state (Check *check)
{
  JsonObject *found = check->trip->exchange->found;
  const char *state = found != NULL ? rp_json_get_string (found, "state") : NULL;

  if (g_strcmp0 (state, "gone") == 0)
    end (check, RP_VERDICT_GONE);
  else if (g_strcmp0 (state, "draft") == 0 || g_strcmp0 (state, "scheduled") == 0)
    judge_without_page (check);
  else
    fetch_page (check);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Check *check = user_data;
  g_autoptr (GError) error = NULL;

  rp_courier_carry_finish (RP_COURIER (source), result, &error);
  if (error != NULL)
    g_debug ("Reading back: %s", error->message);
  if (check->fresh && check->trip->connector->find != NULL)
    rp_courier_carry_async (RP_COURIER (source), check->trip->connector, check->trip->exchange,
                            RP_ERRAND_FIND, NULL, found_cb, check);
  else
    judge_state (check);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Check *check = user_data;
  g_autoptr (GError) error = NULL;

  rp_courier_carry_finish (RP_COURIER (source), result, &error);
  if (error != NULL)
    g_debug ("Looking for a second copy: %s", error->message);
  judge_state (check);
}

/* ---- the start ---- */

static char *
find_last_delivery (RpStore *store, const RpPlannedCheck *planned, GError **error)
{
  return rp_db_dup_text (
    rp_store_get_db (store), error,
    "SELECT id FROM deliveries WHERE article_id = $1 AND partner_id = $2"
    " AND state = 'delivered' AND action <> 'remove-copy' ORDER BY settled DESC, id DESC LIMIT 1",
    "ss", planned->article_id, planned->partner_id);
}

/* It was made there after the last look, though it may have been changed since. */
static gboolean
is_unseen (Check *check)
{
  const RpEvidence *evidence = check->evidence;
  gint64 count = 0;

  return rp_db_get_int (rp_store_get_db (check->checker->tools.store), &count, NULL,
                        "SELECT count (*) FROM deliveries WHERE article_id = $1 AND partner_id = $2"
                        " AND state = 'delivered' AND action = 'create' AND settled >"
                        " (SELECT coalesce (max (at), 0) FROM evidence WHERE article_id = $1"
                        "  AND partner_id = $2)",
                        "ss", evidence->article_id, evidence->partner_id) &&
         count > 0;
}

static gboolean
load (Check *check, const RpPlannedCheck *planned, GError **error)
{
  const RpCheckerTools *tools = &check->checker->tools;
  RpTrip *trip = check->trip;
  g_autofree char *id = find_last_delivery (tools->store, planned, error);

  trip->store = tools->store;
  trip->secrets = tools->secrets;
  trip->sites = tools->sites;
  trip->shelf = tools->shelf;
  trip->delivery = id != NULL ? rp_store_read_delivery (tools->store, id, error) : NULL;
  if (trip->delivery == NULL || !rp_trip_load (trip, tools->book, error) || trip->receipt == NULL)
    return FALSE;
  check->fresh = check->tries == 0 && is_unseen (check);
  rp_trip_make_exchange (trip);
  check->gone = g_strcmp0 (trip->receipt->state, "withdrawn") == 0;

  return TRUE;
}

/* The article or the partner is gone: there is nothing to look at any more. */
static void
give_up (Check *check, const RpPlannedCheck *planned)
{
  rp_store_drop_check (check->checker->tools.store, planned->article_id, planned->partner_id, NULL);
  check_free (check);
}

void
rp_checker_start (RpChecker *checker, const RpPlannedCheck *planned)
{
  Check *check = g_new0 (Check, 1);
  g_autoptr (GError) error = NULL;

  check->checker = checker;
  check->trip = g_new0 (RpTrip, 1);
  check->tries = planned->tries;
  check->evidence = rp_evidence_new (planned->article_id, planned->partner_id);
  if (!load (check, planned, &error)) {
    give_up (check, planned);
    return;
  }
  checker->running++;
  if (check->trip->connector->look != NULL && check->trip->receipt->remote_id != NULL &&
      !check->gone)
    rp_courier_carry_async (checker->tools.courier, check->trip->connector, check->trip->exchange,
                            RP_ERRAND_LOOK, NULL, looked_cb, check);
  else
    fetch_page (check);
}
