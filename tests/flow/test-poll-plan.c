/* When a source is read again, what is seen at a glance, and lists as OPML. */
#include <glib.h>
#include <string.h>

#include "rp-glance.h"
#include "rp-opml.h"
#include "rp-poll-plan.h"
#include "rp-time.h"

#define NOW (G_GINT64_CONSTANT (1780000000) * G_TIME_SPAN_SECOND) /* 2026-05-28T20:26:40Z */
#define MINUTE G_TIME_SPAN_MINUTE

static RpResponse *
make_response (guint status, const char *headers)
{
  RpResponse *response = rp_response_new (status, "https://a.example/feed", NULL);
  g_auto (GStrv) lines = g_strsplit (headers, "\n", -1);

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++) {
    g_auto (GStrv) pair = g_strsplit (lines[i], ": ", 2);

    rp_response_add_header (response, pair[0], pair[1]);
  }

  return response;
}

static const struct {
  const char *name;
  const char *headers;
  gint64 pace;     /* minutes, of the feed itself */
  gint64 expected; /* minutes until the next visit */
} reads[] = {
  {"nothing-said", "", 0, 60},
  {"max-age", "Cache-Control: public, max-age=7200", 0, 120},
  {"shortest", "Cache-Control: max-age=1", 0, 15},
  {"longest", "Cache-Control: max-age=31536000", 0, 24 * 60},
  {"shared", "Cache-Control: s-maxage=\"3000\"", 0, 50},
  {"both", "Cache-Control: s-maxage=86400, max-age=3000", 0, 50},
  {"no-cache", "Cache-Control: no-cache, max-age=7200", 0, 60},
  {"aged", "Cache-Control: max-age=7200\nAge: 3600", 0, 60},
  {"no-number", "Cache-Control: max-age=soon", 0, 60},
  {"expires", "Date: Thu, 28 May 2026 20:00:00 GMT\nExpires: Thu, 28 May 2026 21:40:00 GMT", 0,
   100},
  {"expired", "Expires: 0", 0, 60},
  {"pace", "", 90, 90},
  {"pace-and-age", "Cache-Control: max-age=60", 300, 300},
  {"retry-after", "Retry-After: 18000", 0, 300},
  {"retry-date", "Retry-After: Thu, 28 May 2026 22:26:40 GMT", 0, 120},
};

static void
test_read (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (RpSubscription) source = rp_subscription_new ("https://a.example/feed");
  g_autoptr (RpResponse) response = make_response (200, reads[i].headers);

  source->failures = 3;
  source->pace = reads[i].pace * MINUTE;
  rp_poll_plan_read (source, response, NOW);
  g_assert_cmpint ((source->next_poll - NOW) / MINUTE, ==, reads[i].expected);
  g_assert_cmpuint (source->failures, ==, 0);
  g_assert_cmpstr (rp_subscription_get_state (source), ==, "ok");
}

static const struct {
  guint status;
  const char *headers;
  const char *state;
  const char *words;
  gint64 at_least; /* minutes until the next visit */
} refusals[] = {
  {401, "", "failed", "sign-in", 15},
  {403, "", "failed", "sign-in", 15},
  {404, "", "failed", "new address", 15},
  {410, "", "paused", "ended", 15},
  {429, "Retry-After: 7200", "waiting", "left alone until", 120},
  {429, "", "waiting", "too busy", 15},
  {503, "Retry-After: 60", "waiting", "left alone until", 15},
  {500, "", "failed", "trouble", 15},
  {418, "", "failed", "cannot be used", 15},
};

static void
test_refused (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (RpSubscription) source = rp_subscription_new ("https://a.example/feed");
  g_autoptr (RpResponse) response = make_response (refusals[i].status, refusals[i].headers);

  rp_subscription_set (&source->etag, "\"1\"");
  rp_poll_plan_refused (source, response, NOW);
  g_assert_cmpstr (rp_subscription_get_state (source), ==, refusals[i].state);
  g_assert_nonnull (strstr (source->message, refusals[i].words));
  g_assert_cmpint (source->next_poll - NOW, >=, refusals[i].at_least * MINUTE);
  g_assert_cmpstr (source->etag, ==, "\"1\"");
}

static void
test_back_off (void)
{
  g_autoptr (RpSubscription) source = rp_subscription_new ("https://a.example/feed");
  gint64 before = 0;

  for (guint i = 0; i < 40; i++) {
    gint64 span;

    rp_poll_plan_failed (source, "Nobody is there.", NOW);
    span = source->next_poll - NOW;
    g_assert_cmpint (span, >=, before);
    g_assert_cmpint (span, <=, RP_POLL_LONGEST);
    before = span;
  }
  g_assert_cmpint (before, ==, RP_POLL_LONGEST);
}

