/* The table of terms: a line for each. */
#include "rp-terms-form-fields.h"

#include <glib/gi18n-lib.h>

const char *const rp_terms_group_titles[RP_TERMS_N_GROUPS] = {
  [RP_TERMS_PARTIES] = N_ ("Parties and contact"),
  [RP_TERMS_PLACE] = N_ ("Where and when"),
  [RP_TERMS_MONEY] = N_ ("Money and number of uses"),
  [RP_TERMS_CHANGES] = N_ ("Changes and limits"),
  [RP_TERMS_CREDIT] = N_ ("Credit and links"),
  [RP_TERMS_PICTURES] = N_ ("Pictures"),
  [RP_TERMS_MACHINES] = N_ ("Machines"),
  [RP_TERMS_DUTIES] = N_ ("Duties afterwards"),
};

static const RpTermsChoice confidences[] = {
  {"declared", N_ ("Declared by the source")},
  {"parsed", N_ ("Read from its words")},
  {"guessed", N_ ("Guessed")},
  {"confirmed", N_ ("Confirmed by a person")},
  {NULL},
};
static const RpTermsChoice permissions[] = {
  {"yes", N_ ("Allowed")},
  {"ask", N_ ("Ask before each use")},
  {"no", N_ ("Not allowed")},
  {NULL},
};
static const RpTermsChoice channels[] = {
  {"web", N_ ("Web")},
  {"app", N_ ("App")},
  {"newsletter", N_ ("Newsletter")},
  {"print", N_ ("Print")},
  {"broadcast", N_ ("Radio and television")},
  {"social", N_ ("Social networks")},
  {"api", N_ ("Interfaces for programs")},
  {"ai", N_ ("AI services")},
  {NULL},
};
static const RpTermsChoice commerce[] = {
  {"allow", N_ ("Allowed")},
  {"no-direct-sale", N_ ("Allowed, but the article itself is not sold")},
  {"deny", N_ ("Not allowed")},
  {NULL},
};
static const RpTermsChoice paywalls[] = {
  {"allow", N_ ("Allowed")},
  {"forbidden", N_ ("Not allowed")},
  {NULL},
};
static const RpTermsChoice payments[] = {
  {"free", N_ ("Nothing is paid")},
  {"per-use", N_ ("For each use")},
  {"subscription", N_ ("By subscription")},
  {NULL},
};
static const RpTermsChoice periods[] = {
  {"day", N_ ("A day")},         {"week", N_ ("A week")}, {"month", N_ ("A month")},
  {"quarter", N_ ("A quarter")}, {"year", N_ ("A year")}, {NULL},
};
static const RpTermsChoice changes[] = {
  {"headline", N_ ("Headline")},  {"style", N_ ("House style and spelling")},
  {"shorten", N_ ("Shortening")}, {"translate", N_ ("Translation")},
  {"rewrite", N_ ("Rewriting")},  {NULL},
};
static const RpTermsChoice positions[] = {
  {"top", N_ ("At the top")},
  {"end", N_ ("At the end")},
  {NULL},
};
static const RpTermsChoice demands[] = {
  {"required", N_ ("Required")},
  {"preferred", N_ ("Preferred")},
  {"none", N_ ("Not needed")},
  {NULL},
};
static const RpTermsChoice targets[] = {
  {"article", N_ ("The article")},
  {"home", N_ ("The home page is enough")},
  {NULL},
};
static const RpTermsChoice pictures[] = {
  {"same", N_ ("Covered like the text")},
  {"separate", N_ ("Only with a licence of their own")},
  {"only-credited-to", N_ ("Only those credited to certain names")},
  {"excluded", N_ ("Not covered")},
  {NULL},
};
static const RpTermsChoice verdicts[] = {
  {"allow", N_ ("Allowed")},
  {"deny", N_ ("Not allowed")},
  {NULL},
};

