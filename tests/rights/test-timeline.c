/* Moments: when an answer changes, in which zone, and over the change of the clocks. */
#include "rp-json.h"
#include "rp-quota.h"
#include "rp-rights.h"
#include "rp-time.h"

static RpRightsCase *
case_of (const char *licence, const char *article, const char *now)
{
  g_autofree char *text =
    g_strdup_printf ("{'now':'%s','licence':%s,'article':%s,'plan':{}}", now, licence, article);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  RpRightsCase *rights_case;

  g_strdelimit (text, "'", '"');
  node = rp_json_parse_text (text, &error);
  g_assert_no_error (error);
  rights_case = rp_rights_case_new_from_json (json_node_get_object (node), &error);
  g_assert_no_error (error);

  return rights_case;
}

static void
test_next_turn (void)
{
  static const struct {
    const char *licence;
    const char *article;
    const char *turn; /* the next one after noon of 4 May, UTC; NULL = none */
  } rows[] = {
    {"{'permission':'yes'}", "{}", NULL},
    {"null", "{'embargoed_until':'2026-05-05T00:01:00+01:00'}", "2026-05-04T23:01:00Z"},
    {"null", "{'embargoed_until':'2026-05-04T12:00:00Z'}", NULL},
    {"null", "{'embargoed_until':'2026-05-05T00:00:00'}", "2026-05-05T12:00:00Z"},
    {"{'permission':'yes','valid_from':'2026-06-01T00:00:00+02:00'}", "{}", "2026-05-31T22:00:00Z"},
    {"{'permission':'yes','expires':'2026-06-30T23:59:59Z'}",
     "{'embargoed_until':'2026-05-20T06:00:00Z'}", "2026-05-20T06:00:00Z"},
    {"{'permission':'yes','expires':'2026-05-01T00:00:00Z'}", "{}", NULL},
    {"{'permission':'yes','exclusive_to':'x','exclusive_until':'2026-05-07T00:00:00Z'}", "{}",
     "2026-05-07T00:00:00Z"},
    {"{'permission':'yes','max_age_days':90}", "{'published':'2026-05-01T08:00:00Z'}",
     "2026-07-30T08:00:00Z"},
    {"{'permission':'yes'}", "{'expires':'2026-05-04T12:00:01Z'}", "2026-05-04T12:00:01Z"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (RpRightsCase) rights_case =
      case_of (rows[i].licence, rows[i].article, "2026-05-04T12:00:00Z");
    g_autofree char *turn = rp_time_format (rp_rights_get_next_turn (rights_case));

    g_test_message ("%s %s", rows[i].licence, rows[i].article);
    g_assert_cmpstr (turn, ==, rows[i].turn);
  }
}

/* At its turn the answer is another one than a microsecond before it. */
static void
test_turns_are_turns (void)
{
  static const struct {
    const char *licence;
    const char *article;
    const char *rule;
    gboolean begins; /* the rule fires from the turn on */
  } rows[] = {
    {"{'permission':'yes'}", "{'embargoed_until':'2026-10-25T02:30:00+02:00'}", "T101", FALSE},
    {"{'permission':'yes','valid_from':'2026-03-29T02:30:00+01:00'}", "{}", "T102", FALSE},
    {"{'permission':'yes','expires':'2026-10-25T02:30:00+01:00'}", "{}", "T103", TRUE},
    {"{'permission':'yes'}", "{'expires':'2026-07-01T00:00:00-05:00'}", "T103", TRUE},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (RpRightsCase) rights_case =
      case_of (rows[i].licence, rows[i].article, "2026-01-01T00:00:00Z");
    gint64 turn = rp_rights_get_next_turn (rights_case);

    g_assert_cmpint (turn, !=, RP_TIME_NONE);
    for (guint step = 0; step < 2; step++) {
      g_autoptr (RpDecision) decision = NULL;
      gboolean fires = FALSE;

      rights_case->at = turn - 1 + step;
      decision = rp_rights_judge (rights_case);
      for (guint k = 0; k < rp_decision_get_findings (decision)->len; k++) {
        const RpFinding *finding = rp_decision_get_findings (decision)->pdata[k];

        fires = fires || g_str_equal (finding->rule, rows[i].rule);
      }
      g_test_message ("%s %u", rows[i].rule, step);
      g_assert_cmpint (fires, ==, rows[i].begins == (step == 1));
    }
  }
}

static void
test_quota (void)
{
  static const struct {
    const char *period;
    const char *now;
    const char *start; /* in UTC; the desk is in Berlin */
    const char *end;
  } rows[] = {
    {"month", "2026-03-31T21:59:59Z", "2026-02-28T23:00:00Z", "2026-03-31T22:00:00Z"},
    {"P1M", "2026-03-31T22:00:00Z", "2026-03-31T22:00:00Z", "2026-04-30T22:00:00Z"},
    {"day", "2026-03-29T12:00:00Z", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"},
    {"day", "2026-10-25T12:00:00Z", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"},
    {"week", "2026-05-10T12:00:00Z", "2026-05-03T22:00:00Z", "2026-05-10T22:00:00Z"},
    {"quarter", "2026-12-31T22:59:59Z", "2026-09-30T22:00:00Z", "2026-12-31T23:00:00Z"},
    {"P1Y", "2026-01-01T00:00:00Z", "2025-12-31T23:00:00Z", "2026-12-31T23:00:00Z"},
    {"ever", "2026-01-01T00:00:00Z", NULL, NULL},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *licence =
      g_strdup_printf ("{'permission':'yes','quota':{'max_uses':3,'period':'%s'}}", rows[i].period);
    g_autoptr (RpRightsCase) rights_case = case_of (licence, "{}", rows[i].now);
    g_autofree char *start_text = NULL;
    g_autofree char *end_text = NULL;
    gint64 start = RP_TIME_NONE, end = RP_TIME_NONE;
    gboolean known = rp_quota_get_period (rights_case->terms, rights_case->now, &start, &end);

    start_text = rp_time_format (start);
    end_text = rp_time_format (end);
    g_test_message ("%s %s", rows[i].period, rows[i].now);
    g_assert_cmpint (known, ==, rows[i].start != NULL);
    g_assert_cmpstr (start_text, ==, rows[i].start);
    g_assert_cmpstr (end_text, ==, rows[i].end);
    if (known)
      g_assert_cmpint (rp_rights_get_next_turn (rights_case), ==, end);
  }
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "Europe/Berlin", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rights/timeline/next-turn", test_next_turn);
  g_test_add_func ("/rights/timeline/turns-are-turns", test_turns_are_turns);
  g_test_add_func ("/rights/timeline/quota", test_quota);

  return g_test_run ();
}
