#include "rp-error.h"
#include "rp-json.h"
#include "rp-licence.h"
#include "rp-terms-form-fields.h"

static const struct {
  const char *name;
  const char *before;
  const char *member;
  const char *inner;
  const char *was; /* as the form shows it at first */
  const char *text;
  const char *after; /* NULL = the text is refused, and the profile stays */
} cases[] = {
  {"text", "{}", "logo", NULL, "", " https://quay.example/logo.png ",
   "{'logo':'https://quay.example/logo.png'}"},
  {"text-taken-out", "{'logo':'x','other':1}", "logo", NULL, "x", "  ", "{'other':1}"},
  {"number", "{'max_words':100}", "max_words", NULL, "100", "250", "{'max_words':250}"},
  {"no-number", "{'max_words':100}", "max_words", NULL, "100", "some", NULL},
  {"negative-number", "{}", "max_words", NULL, "", "-3", NULL},
  {"inner-number", "{}", "quota", "max_uses", "", "12", "{'quota':{'max_uses':12}}"},
  {"inner-beside-unknown", "{'quota':{'since':'2026','max_uses':3}}", "quota", "max_uses", "3", "",
   "{'quota':{'since':'2026'}}"},
  {"last-inner-taken-out", "{'quota':{'max_uses':3}}", "quota", "max_uses", "3", "", "{}"},
  {"amount", "{'payment':{'model':'per-use'}}", "payment", "amount", "", "12,50",
   "{'payment':{'model':'per-use','amount':12.5}}"},
  {"whole-amount", "{'payment':{'amount':'75'}}", "payment", "amount", "75", "80",
   "{'payment':{'amount':80}}"},
  {"no-amount", "{}", "payment", "amount", "", "eighty", NULL},
  {"choice", "{}", "credit_position", NULL, "", "top", "{'credit_position':'top'}"},
  {"demand-that-is-true", "{'canonical':true}", "canonical", NULL, "required", "none",
   "{'canonical':'none'}"},
  {"truth", "{}", "share_alike", NULL, "", "false", "{'share_alike':false}"},
  {"truth-said-no", "{'share_alike':false}", "share_alike", NULL, "false", "true",
   "{'share_alike':true}"},
  {"list", "{}", "outlets", NULL, "", "Herald, , Weir  Lane ",
   "{'outlets':['Herald','Weir Lane']}"},
  {"one-word-as-list", "{'outlets':'Herald'}", "outlets", NULL, "Herald", "Herald,Post",
   "{'outlets':['Herald','Post']}"},
  {"codes", "{'territory':{'deny':['JP']}}", "territory", "allow", "", "gb, eu",
   "{'territory':{'deny':['JP'],'allow':['GB','EU']}}"},
  {"all-codes", "{}", "territory", "deny", "", "*", "{'territory':{'deny':['*']}}"},
  {"no-codes", "{}", "territory", "allow", "", "Britain", NULL},
  {"lines", "{}", "mandatory_lines", NULL, "", "First, as it is.\n\nSecond.",
   "{'mandatory_lines':['First, as it is.','Second.']}"},
  {"line-in-the-singular", "{'mandatory_line':'First.'}", "mandatory_lines", NULL, "First.",
   "First.\nSecond.", "{'mandatory_line':['First.','Second.']}"},
  {"first-minute", "{}", "valid_from", NULL, "", "2027-03-31",
   "{'valid_from':'2027-03-31T00:00:00Z'}"},
  {"last-minute", "{}", "exclusive_until", NULL, "", "2027-03-31",
   "{'exclusive_until':'2027-03-31T23:59:59Z'}"},
  {"time-of-day", "{'exclusive_until':'2027-01-01T10:00:00Z'}", "exclusive_until", NULL,
   "2027-01-01 10:00", "2027-03-31 18:30", "{'exclusive_until':'2027-03-31T18:30:00Z'}"},
  {"time-with-its-zone", "{}", "valid_from", NULL, "", "2027-03-31T18:30:00+02:00",
   "{'valid_from':'2027-03-31T18:30:00+02:00'}"},
  {"no-time", "{}", "valid_from", NULL, "", "soon", NULL},
  {"pictures", "{'images':null}", "images", NULL, "", "separate", "{'images':'separate'}"},
  {"pictures-of-names", "{'images':'only-credited-to:Ada Reeve, Jo Halm'}", "images",
   "only-credited-to", "Ada Reeve, Jo Halm", "Ada Reeve",
   "{'images':{'only-credited-to':['Ada Reeve']}}"},
  {"pictures-of-a-list", "{'images':['Ada Reeve']}", "images", NULL, "only-credited-to", "excluded",
   "{'images':'excluded'}"},
  {"machines", "{'ai':{'train':'deny'}}", "ai", "input", "", "allow",
   "{'ai':{'train':'deny','input':'allow'}}"},
  {"recalls", "{}", "takedown", "must_honour_kill", "", "true",
   "{'takedown':{'must_honour_kill':true}}"},
};

