#include "rp-decision.h"

#include "rp-json.h"

struct _RpDecision {
  GObject parent_instance;

  GPtrArray *findings; /* owned, of RpFinding */
  guint passed;
};

G_DEFINE_FINAL_TYPE (RpDecision, rp_decision, G_TYPE_OBJECT)

static const char *const severity_names[] = {"info", "warn", "block"};
static const char *const verdict_names[] = {"ok", "warn", "block"};

const char *
rp_severity_name (RpSeverity severity)
{
  return severity_names[severity];
}

static void
finding_free (gpointer data)
{
  RpFinding *finding = data;

  g_free (finding->rule);
  g_free (finding->message);
  g_free (finding->evidence);
  g_free (finding->term);
  g_free (finding->fix_action);
  g_free (finding->fix_label);
  g_free (finding->fix_args);
  g_free (finding);
}

static void
rp_decision_finalize (GObject *object)
{
  g_ptr_array_unref (RP_DECISION (object)->findings);
  G_OBJECT_CLASS (rp_decision_parent_class)->finalize (object);
}

static void
rp_decision_class_init (RpDecisionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rp_decision_finalize;
}

static void
rp_decision_init (RpDecision *self)
{
  self->findings = g_ptr_array_new_with_free_func (finding_free);
}

RpDecision *
rp_decision_new (void)
{
  return g_object_new (RP_TYPE_DECISION, NULL);
}

RpFinding *
rp_decision_add (RpDecision *self, const char *rule, RpSeverity severity, const char *message)
{
  RpFinding *finding = g_new0 (RpFinding, 1);
  guint place = 0;

  finding->rule = g_strdup (rule);
  finding->severity = severity;
  finding->message = g_strdup (message);
  while (place < self->findings->len &&
         ((RpFinding *) g_ptr_array_index (self->findings, place))->severity >= severity)
    place++;
  g_ptr_array_insert (self->findings, (gint) place, finding);

  return finding;
}

void
rp_finding_set_fix (RpFinding *finding, const char *action, const char *label, const char *args)
{
  g_free (finding->fix_action);
  g_free (finding->fix_label);
  g_free (finding->fix_args);
  finding->fix_action = g_strdup (action);
  finding->fix_label = g_strdup (label);
  finding->fix_args = g_strdup (args);
}

GPtrArray *
rp_decision_get_findings (RpDecision *self)
{
  return self->findings;
}

guint
rp_decision_get_passed (RpDecision *self)
{
  return self->passed;
}

void
rp_decision_set_passed (RpDecision *self, guint passed)
{
  self->passed = passed;
}

static RpSeverity
get_worst (RpDecision *self)
{
  return self->findings->len > 0 ? ((RpFinding *) g_ptr_array_index (self->findings, 0))->severity
                                 : RP_SEVERITY_INFO;
}

const char *
rp_decision_get_verdict (RpDecision *self)
{
  return verdict_names[get_worst (self)];
}

gboolean
rp_decision_is_allowed (RpDecision *self)
{
  return get_worst (self) < RP_SEVERITY_BLOCK;
}

static JsonObject *
finding_to_json (const RpFinding *finding)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "rule", finding->rule);
  json_object_set_string_member (object, "severity", severity_names[finding->severity]);
  json_object_set_string_member (object, "message", finding->message);
  rp_json_set_string (object, "evidence", finding->evidence);
  rp_json_set_string (object, "term", finding->term);
  if (finding->fix_action != NULL) {
    JsonObject *fix = json_object_new ();

    json_object_set_string_member (fix, "action", finding->fix_action);
    rp_json_set_string (fix, "label", finding->fix_label);
    rp_json_set_string (fix, "args", finding->fix_args);
    json_object_set_object_member (object, "fix", fix);
  }

  return object;
}

JsonObject *
rp_decision_to_json (RpDecision *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *findings = json_array_new ();

  json_object_set_string_member (object, "decision", rp_decision_get_verdict (self));
  for (guint i = 0; i < self->findings->len; i++)
    json_array_add_object_element (findings,
                                   finding_to_json (g_ptr_array_index (self->findings, i)));
  json_object_set_array_member (object, "findings", findings);
  json_object_set_int_member (object, "passed", self->passed);

  return object;
}

static RpSeverity
severity_from_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (severity_names); i++)
    if (g_strcmp0 (severity_names[i], name) == 0)
      return i;

  return RP_SEVERITY_BLOCK;
}

static void
read_finding (RpDecision *self, JsonObject *object)
{
  JsonObject *fix = rp_json_get_object (object, "fix");
  RpFinding *finding =
    rp_decision_add (self, rp_json_get_string (object, "rule"),
                     severity_from_name (rp_json_get_string (object, "severity")),
                     rp_json_get_string (object, "message"));

  finding->evidence = g_strdup (rp_json_get_string (object, "evidence"));
  finding->term = g_strdup (rp_json_get_string (object, "term"));
  if (fix != NULL)
    rp_finding_set_fix (finding, rp_json_get_string (fix, "action"),
                        rp_json_get_string (fix, "label"), rp_json_get_string (fix, "args"));
}

RpDecision *
rp_decision_from_json (JsonObject *object)
{
  RpDecision *self = rp_decision_new ();
  JsonArray *findings = rp_json_get_array (object, "findings");

  for (guint i = 0; findings != NULL && i < json_array_get_length (findings); i++) {
    JsonNode *node = json_array_get_element (findings, i);

    if (JSON_NODE_HOLDS_OBJECT (node))
      read_finding (self, json_node_get_object (node));
  }
  self->passed = (guint) rp_json_get_int (object, "passed", 0);

  return self;
}
