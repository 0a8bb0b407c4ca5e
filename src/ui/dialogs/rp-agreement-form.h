/* The fields of an agreement that people see, and the profile that they come from and go to. Plain
 * struct, main thread. */
#pragma once

#include "rp-article.h"

G_BEGIN_DECLS

enum {
  RP_AGREEMENT_NAME,
  RP_AGREEMENT_LICENSOR,
  RP_AGREEMENT_HOLDER,
  RP_AGREEMENT_CREDIT,
  RP_AGREEMENT_MATCH,
  RP_AGREEMENT_CONTACT,
  RP_AGREEMENT_NOTES,
  RP_AGREEMENT_N_WORDS,
};
#define RP_AGREEMENT_N_CHANGES 5
#define RP_AGREEMENT_N_CHANNELS 8

/* The widget in the template, and the member or the word in the profile. */
typedef struct {
  const char *id;
  const char *member;
} RpAgreementField;

extern const RpAgreementField rp_agreement_words[RP_AGREEMENT_N_WORDS];
extern const RpAgreementField rp_agreement_changes[RP_AGREEMENT_N_CHANGES];
extern const RpAgreementField rp_agreement_channels[RP_AGREEMENT_N_CHANNELS];

/* Borrowed, never NULL but for `end`. */
typedef struct {
  const char *words[RP_AGREEMENT_N_WORDS];
  gboolean changes[RP_AGREEMENT_N_CHANGES];
  gboolean channels[RP_AGREEMENT_N_CHANNELS];
  gboolean some_channels; /* FALSE = everywhere */
  const char *permission; /* yes, ask, no */
  GDateTime *end;         /* the last moment, in local time; read by the caller */
  gboolean end_changed;   /* else it stays as it was written */
  gboolean paywall;
  const char *commercial; /* allow, no-direct-sale, deny; "" = not stated */
} RpAgreementForm;

/* Strings that had to be made are added to `kept`. */
void rp_agreement_form_from_profile (RpAgreementForm *form,
                                     JsonObject *profile,
                                     RpArticle *article,
                                     GPtrArray *kept);
/* A copy of the profile with what the form says; everything else stays. The credit line is that of
 * the article's language. Gives. */
JsonObject *
rp_agreement_form_to_profile (const RpAgreementForm *form, JsonObject *profile, RpArticle *article);

G_END_DECLS
