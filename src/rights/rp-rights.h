/* Rights: licence + article + partner + moment -> decision. Pure; any thread. The window, reprintctl
 * check and `reprintctl rights check` all come through here. */
#pragma once

#include "rp-article.h"
#include "rp-decision.h"
#include "rp-licence.h"
#include "rp-partner.h"
#include "rp-rights-case.h"

G_BEGIN_DECLS

typedef enum { RP_VERDICT_ALLOW, RP_VERDICT_DUTY, RP_VERDICT_ASK, RP_VERDICT_DENY } RpVerdict;

typedef struct {
  const char *id;    /* "T101" */
  const char *title; /* N_("Embargo") */
  /* More than ALLOW means: *finding was filled (message, fix, severity comes from the verdict: DUTY info,
   * ASK warn, DENY block). */
  RpVerdict (*judge) (const RpRightsCase *rights_case, RpFinding *finding);
} RpRule;

extern const RpRule *const rp_rules[]; /* NULL-terminated, made by meson.build */

RpDecision *rp_rights_judge (const RpRightsCase *rights_case); /* gives */

G_END_DECLS
