/* Text, time, ids and JSON: the small helpers that everything stands on. */
#include "rp-error.h"
#include "rp-id.h"
#include "rp-json.h"
#include "rp-text.h"
#include "rp-time.h"

static const struct {
  const char *text;
  const char *kept; /* RFC 3339 as stated; NULL = no time */
  const char *utc;
  gboolean zoned;
} times[] = {
  {"2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z", TRUE},
  {"2026-03-01T10:00:00+01:00", "2026-03-01T10:00:00+01:00", "2026-03-01T09:00:00Z", TRUE},
  {"2026-03-01T10:00:00.250-0530", "2026-03-01T10:00:00-05:30", "2026-03-01T15:30:00Z", TRUE},
  {"20260301T100000Z", "2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z", TRUE},
  {"20140829T134951+0000", "2014-08-29T13:49:51Z", "2014-08-29T13:49:51Z", TRUE},
  {"2026-03-01 10:00", "2026-03-01T10:00:00", "2026-03-01T10:00:00Z", FALSE},
  {"2026-03-01", "2026-03-01", "2026-03-01T00:00:00Z", FALSE},
  {"Sun, 01 Mar 2026 10:00:00 GMT", "2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z", TRUE},
  {"Sun, 1 Mar 26 10:00 EST", "2026-03-01T10:00:00-05:00", "2026-03-01T15:00:00Z", TRUE},
  {"Sun Mar  1 10:00:00 2026", "2026-03-01T10:00:00", "2026-03-01T10:00:00Z", FALSE},
  {"March 1, 2026", "2026-03-01", "2026-03-01T00:00:00Z", FALSE},
  {"1 March 2026 9:05 GMT", "2026-03-01T09:05:00Z", "2026-03-01T09:05:00Z", TRUE},
  {"2024-02-29T23:59:60Z", "2024-02-29T23:59:59Z", "2024-02-29T23:59:59Z", TRUE},
  {"2026-02-30T10:00:00Z", NULL, NULL, FALSE},
  {"2026-13-01", NULL, NULL, FALSE},
  {"yesterday", NULL, NULL, FALSE},
  {"", NULL, NULL, FALSE},
  {"99999999999999999999", NULL, NULL, FALSE},
};

static void
test_time_parse (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *kept = NULL;
  g_autofree char *utc = NULL;
  gboolean zoned = FALSE;
  gint64 instant = 0;
  gboolean good = rp_time_parse (times[i].text, &instant, &kept, &zoned);

  g_assert_cmpint (good, ==, times[i].kept != NULL);
  g_assert_cmpstr (kept, ==, times[i].kept);
  if (!good)
    return;
  utc = rp_time_format (instant);
  g_assert_cmpstr (utc, ==, times[i].utc);
  g_assert_cmpint (zoned, ==, times[i].zoned);
}

static gint64
fixed_clock (void)
{
  return rp_time_instant ("2026-03-01T10:00:00Z");
}

static void
test_time_clock (void)
{
  g_autofree char *now = NULL;
  g_autofree char *http = NULL;

  rp_time_set_clock (fixed_clock);
  now = rp_time_format (rp_time_now ());
  http = rp_time_format_http (rp_time_now ());
  rp_time_set_clock (NULL);

  g_assert_cmpstr (now, ==, "2026-03-01T10:00:00Z");
  g_assert_cmpstr (http, ==, "Sun, 01 Mar 2026 10:00:00 GMT");
  g_assert_cmpint (rp_time_now (), >, fixed_clock () - 10 * 365 * RP_TIME_DAY);
}

static void
test_text_collapse (void)
{
  g_autofree char *clean = rp_text_clean ("\n a\xc2\xa0\xc2\xa0 b\t\xe2\x80\x8b c \n");
  g_autofree char *broken = rp_text_collapse ("a\xff\xfe b");
  g_autofree char *empty = rp_text_clean (" \xc2\xa0\n");

  g_assert_cmpstr (clean, ==, "a b c");
  g_assert_cmpstr (broken, ==, "a b");
  g_assert_null (empty);
  g_assert_true (rp_text_same ("Ärger  im  Büro", "ärger im büro"));
  g_assert_false (rp_text_same ("a", NULL));
}

static const struct {
  const char *text;
  guint words;
} counted[] = {
  {NULL, 0},
  {"", 0},
  {"one", 1},
  {"one two\nthree", 3},
  {"it’s well-known", 2},
  {"転載を禁じます", 7},
  {" — ", 0},
};

static void
test_text_words (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (counted); i++)
    g_assert_cmpuint (rp_text_count_words (counted[i].text), ==, counted[i].words);
}

static const struct {
  const char *list;
  const char *word;
  gboolean expected;
} listed[] = {
  {"cc:attributionURL", "cc:attributionURL", TRUE},
  {"a license", "license", TRUE},
  {"a\n\tlicense\r\nb", "license", TRUE}, /* as long attributes are broken */
  {"license nofollow", "license", TRUE},
  {"licensed license", "license", TRUE},
  {"licensed", "license", FALSE},
  {"no-license", "license", FALSE},
  {"", "license", FALSE},
  {NULL, "license", FALSE},
};