static void
test_validators (void)
{
  g_autoptr (RpSubscription) source = rp_subscription_new ("https://a.example/feed");
  g_autoptr (RpResponse) first = make_response (200, "ETag: \"1\"\nLast-Modified: then");
  g_autoptr (RpResponse) same = make_response (304, "");
  g_autoptr (RpResponse) bare = make_response (200, "");
  g_autoptr (RpRequest) asked = NULL;
  g_autoptr (RpRequest) asked_again = NULL;

  rp_poll_plan_read (source, first, NOW);
  rp_poll_plan_read (source, same, NOW);
  asked = rp_poll_plan_make_request (source);
  g_assert_cmpstr (rp_request_get_header (asked, "If-None-Match"), ==, "\"1\"");
  g_assert_cmpstr (rp_request_get_header (asked, "If-Modified-Since"), ==, "then");
  rp_poll_plan_read (source, bare, NOW);
  asked_again = rp_poll_plan_make_request (source);
  g_assert_null (rp_request_get_header (asked_again, "If-None-Match"));
  g_assert_null (rp_request_get_header (asked_again, "If-Modified-Since"));
}

/* ---- at a glance ---- */

static const struct {
  const char *name;
  const char *text;
  const char *format; /* NULL = none */
  const char *title;
  gint64 interval; /* minutes */
  gboolean empty;
  const char *feed; /* the first that a page declares */
} glances[] = {
  {"rss",
   "<rss version='2.0'><channel><title>A &amp; B</title><ttl>45</ttl><item/></channel></rss>",
   "feed", "A & B", 45, FALSE, NULL},
  {"empty-rss", "<rss version='2.0'><channel><title>A</title></channel></rss>", "feed", "A", 0,
   TRUE, NULL},
  {"syndication",
   "<rss version='2.0' xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'><channel>"
   "<title>A</title><sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4"
   "</sy:updateFrequency><item/></channel></rss>",
   "feed", "A", 360, FALSE, NULL},
  {"atom", "<feed xmlns='http://www.w3.org/2005/Atom'><title>A</title><entry/></feed>", "feed", "A",
   0, FALSE, NULL},
  {"json", "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"A\",\"items\":[]}",
   "json-feed", "A", 0, TRUE, NULL},
  {"page",
   "<!DOCTYPE html><html><head><title> A  page </title><link rel='alternate' title='Comments' "
   "type='application/rss+xml' href='/c'><link rel='Alternate home' "
   "type='application/atom+xml; charset=utf-8' "
   "href='f.atom'></head><body><p>Text</p></body></html>",
   "html", "A page", 0, FALSE, "https://a.example/dir/f.atom"},
};

static void
test_glance (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GBytes) bytes = g_bytes_new_static (glances[i].text, strlen (glances[i].text));
  g_autoptr (RpSource) source = rp_source_new (bytes, "x");
  g_autoptr (RpGlance) glance = NULL;

  source->base_url = g_strdup ("https://a.example/dir/page");
  glance = rp_glance_new (source);
  g_assert_cmpstr (glance->format, ==, glances[i].format);
  g_assert_cmpstr (glance->title, ==, glances[i].title);
  g_assert_cmpint (glance->interval / MINUTE, ==, glances[i].interval);
  g_assert_cmpint (glance->empty, ==, glances[i].empty);
  g_assert_cmpstr (glance->feeds->len > 0 ? g_ptr_array_index (glance->feeds, 0) : NULL, ==,
                   glances[i].feed);
}

/* ---- lists ---- */

static void
add_source (GListStore *list, const char *url, const char *title, const char *kind)
{
  g_autoptr (RpSubscription) source = rp_subscription_new (url);

  rp_subscription_set (&source->title, title);
  rp_subscription_set (&source->kind, kind);
  rp_subscription_set (&source->site_url, "https://site.example/?a=1&b=2");
  g_list_store_append (list, source);
}