static const RpTermsField *
find (const char *member, const char *inner)
{
  guint n;
  const RpTermsField *fields = rp_terms_field_list (&n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (fields[i].member, member) && g_strcmp0 (fields[i].inner, inner) == 0)
      return &fields[i];
  g_assert_not_reached ();
}

static JsonObject *
parse (const char *text)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = rp_json_parse_text (json, &error);

  g_assert_no_error (error);

  return json_object_ref (json_node_get_object (node));
}

static void
assert_same (JsonObject *one, JsonObject *two)
{
  g_autoptr (JsonNode) a = json_node_init_object (json_node_alloc (), one);
  g_autoptr (JsonNode) b = json_node_init_object (json_node_alloc (), two);
  g_autofree char *text = rp_json_object_to_text (one, FALSE);

  g_test_message ("%s", text);
  g_assert_true (json_node_equal (a, b));
}

static void
test_write (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  const RpTermsField *field = find (cases[i].member, cases[i].inner);
  g_autoptr (JsonObject) profile = parse (cases[i].before);
  g_autoptr (JsonObject) expected =
    parse (cases[i].after != NULL ? cases[i].after : cases[i].before);
  g_autofree char *was = rp_terms_field_read (field, profile);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (was, ==, cases[i].was);
  g_assert_true (rp_terms_field_write (field, profile, cases[i].text, &error) ==
                 (cases[i].after != NULL));
  if (cases[i].after == NULL)
    g_assert_error (error, RP_ERROR, RP_ERROR_INVALID);
  assert_same (profile, expected);
}

/* What the form writes is what the rules read. */
static void
test_terms (void)
{
  g_autoptr (JsonObject) profile = parse ("{'id':'quay','images':'same'}");
  g_autoptr (RpTerms) terms = NULL;
  static const char *const texts[][3] = {
    {"territory", "deny", "jp"},    {"quota", "period", "month"},
    {"quota", "max_uses", "4"},     {"notify", "required", "true"},
    {"notify", "within_days", "3"}, {"images", "only-credited-to", "Ada Reeve"},
    {"takedown", "hours", "24"},    {"ai", "train", "deny"},
    {"noindex", NULL, "required"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_true (
      rp_terms_field_write (find (texts[i][0], texts[i][1]), profile, texts[i][2], NULL));
  terms = rp_terms_new (profile);
  g_assert_cmpstr (terms->territory_deny[0], ==, "JP");
  g_assert_cmpint (terms->quota_max_uses, ==, 4);
  g_assert_cmpstr (terms->quota_period, ==, "month");
  g_assert_true (terms->notify_required);
  g_assert_cmpint (terms->notify_within_days, ==, 3);
  g_assert_cmpstr (terms->images_credited_to[0], ==, "Ada Reeve");
  g_assert_cmpint (terms->takedown_hours, ==, 24);
  g_assert_true (terms->ai_training_denied);
  g_assert_true (terms->noindex_required);
}

static void
test_describe (void)
{
  static const char *const texts[][4] = {
    {"{'channels':['web','ai']}", "channels", NULL, "Web, AI services"},
    {"{'derivatives':[]}", "derivatives", NULL, "None"},
    {"{'derivatives':null}", "derivatives", NULL, NULL},
    {"{'share_alike':true}", "share_alike", NULL, "Yes"},
    {"{'quota':{'period':'P1M'}}", "quota", "period", "P1M"},
    {"{'commercial':'no-direct-sale'}", "commercial", NULL,
     "Allowed, but the article itself is not sold"},
    {"{'images':{'only-credited-to':['Ada']}}", "images", NULL,
     "Only those credited to certain names"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (JsonObject) profile = parse (texts[i][0]);
    g_autofree char *words = rp_terms_field_describe (find (texts[i][1], texts[i][2]), profile);

    g_assert_cmpstr (words, ==, texts[i][3]);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/ui/terms-form/write/%s", cases[i].name);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_write);
  }
  g_test_add_func ("/ui/terms-form/terms", test_terms);
  g_test_add_func ("/ui/terms-form/describe", test_describe);

  return g_test_run ();
}