static void
test_text_has_word (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (listed); i++)
    g_assert_cmpint (rp_text_has_word (listed[i].list, listed[i].word), ==, listed[i].expected);
}

static void
test_text_slug (void)
{
  g_autofree char *plain = rp_text_slug ("Über Gärten: 10 Dinge, die zählen!", 80);
  g_autofree char *cut = rp_text_slug ("one two three", 7);
  g_autofree char *nothing = rp_text_slug ("転載", 80);

  g_assert_cmpstr (plain, ==, "uber-garten-10-dinge-die-zahlen");
  g_assert_cmpstr (cut, ==, "one-two");
  g_assert_cmpstr (nothing, ==, "article");
}

static void
test_text_url (void)
{
  g_autofree char *host = rp_text_host ("https://WWW.Example.org:8080/a");
  g_autofree char *relative = rp_text_resolve_url ("https://example.org/a/b", "../c?d");
  g_autofree char *script = rp_text_resolve_url ("https://example.org/", "javascript:alert(1)");
  g_autofree char *file = rp_text_resolve_url ("https://example.org/", "file:///etc/passwd");

  g_assert_cmpstr (host, ==, "example.org");
  g_assert_cmpstr (relative, ==, "https://example.org/c?d");
  g_assert_null (script);
  g_assert_null (file);
  g_assert_false (rp_text_is_web_url ("example.org"));
}

static void
test_id (void)
{
  g_autofree char *first = rp_id_new ();
  g_autofree char *second = rp_id_new ();

  g_assert_true (rp_id_is_valid (first));
  g_assert_cmpint (first[14], ==, '7');
  g_assert_cmpstr (first, !=, second);
  for (guint i = 0; i < 10000; i++) { /* far more than there are milliseconds */
    g_autofree char *next = rp_id_new ();

    g_assert_cmpstr (second, <, next);
    g_free (second);
    second = g_steal_pointer (&next);
  }
}

static const char *const bad_json[] = {"", "{", "{\"a\":}", "nul", "\xff\xfe", "[1,2"};

static void
test_json_bad (void)
{
  g_autofree char *deep = g_strnfill (100000, '[');

  for (guint i = 0; i < G_N_ELEMENTS (bad_json); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (rp_json_parse_text (bad_json[i], &error));
    g_assert_error (error, RP_ERROR, RP_ERROR_UNREADABLE);
  }
  g_assert_null (rp_json_parse_text (deep, NULL));
}

static void
test_json_copy (void)
{
  static const char *const text = "{\"z\":1,\"a\":{\"deep\":[1.5,{\"x\":null},\"é\"]},\"b\":true}";
  g_autoptr (JsonNode) node = rp_json_parse_text (text, NULL);
  g_autoptr (JsonObject) copy = rp_json_object_copy (json_node_get_object (node));
  g_autofree char *before = rp_json_object_to_text (copy, FALSE);
  g_autofree char *left = NULL;

  g_assert_cmpstr (before, ==, text);
  json_object_set_int_member (json_object_get_object_member (copy, "a"), "deep", 2);
  left = rp_json_object_to_text (json_node_get_object (node), FALSE);
  g_assert_cmpstr (left, ==, text);
}

static void
test_json_wrong_types (void)
{
  g_autoptr (JsonNode) node =
    rp_json_parse_text ("{\"n\":12,\"s\":\"x\",\"l\":[\"a\",3,\"b\"],\"o\":{},\"z\":null}", NULL);
  JsonObject *object = json_node_get_object (node);
  g_autofree char *number = rp_json_dup_text (object, "n");
  g_auto (GStrv) list = rp_json_dup_strv (object, "l");

  g_assert_null (rp_json_get_string (object, "n"));
  g_assert_cmpstr (number, ==, "12");
  g_assert_cmpint (rp_json_get_int (object, "s", 7), ==, 7);
  g_assert_cmpuint (g_strv_length (list), ==, 2);
  g_assert_null (rp_json_get_object (object, "l"));
  g_assert_false (rp_json_has (object, "z"));
  g_assert_null (rp_json_get_string (NULL, "x"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (times); i++) {
    g_autofree char *path = g_strdup_printf ("/base/time/parse/%" G_GSIZE_FORMAT, i);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_time_parse);
  }
  g_test_add_func ("/base/time/clock", test_time_clock);
  g_test_add_func ("/base/text/collapse", test_text_collapse);
  g_test_add_func ("/base/text/words", test_text_words);
  g_test_add_func ("/base/text/has-word", test_text_has_word);
  g_test_add_func ("/base/text/slug", test_text_slug);
  g_test_add_func ("/base/text/url", test_text_url);
  g_test_add_func ("/base/id", test_id);
  g_test_add_func ("/base/json/bad", test_json_bad);
  g_test_add_func ("/base/json/wrong-types", test_json_wrong_types);
  g_test_add_func ("/base/json/copy", test_json_copy);

  return g_test_run ();
}