static const RpTermsField fields[] = {
  {RP_TERMS_PARTIES, "name", NULL, N_ ("Name"), RP_TERMS_TEXT, NULL, TRUE},
  {RP_TERMS_PARTIES, "licensor", NULL, N_ ("Licensor"), RP_TERMS_TEXT, NULL, TRUE},
  {RP_TERMS_PARTIES, "rights_holder", NULL, N_ ("Rights holder"), RP_TERMS_TEXT, NULL, TRUE},
  {RP_TERMS_PARTIES, "copyright_notice", NULL, N_ ("Copyright notice"), RP_TERMS_TEXT},
  {RP_TERMS_PARTIES, "contact", NULL, N_ ("Contact address"), RP_TERMS_TEXT, NULL, TRUE},
  {RP_TERMS_PARTIES, "statement", NULL, N_ ("Statement of the source"), RP_TERMS_TEXT},
  {RP_TERMS_PARTIES, "terms_url", NULL, N_ ("Page with the terms"), RP_TERMS_TEXT},
  {RP_TERMS_PARTIES, "url", NULL, N_ ("Address of the licence"), RP_TERMS_TEXT},
  {RP_TERMS_PARTIES, "spdx", NULL, N_ ("SPDX id"), RP_TERMS_TEXT},
  {RP_TERMS_PARTIES, "confidence", NULL, N_ ("How the terms are known"), RP_TERMS_CHOICE,
   confidences},
  {RP_TERMS_PARTIES, "summary", NULL, N_ ("Summary"), RP_TERMS_TEXT},
  {RP_TERMS_PARTIES, "notes", NULL, N_ ("Notes"), RP_TERMS_TEXT, NULL, TRUE},

  {RP_TERMS_PLACE, "permission", NULL, N_ ("Publishing"), RP_TERMS_CHOICE, permissions, TRUE},
  {RP_TERMS_PLACE, "channels", NULL, N_ ("Channels"), RP_TERMS_SET, channels, TRUE},
  {RP_TERMS_PLACE, "outlets", NULL, N_ ("Only these outlets"), RP_TERMS_LIST,
   .hint = N_ ("Separated by commas.")},
  {RP_TERMS_PLACE, "requires_accreditation", NULL, N_ ("Only accredited news organisations"),
   RP_TERMS_TRUTH},
  {RP_TERMS_PLACE, "territory", "allow", N_ ("Only in these countries"), RP_TERMS_CODES,
   .hint = N_ ("Codes of two letters such as GB, EU, or * for all, separated by commas.")},
  {RP_TERMS_PLACE, "territory", "deny", N_ ("Not in these countries"), RP_TERMS_CODES,
   .hint = N_ ("Codes of two letters such as GB, EU, or * for all, separated by commas.")},
  {RP_TERMS_PLACE, "valid_from", NULL, N_ ("Begins"), RP_TERMS_TIME,
   .hint = N_ ("A day or a time such as 2027-03-31 or 2027-03-31 18:00.")},
  {RP_TERMS_PLACE, "expires", NULL, N_ ("Ends"), RP_TERMS_LAST_DAY, NULL, TRUE},
  {RP_TERMS_PLACE, "max_age_days", NULL,
   N_ ("Days after its first publication in which it may be used"), RP_TERMS_NUMBER},
  {RP_TERMS_PLACE, "archive_days", NULL, N_ ("Days after which a copy is taken down"),
   RP_TERMS_NUMBER},
  {RP_TERMS_PLACE, "exclusive_to", NULL, N_ ("Exclusive to this partner"), RP_TERMS_TEXT},
  {RP_TERMS_PLACE, "exclusive_until", NULL, N_ ("Exclusive until"), RP_TERMS_LAST_DAY,
   .hint = N_ ("A day or a time such as 2027-03-31 or 2027-03-31 18:00.")},

  {RP_TERMS_MONEY, "commercial", NULL, N_ ("Commercial use"), RP_TERMS_CHOICE, commerce, TRUE},
  {RP_TERMS_MONEY, "paywall", NULL, N_ ("Behind a paywall"), RP_TERMS_CHOICE, paywalls, TRUE},
  {RP_TERMS_MONEY, "payment", "model", N_ ("Payment"), RP_TERMS_CHOICE, payments},
  {RP_TERMS_MONEY, "payment", "amount", N_ ("Amount"), RP_TERMS_AMOUNT},
  {RP_TERMS_MONEY, "payment", "currency", N_ ("Currency"), RP_TERMS_TEXT,
   .hint = N_ ("A code of three letters such as EUR.")},
  {RP_TERMS_MONEY, "quota", "max_uses", N_ ("Uses at most"), RP_TERMS_NUMBER},
  {RP_TERMS_MONEY, "quota", "period", N_ ("Uses are counted over"), RP_TERMS_CHOICE, periods},
  {RP_TERMS_MONEY, "max_items_30d", NULL, N_ ("Articles at most in 30 days"), RP_TERMS_NUMBER},

  {RP_TERMS_CHANGES, "derivatives", NULL, N_ ("Changes allowed"), RP_TERMS_SET, changes, TRUE},
  {RP_TERMS_CHANGES, "max_words", NULL, N_ ("Words at most"), RP_TERMS_NUMBER},
  {RP_TERMS_CHANGES, "max_paragraphs", NULL, N_ ("Paragraphs at most"), RP_TERMS_NUMBER},
  {RP_TERMS_CHANGES, "max_images", NULL, N_ ("Pictures at most"), RP_TERMS_NUMBER},
  {RP_TERMS_CHANGES, "share_alike", NULL, N_ ("A changed copy keeps this licence"), RP_TERMS_TRUTH},
  {RP_TERMS_CHANGES, "licence_on_copy", NULL, N_ ("Licence that a changed copy carries (SPDX id)"),
   RP_TERMS_TEXT},

  {RP_TERMS_CREDIT, "attribution", "required", N_ ("A credit is required"), RP_TERMS_TRUTH},
  {RP_TERMS_CREDIT, "credit_template", NULL, N_ ("Credit line"), RP_TERMS_TEMPLATE, NULL, TRUE},
  {RP_TERMS_CREDIT, "credit_text", NULL, N_ ("Credit in the licensor's own words"), RP_TERMS_TEXT},
  {RP_TERMS_CREDIT, "credit_position", NULL, N_ ("Where the credit line stands"), RP_TERMS_CHOICE,
   positions},
  {RP_TERMS_CREDIT, "credit_editable", NULL, N_ ("The credit line may be worded freely"),
   RP_TERMS_TRUTH},
  {RP_TERMS_CREDIT, "credit_author_affiliation", NULL, N_ ("Name the author's institution"),
   RP_TERMS_TRUTH},
  {RP_TERMS_CREDIT, "mandatory_lines", NULL, N_ ("Lines that must be printed"), RP_TERMS_LINES,
   .hint = N_ ("One below the other.")},
  {RP_TERMS_CREDIT, "link_original", NULL, N_ ("Link to the original"), RP_TERMS_CHOICE, demands},
  {RP_TERMS_CREDIT, "link_target", NULL, N_ ("The link leads to"), RP_TERMS_CHOICE, targets},
  {RP_TERMS_CREDIT, "preserve_links", NULL, N_ ("Keep every link of the text"), RP_TERMS_TRUTH},
  {RP_TERMS_CREDIT, "canonical", NULL, N_ ("Name the original as canonical"), RP_TERMS_CHOICE,
   demands},
  {RP_TERMS_CREDIT, "noindex", NULL, N_ ("Hide it from search engines"), RP_TERMS_CHOICE, demands},
  {RP_TERMS_CREDIT, "tracking_required", NULL, N_ ("Page counter of the licensor"), RP_TERMS_CHOICE,
   demands},
  {RP_TERMS_CREDIT, "tracking_html", NULL, N_ ("HTML of the page counter"), RP_TERMS_TEXT},
  {RP_TERMS_CREDIT, "logo", NULL, N_ ("Address of the logo to show"), RP_TERMS_TEXT},

  {RP_TERMS_PICTURES, "images", NULL, N_ ("Pictures of the article"), RP_TERMS_IMAGES, pictures},
  {RP_TERMS_PICTURES, "images", "only-credited-to", N_ ("Only pictures credited to"),
   RP_TERMS_CREDITED, .hint = N_ ("Names, separated by commas.")},

  {RP_TERMS_MACHINES, "ai", "train", N_ ("Training AI models"), RP_TERMS_CHOICE, verdicts},
  {RP_TERMS_MACHINES, "ai", "input", N_ ("Input to AI answers"), RP_TERMS_CHOICE, verdicts},
  {RP_TERMS_MACHINES, "ai", "index", N_ ("AI indexes"), RP_TERMS_CHOICE, verdicts},
  {RP_TERMS_MACHINES, "ai", "search", N_ ("Search engines"), RP_TERMS_CHOICE, verdicts},
  {RP_TERMS_MACHINES, "tdm_reserved", NULL, N_ ("Text and data mining is reserved"),
   RP_TERMS_TRUTH},
  {RP_TERMS_MACHINES, "tdm_policy", NULL, N_ ("Address of the mining policy"), RP_TERMS_TEXT},

  {RP_TERMS_DUTIES, "notify", "required", N_ ("Tell the licensor about each use"), RP_TERMS_TRUTH},
  {RP_TERMS_DUTIES, "notify", "email", N_ ("Mail address to tell it to"), RP_TERMS_TEXT},
  {RP_TERMS_DUTIES, "notify", "url", N_ ("Page to tell it on"), RP_TERMS_TEXT},
  {RP_TERMS_DUTIES, "notify", "within_days", N_ ("Days in which to tell it"), RP_TERMS_NUMBER},
  {RP_TERMS_DUTIES, "takedown", "must_honour_kill", N_ ("Recalls take the article down"),
   RP_TERMS_TRUTH},
  {RP_TERMS_DUTIES, "takedown", "hours", N_ ("Hours in which it has to be down"), RP_TERMS_NUMBER},
};

/* Members that hold more than one term, or none. */
static const struct {
  const char *member;
  const char *label;
} wholes[] = {
  {"territory", N_ ("Countries")},
  {"payment", N_ ("Payment")},
  {"quota", N_ ("Number of uses")},
  {"attribution", N_ ("Credit")},
  {"mandatory_line", N_ ("Lines that must be printed")},
  {"mandatory_lines", N_ ("Lines that must be printed")},
  {"images", N_ ("Pictures")},
  {"ai", N_ ("AI services")},
  {"notify", N_ ("Telling the licensor")},
  {"takedown", N_ ("Recalls")},
  {"match", N_ ("What it is applied to")},
  {"documents", N_ ("Documents")},
};

const RpTermsField *
rp_terms_field_list (guint *out_n)
{
  g_return_val_if_fail (out_n != NULL, NULL);

  *out_n = G_N_ELEMENTS (fields);

  return fields;
}

const char *
rp_terms_member_label (const char *member)
{
  for (guint i = 0; i < G_N_ELEMENTS (wholes); i++)
    if (g_str_equal (wholes[i].member, member))
      return _ (wholes[i].label);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (fields[i].member, member))
      return _ (fields[i].label);

  return NULL;
}