static void
test_opml_round_trip (void)
{
  g_autoptr (GListStore) list = g_list_store_new (RP_TYPE_SUBSCRIPTION);
  g_autofree char *text = NULL;
  g_autofree char *remark = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GPtrArray) read = NULL;

  add_source (list, "https://a.example/feed?x=1&y=\"2\"", "A <b> & \"C\"", RP_SUBSCRIPTION_FEED);
  add_source (list, "https://b.example/page", "Ünïcode 漢字", RP_SUBSCRIPTION_DOCUMENT);
  add_source (list, "https://c.example/new", "Never read", NULL);
  text = rp_opml_write (G_LIST_MODEL (list), NOW);
  bytes = g_bytes_new (text, strlen (text));
  read = rp_opml_read (bytes, &remark, NULL);
  g_assert_null (remark);
  g_assert_cmpuint (read->len, ==, 3);
  for (guint i = 0; i < read->len; i++) {
    g_autoptr (RpSubscription) wrote = g_list_model_get_item (G_LIST_MODEL (list), i);
    const RpSubscription *found = g_ptr_array_index (read, i);

    g_assert_cmpstr (found->url, ==, wrote->url);
    g_assert_cmpstr (found->title, ==, wrote->title);
    g_assert_cmpstr (found->site_url, ==, wrote->site_url);
  }
}

static const struct {
  const char *name;
  const char *text;
  const char *urls;   /* joined by spaces; NULL = an error */
  const char *remark; /* a word of it; NULL = none */
} lists[] = {
  {"nested",
   "<opml version='2.0'><body><outline text='News'><outline text='A' xmlUrl='https://a.example/'/>"
   "<outline text='Deep'><outline text='B' xmlUrl='https://b.example/'/></outline></outline></body>"
   "</opml>",
   "https://a.example/ https://b.example/", NULL},
  {"old",
   "<opml version='1.0'><body><outline title='A' type='rss' "
   "xmlurl='feed://a.example/f'/></body></opml>",
   "http://a.example/f", NULL},
  {"twice",
   "<opml><body><outline text='A' xmlUrl='https://a.example/'/><outline text='B' "
   "xmlUrl='https://a.example/'/></body></opml>",
   "https://a.example/", NULL},
  {"links-stay-out",
   "<opml><body><outline text='A' type='link' url='https://a.example/'/></body></opml>", "", NULL},
  {"other-schemes", "<opml><body><outline text='A' xmlUrl='file:///etc/passwd'/></body></opml>", "",
   "left out"},
  {"entities-stay-closed",
   "<!DOCTYPE opml [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><opml><body><outline text='&x;' "
   "xmlUrl='https://a.example/'/></body></opml>",
   "https://a.example/", NULL},
  {"cut-off", "<opml><body><outline text='A' xmlUrl='https://a.example/'/><outline text='B",
   "https://a.example/", "damaged"},
  {"no-list", "<rss><channel/></rss>", NULL, NULL},
};

static void
test_opml_read (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GBytes) bytes = g_bytes_new_static (lists[i].text, strlen (lists[i].text));
  g_autofree char *remark = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) read = rp_opml_read (bytes, &remark, &error);
  g_autoptr (GString) urls = g_string_new (NULL);

  if (lists[i].urls == NULL) {
    g_assert_null (read);
    g_assert_nonnull (error);
    return;
  }
  g_assert_no_error (error);
  for (guint j = 0; j < read->len; j++) {
    const RpSubscription *source = g_ptr_array_index (read, j);

    g_string_append_printf (urls, "%s%s", j > 0 ? " " : "", source->url);
    g_assert_null (strstr (source->title, "root:"));
  }
  g_assert_cmpstr (urls->str, ==, lists[i].urls);
  g_assert_cmpint (remark != NULL, ==, lists[i].remark != NULL);
  if (remark != NULL)
    g_assert_nonnull (strstr (remark, lists[i].remark));
}

static void
add_each (const char *folder, const char *name, gsize i, GTestDataFunc test)
{
  g_autofree char *path = g_strconcat (folder, name, NULL);

  g_test_add_data_func (path, GSIZE_TO_POINTER (i), test);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (reads); i++)
    add_each ("/flow/poll-plan/read/", reads[i].name, i, test_read);
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++) {
    g_autofree char *name = g_strdup_printf ("%u-%" G_GSIZE_FORMAT, refusals[i].status, i);

    add_each ("/flow/poll-plan/refused/", name, i, test_refused);
  }
  g_test_add_func ("/flow/poll-plan/back-off", test_back_off);
  g_test_add_func ("/flow/poll-plan/validators", test_validators);
  for (gsize i = 0; i < G_N_ELEMENTS (glances); i++)
    add_each ("/flow/glance/", glances[i].name, i, test_glance);
  g_test_add_func ("/flow/opml/round-trip", test_opml_round_trip);
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    add_each ("/flow/opml/read/", lists[i].name, i, test_opml_read);

  return g_test_run ();
}
