/* Rights: licence + article + partner + moment -> decision. Pure; any thread. The window,
 * reprintctl check and `reprintctl rights check` all come through here. */
#pragma once

#include "rp-article.h"
#include "rp-decision.h"
#include "rp-licence.h"
#include "rp-partner.h"
#include "rp-rights-case.h"
#include "rp-turn.h"

G_BEGIN_DECLS

typedef enum {
  RP_VERDICT_ALLOW,
  RP_VERDICT_DUTY,
  RP_VERDICT_ASK,
  RP_VERDICT_DENY
} RpVerdict;

/* Rules that come before the question whether there is a licence at all, and those whose "no" makes
 * every question to the licence pointless. */
typedef enum {
  RP_RULE_NORMAL = 0,
  RP_RULE_ALWAYS = 1 << 0,
  RP_RULE_ENDS = 1 << 1,
} RpRuleFlags;

typedef struct {
  const char *id;    /* "T101" */
  const char *title; /* N_("Embargo") */
  /* More than ALLOW means: *finding was filled (message, fix, severity comes from the verdict: DUTY
   * info, ASK warn, DENY block). */
  RpVerdict (*judge) (const RpRightsCase *rights_case, RpFinding *finding);
  RpRuleFlags flags; /* a rule without RP_RULE_ALWAYS is only asked when there are terms */
} RpRule;

/* clang-format off */
/* What a finding's button does: flow carries it out, the window only shows the label.
 *
 *   action                 argument              what it does
 *   set-licence            -                     choose a licence of the book for the article
 *   confirm-licence        -                     a person says that the proposed licence is right
 *   ask-owner              what for, see below   a mail to the licensor, filled in
 *   tell-owner             -                     a mail to whom the licence wants told, filled in
 *   record-approval        kind, see below       keep who allowed it and why, then judge again
 *   renew-licence          -                     open the agreement to change its dates
 *   release-article        -                     a person says that embargo or hold is over
 *   withdraw-article       -                     take it back from the partners that have it
 *   schedule               RFC 3339 time         publish then
 *   choose-partner         -                     leave this partner out
 *   edit-partner           property              open the partner there: channels, territories, ads
 *   insert-credit          -                     render with the licence's credit line
 *   insert-byline          -                     render with the authors' names
 *   insert-link            original or licence   render with this link
 *   insert-title           -                     render with the title in the credit
 *   insert-mandatory-line  -                     render with the lines that the licence prescribes
 *   insert-changes-note    -                     render with a note of what was changed
 *   insert-counter         -                     render with the licensor's page counter
 *   move-credit            top                   render with the credit line there
 *   set-canonical          address               name the original as canonical; - = none is known
 *   set-noindex            -                     note that the site keeps search engines away
 *   set-copy-licence       SPDX id               put the changed version under this licence
 *   restore-headline       -                     the headline as it arrived
 *   restore-body           -                     the text as it arrived
 *   restore-links          -                     put the lost links back
 *   trim-body              number of words       shorten to an excerpt, with a link to the original
 *   drop-image             media addresses       leave the pictures out; one address per line
 *   credit-image           media addresses       open the pictures at their credit; likewise
 *
 * Kinds of approval, and what one can ask the owner for: republish, licence, fee, headline, style,
 * shorten, translate, rewrite, age, territory, channel, outlet, exclusive, commercial, paywall,
 * advertising, accreditation, volume, quota, length, images, kill, embargo, policy (what an ODRL
 * policy leaves open or forbids). An approval of that
 * kind silences the rule, except R013: who was allowed after all has a licence, and sets it. */
/* clang-format on */
#define RP_FIX_SET_LICENCE "set-licence"
#define RP_FIX_CONFIRM_LICENCE "confirm-licence"
#define RP_FIX_ASK_OWNER "ask-owner"
#define RP_FIX_TELL_OWNER "tell-owner"
#define RP_FIX_RECORD_APPROVAL "record-approval"
#define RP_FIX_RENEW_LICENCE "renew-licence"
#define RP_FIX_RELEASE_ARTICLE "release-article"
#define RP_FIX_WITHDRAW_ARTICLE "withdraw-article"
#define RP_FIX_SCHEDULE "schedule"
#define RP_FIX_CHOOSE_PARTNER "choose-partner"
#define RP_FIX_EDIT_PARTNER "edit-partner"
#define RP_FIX_INSERT_CREDIT "insert-credit"
#define RP_FIX_INSERT_BYLINE "insert-byline"
#define RP_FIX_INSERT_LINK "insert-link"
#define RP_FIX_INSERT_TITLE "insert-title"
#define RP_FIX_INSERT_MANDATORY_LINE "insert-mandatory-line"
#define RP_FIX_INSERT_CHANGES_NOTE "insert-changes-note"
#define RP_FIX_INSERT_COUNTER "insert-counter"
#define RP_FIX_MOVE_CREDIT "move-credit"
#define RP_FIX_SET_CANONICAL "set-canonical"
#define RP_FIX_SET_NOINDEX "set-noindex"
#define RP_FIX_SET_COPY_LICENCE "set-copy-licence"
#define RP_FIX_RESTORE_HEADLINE "restore-headline"
#define RP_FIX_RESTORE_BODY "restore-body"
#define RP_FIX_RESTORE_LINKS "restore-links"
#define RP_FIX_TRIM_BODY "trim-body"
#define RP_FIX_DROP_IMAGE "drop-image"
#define RP_FIX_CREDIT_IMAGE "credit-image"

extern const RpRule *const rp_rules[]; /* NULL-terminated, made by meson.build */

RpDecision *rp_rights_judge (const RpRightsCase *rights_case); /* gives */
/* The licence is a guess, or sources disagree, and nobody has confirmed it (R011, R012). */
gboolean rp_rights_needs_review (const RpRightsCase *rights_case);
/* When the answer may become another one: embargo, window, age, exclusivity, quota. Earliest first,
 * past ones too. Gives an array of RpTurn. */
GPtrArray *rp_rights_list_turns (const RpRightsCase *rights_case);
/* The first of them after the case's `now`; RP_TIME_NONE when nothing changes by itself. */
gint64 rp_rights_get_next_turn (const RpRightsCase *rights_case);

G_END_DECLS
