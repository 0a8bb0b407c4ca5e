/* Judges one CASE file and prints the decision as one line of JSON: for measuring, never installed.
 */
#include "rp-json.h"
#include "rp-rights.h"

#include <stdio.h>

static GBytes *
read_file (const char *path, GError **error)
{
  char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;

  return g_bytes_new_take (text, length);
}

static RpDecision *
judge_file (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = read_file (path, error);
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (RpRightsCase) rights_case = NULL;

  if (bytes == NULL)
    return NULL;
  object = rp_json_parse_object (bytes, path, error);
  if (object == NULL)
    return NULL;
  rights_case = rp_rights_case_new_from_json (object, error);

  return rights_case != NULL ? rp_rights_judge (rights_case) : NULL;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RpDecision) decision = argc == 2 ? judge_file (argv[1], &error) : NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autofree char *text = NULL;

  if (decision == NULL) {
    g_printerr ("%s\n", error != NULL ? error->message : "usage: rights-check-tool CASE.json");
    return 2;
  }

  object = rp_decision_to_json (decision);
  text = rp_json_object_to_text (object, FALSE);
  printf ("%s\n", text);

  return 0;
}
