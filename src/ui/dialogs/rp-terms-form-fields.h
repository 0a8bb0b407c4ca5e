/* Every term that a licence profile can state, as a table: where it stands in the profile, what it
 * is called, what it may be. The form, the list of terms and the history are drawn from it. A term
 * is read and written as one text; "" means that the profile does not state it. No state, no
 * widgets. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum {
  RP_TERMS_TEXT,
  RP_TERMS_LINES,    /* a list of texts, a line for each */
  RP_TERMS_LIST,     /* a list of texts, separated by commas */
  RP_TERMS_CODES,    /* a list of country codes, EU, or * */
  RP_TERMS_NUMBER,   /* a whole number */
  RP_TERMS_AMOUNT,   /* of money */
  RP_TERMS_CHOICE,   /* one of the choices' ids */
  RP_TERMS_TRUTH,    /* "true" or "false" */
  RP_TERMS_TIME,     /* a day or a time; without a zone, that of the desk */
  RP_TERMS_LAST_DAY, /* the same, but a day counts until it is over */
  RP_TERMS_IMAGES,   /* a choice that may stand as an object, too */
  RP_TERMS_CREDITED, /* whose pictures: a list inside that object */
  RP_TERMS_SET,      /* some of the choices' ids; only read */
  RP_TERMS_TEMPLATE, /* a text, or one for each language; only read */
} RpTermsKind;

typedef enum {
  RP_TERMS_PARTIES,
  RP_TERMS_PLACE,
  RP_TERMS_MONEY,
  RP_TERMS_CHANGES,
  RP_TERMS_CREDIT,
  RP_TERMS_PICTURES,
  RP_TERMS_MACHINES,
  RP_TERMS_DUTIES,
  RP_TERMS_N_GROUPS,
} RpTermsGroup;

typedef struct {
  const char *id;
  const char *label; /* N_() */
} RpTermsChoice;

typedef struct {
  RpTermsGroup group;
  const char *member;
  const char *inner; /* member of the object that `member` holds; NULL = the member itself */
  const char *label; /* N_() */
  RpTermsKind kind;
  const RpTermsChoice *choices; /* up to an id that is NULL */
  gboolean everyday;            /* the dialog has a row of its own for it */
  const char *hint;             /* N_(): how it is written; NULL = that is plain */
} RpTermsField;

extern const char *const rp_terms_group_titles[RP_TERMS_N_GROUPS]; /* N_() */

const RpTermsField *rp_terms_field_list (guint *out_n); /* lends */
/* What a member of the profile is called, as a whole. Lends, translated; NULL when unknown. */
const char *rp_terms_member_label (const char *member);
/* Gives; "" when the profile does not state it. */
char *rp_terms_field_read (const RpTermsField *field, JsonObject *profile);
/* "" takes it out. The error says in words what is wrong with the text; then nothing is written. */
gboolean rp_terms_field_write (const RpTermsField *field,
                               JsonObject *profile,
                               const char *text,
                               GError **error);
/* For people. Gives; NULL when the profile does not state it. */
char *rp_terms_field_describe (const RpTermsField *field, JsonObject *profile);

G_END_DECLS
