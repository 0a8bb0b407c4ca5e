#include "rp-concern.h"

#include <glib/gi18n-lib.h>

#include <string.h>

static void
concern_free (gpointer data)
{
  RpConcern *concern = data;

  g_clear_object (&concern->decision);
  g_clear_pointer (&concern->partners, g_ptr_array_unref);
  g_free (concern);
}

static gboolean
is_same (const RpFinding *a, const RpFinding *b)
{
  return a->severity == b->severity && g_str_equal (a->rule, b->rule) &&
         g_str_equal (a->message, b->message) && g_strcmp0 (a->fix_action, b->fix_action) == 0 &&
         g_strcmp0 (a->fix_args, b->fix_args) == 0;
}

static RpConcern *
find_concern (GPtrArray *concerns, const RpFinding *finding)
{
  for (guint i = 0; i < concerns->len; i++) {
    RpConcern *concern = g_ptr_array_index (concerns, i);

    if (is_same (concern->finding, finding))
      return concern;
  }

  return NULL;
}

static RpConcern *
add_concern (GPtrArray *concerns, RpDecision *decision, const RpFinding *finding)
{
  RpConcern *concern = g_new0 (RpConcern, 1);

  concern->decision = g_object_ref (decision);
  concern->finding = finding;
  concern->partners = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (concerns, concern);

  return concern;
}

static void
add_verdict (GPtrArray *concerns, const RpVerdictFor *verdict)
{
  GPtrArray *findings = rp_decision_get_findings (verdict->decision);

  for (guint i = 0; i < findings->len; i++) {
    const RpFinding *finding = g_ptr_array_index (findings, i);
    RpConcern *concern = find_concern (concerns, finding);

    if (concern == NULL)
      concern = add_concern (concerns, verdict->decision, finding);
    if (verdict->partner != NULL && !g_ptr_array_find (concern->partners, verdict->partner, NULL))
      g_ptr_array_add (concern->partners, g_object_ref (verdict->partner));
  }
}

static int
compare_severity (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const RpConcern *const *first = a;
  const RpConcern *const *second = b;

  return (int) (*second)->finding->severity - (int) (*first)->finding->severity;
}

GPtrArray *
rp_concern_list (GPtrArray *verdicts)
{
  GPtrArray *concerns = g_ptr_array_new_with_free_func (concern_free);

  for (guint i = 0; i < verdicts->len; i++)
    add_verdict (concerns, g_ptr_array_index (verdicts, i));
  for (guint i = 0; i < concerns->len; i++) {
    RpConcern *concern = g_ptr_array_index (concerns, i);

    concern->everybody = concern->partners->len == 0 || concern->partners->len == verdicts->len;
  }
  g_ptr_array_sort_with_data (concerns, compare_severity, NULL); /* merge sort: keeps the order */

  return concerns;
}

char *
rp_concern_dup_words (const RpConcern *concern)
{
  g_autoptr (GString) names = g_string_new (NULL);

  if (concern->everybody)
    return g_strdup (concern->finding->message);
  for (guint i = 0; i < concern->partners->len; i++) {
    const char *name = rp_partner_get_name (g_ptr_array_index (concern->partners, i));

    if (strstr (concern->finding->message, name) != NULL)
      return g_strdup (concern->finding->message);
    g_string_append (names, i > 0 ? ", " : "");
    g_string_append (names, name);
  }

  /* Translators: names of partners, then the sentence that is about them. */
  return g_strdup_printf (_ ("%s: %s"), names->str, concern->finding->message);
}

gboolean
rp_concern_is_to_fix (const RpConcern *concern)
{
  return concern->finding->severity != RP_SEVERITY_INFO;
}
