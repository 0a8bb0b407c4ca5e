/* What the licence says to one article, one partner, one moment: a list of findings, and the worst
 * of them. Made by rights/, shown by the window and reprintctl, kept by the store. Any thread. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum {
  RP_SEVERITY_INFO,
  RP_SEVERITY_WARN,
  RP_SEVERITY_BLOCK
} RpSeverity;

const char *rp_severity_name (RpSeverity severity); /* "info", "warn", "block" */

typedef struct {
  char *rule; /* owned: "T101" */
  RpSeverity severity;
  char *message;    /* owned: one plain sentence with the actual values */
  char *evidence;   /* owned: where the term was read; NULL = none */
  char *term;       /* owned: the licence field that asks for it */
  char *fix_action; /* owned: action name, see rp-clearance.h; NULL = none */
  char *fix_label;  /* owned: words for the button */
  char *fix_args;   /* owned: argument of the action, a time or an id; NULL = none */
} RpFinding;

#define RP_TYPE_DECISION (rp_decision_get_type ())
G_DECLARE_FINAL_TYPE (RpDecision, rp_decision, RP, DECISION, GObject)

RpDecision *rp_decision_new (void);
/* Adds a finding; message and label are copied. Lends it so that more can be set. */
RpFinding *
rp_decision_add (RpDecision *self, const char *rule, RpSeverity severity, const char *message);
void
rp_finding_set_fix (RpFinding *finding, const char *action, const char *label, const char *args);
GPtrArray *rp_decision_get_findings (RpDecision *self); /* of RpFinding, worst first; lends */
guint rp_decision_get_passed (RpDecision *self);        /* how many rules had nothing to say */
void rp_decision_set_passed (RpDecision *self, guint passed);
const char *rp_decision_get_verdict (RpDecision *self); /* "ok", "warn", "block" */
gboolean rp_decision_is_allowed (RpDecision *self);     /* nothing blocks */
JsonObject *
rp_decision_to_json (RpDecision *self); /* {"decision","findings":[…],"passed"}; gives */
RpDecision *rp_decision_from_json (JsonObject *object);

G_END_DECLS
