#include "rp-policy-words.h"

#include <glib/gi18n-lib.h>

#include <string.h>

#define ODRL(word) RP_ODRL_NS word
#define CC(word) RP_CC_NS word

static const struct {
  const char *name;
  RpPolicyOperator op;
  const char *words;
} operators[] = {
  {"eq", RP_POLICY_OP_EQ, N_ ("{left} is {right}")},
  {"neq", RP_POLICY_OP_NEQ, N_ ("{left} is not {right}")},
  {"lt", RP_POLICY_OP_LT, N_ ("{left} is before or below {right}")},
  {"lteq", RP_POLICY_OP_LTEQ, N_ ("{left} is at most {right}")},
  {"gt", RP_POLICY_OP_GT, N_ ("{left} is after or above {right}")},
  {"gteq", RP_POLICY_OP_GTEQ, N_ ("{left} is at least {right}")},
  {"isA", RP_POLICY_OP_IS_A, N_ ("{left} is a kind of {right}")},
  {"hasPart", RP_POLICY_OP_HAS_PART, N_ ("{left} includes {right}")},
  {"isPartOf", RP_POLICY_OP_IS_PART_OF, N_ ("{left} is part of {right}")},
  {"isAllOf", RP_POLICY_OP_IS_ALL_OF, N_ ("{left} is all of {right}")},
  {"isAnyOf", RP_POLICY_OP_IS_ANY_OF, N_ ("{left} is any of {right}")},
  {"isNoneOf", RP_POLICY_OP_IS_NONE_OF, N_ ("{left} is none of {right}")},
  /* The published JSON-LD context spells neq like this. */
  {"neg", RP_POLICY_OP_NEQ, N_ ("{left} is not {right}")},
  {"lte", RP_POLICY_OP_LTEQ, N_ ("{left} is at most {right}")},
  {"gte", RP_POLICY_OP_GTEQ, N_ ("{left} is at least {right}")},
};

/* Everything lies within "use", except what hands ownership on. */
static const char *const within_use[] = {
  "grantUse",    "compensate", "acceptTracking", "aggregate",     "annotate",
  "anonymize",   "archive",    "attribute",      "concurrentUse", "delete",
  "derive",      "digitize",   "distribute",     "execute",       "ensureExclusivity",
  "include",     "index",      "inform",         "install",       "modify",
  "move",        "nextPolicy", "obtainConsent",  "play",          "present",
  "print",       "read",       "reproduce",      "reviewPolicy",  "stream",
  "synchronize", "transform",  "textToSpeech",   "translate",     "uninstall",
  "watermark",   NULL,
};

static const char *const within_cc[] = {
  "Reproduction", "Distribution", "DerivativeWorks", "CommercialUse", "Notice",
  "Attribution",  "ShareAlike",   "Sharing",         "SourceCode",    NULL,
};

static const struct {
  const char *word;
  const char *parent;
} within_others[] = {
  {"display", ODRL ("play")},
  {"extract", ODRL ("reproduce")},
  {"give", ODRL ("transfer")},
  {"sell", ODRL ("transfer")},
};

static const struct {
  const char *word;
  const char *current;
} deprecated[] = {
  {"append", ODRL ("modify")},
  {"appendTo", ODRL ("modify")},
  {"write", ODRL ("modify")},
  {"writeTo", ODRL ("modify")},
  {"copy", ODRL ("reproduce")},
  {"export", ODRL ("transform")},
  {"license", ODRL ("grantUse")},
  {"pay", ODRL ("compensate")},
  {"payeeParty", ODRL ("compensatedParty")},
  {"attachPolicy", CC ("Notice")},
  {"attachSource", CC ("SourceCode")},
  {"shareAlike", CC ("ShareAlike")},
  {"commercialize", CC ("CommercialUse")},
  {"share", CC ("Sharing")},
  {"device", ODRL ("systemDevice")},
  {"system", ODRL ("systemDevice")},
  {"industry:", ODRL ("industry")},
};

static const char *const roots[] = {
  "use",        "transfer",    "lease",       "lend",        "preview", "secondaryUse",
  "adHocShare", "extractChar", "extractPage", "extractWord", NULL,
};

static const char *const left_operands[] = {
  "absolutePosition",
  "absoluteSize",
  "absoluteSpatialPosition",
  "count",
  "absoluteTemporalPosition",
  "dateTime",
  "delayPeriod",
  "deliveryChannel",
  "elapsedTime",
  "event",
  "fileFormat",
  "industry",
  "language",
  "media",
  "meteredTime",
  "payAmount",
  "percentage",
  "product",
  "purpose",
  "recipient",
  "relativePosition",
  "relativeSize",
  "relativeSpatialPosition",
  "relativeTemporalPosition",
  "resolution",
  "spatial",
  "spatialCoordinates",
  "systemDevice",
  "timeInterval",
  "unitOfCount",
  "version",
  "virtualLocation",
  NULL,
};

static const struct {
  const char *operand;
  const char *words;
} operand_words[] = {
  {"count", N_ ("the number of uses")},
  {"dateTime", N_ ("the date")},
  {"delayPeriod", N_ ("the delay")},
  {"deliveryChannel", N_ ("the channel")},
  {"elapsedTime", N_ ("the time since then")},
  {"event", N_ ("the event")},
  {"industry", N_ ("the industry")},
  {"language", N_ ("the language")},
  {"media", N_ ("the medium")},
  {"payAmount", N_ ("the amount paid")},
  {"percentage", N_ ("the percentage")},
  {"product", N_ ("the product")},
  {"purpose", N_ ("the purpose")},
  {"recipient", N_ ("the recipient")},
  {"resolution", N_ ("the resolution")},
  {"spatial", N_ ("the place")},
  {"version", N_ ("the version")},
  {"virtualLocation", N_ ("the site")},
};

static const char *const other_words[] = {
  "Policy",
  "Set",
  "Offer",
  "Agreement",
  "Request",
  "Assertion",
  "Privacy",
  "Ticket",
  "Asset",
  "Party",
  "Permission",
  "Prohibition",
  "Duty",
  "Constraint",
  "Action",
  "perm",
  "prohibit",
  "invalid",
  "and",
  "or",
  "xone",
  "andSequence",
  "policyUsage",
  "AssetCollection",
  "LogicalConstraint",
  "PartyCollection",
  NULL,
};

/* Members whose strings are references to things. */
static const char *const link_members[] = {
  "target",
  "assigner",
  "assignee",
  "output",
  "relation",
  "hasPolicy",
  "partOf",
  "source",
  "assigneeOf",
  "assignerOf",
  "attributedParty",
  "attributingParty",
  "compensatedParty",
  "compensatingParty",
  "consentingParty",
  "consentedParty",
  "informedParty",
  "informingParty",
  "trackingParty",
  "trackedParty",
  "contractingParty",
  "contractedParty",
  "profile",
  "inheritFrom",
  "permission",
  "prohibition",
  "obligation",
  "duty",
  "remedy",
  "consequence",
  "constraint",
  "refinement",
  "unit",
  "uid",
  "rightOperandReference",
  "and",
  "or",
  "xone",
  "andSequence",
  "dataType",
  "datatype",
  NULL,
};

static const char *const other_members[] = {
  "action",   "includedIn",   "implies", "leftOperand", "operator", "conflict",
  "function", "rightOperand", "status",  "name",        NULL,
};

/* The part of an ODRL name behind the namespace; NULL for other names. */
static const char *
skip_namespace (const char *iri)
{
  return iri != NULL && g_str_has_prefix (iri, RP_ODRL_NS) ? iri + strlen (RP_ODRL_NS) : NULL;
}

RpPolicyOperator
rp_policy_operator_from_name (const char *iri)
{
  const char *word = skip_namespace (iri);

  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (operators); i++)
    if (g_str_equal (word, operators[i].name))
      return operators[i].op;

  return RP_POLICY_OP_UNKNOWN;
}

const char *
rp_policy_operator_words (RpPolicyOperator op)
{
  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    if (operators[i].op == op)
      return _ (operators[i].words);

  return _ ("{left} has a relation to {right} that is not known");
}

const char *
rp_policy_left_operand_words (const char *iri)
{
  const char *word = skip_namespace (iri);

  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (operand_words); i++)
    if (g_str_equal (word, operand_words[i].operand))
      return _ (operand_words[i].words);

  return rp_policy_word_tail (iri);
}

const char *
rp_policy_action_parent (const char *iri)
{
  const char *word = skip_namespace (iri);

  if (word == NULL) {
    if (iri != NULL && g_str_has_prefix (iri, RP_CC_NS) &&
        g_strv_contains (within_cc, iri + strlen (RP_CC_NS)))
      return ODRL ("use");
    return NULL;
  }
  for (guint i = 0; i < G_N_ELEMENTS (within_others); i++)
    if (g_str_equal (word, within_others[i].word))
      return within_others[i].parent;

  return g_strv_contains (within_use, word) ? ODRL ("use") : NULL;
}

const char *
rp_policy_word_current (const char *iri)
{
  const char *word = skip_namespace (iri);

  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (deprecated); i++)
    if (g_str_equal (word, deprecated[i].word))
      return deprecated[i].current;

  return iri;
}

gboolean
rp_policy_word_is_known (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    if (g_str_equal (word, operators[i].name))
      return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (within_others); i++)
    if (g_str_equal (word, within_others[i].word))
      return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (deprecated); i++)
    if (g_str_equal (word, deprecated[i].word))
      return TRUE;

  return g_strv_contains (within_use, word) || g_strv_contains (roots, word) ||
         g_strv_contains (left_operands, word) || g_strv_contains (other_words, word) ||
         g_strv_contains (link_members, word) || g_strv_contains (other_members, word);
}

gboolean
rp_policy_member_is_link (const char *member)
{
  return g_strv_contains (link_members, member);
}

const char *
rp_policy_word_tail (const char *iri)
{
  const char *tail = iri;

  for (const char *letter = iri; *letter != '\0'; letter++)
    if ((*letter == '#' || *letter == '/' || *letter == ':') && letter[1] != '\0')
      tail = letter + 1;

  return tail;
}

/* ISO 3166-1, three letters and the two that stand for the same country. */
static const char countries[] =
  "ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASMAS ATAAQ ATFTF ATGAG "
  "AUSAU AUTAT AZEAZ BDIBI BELBE BENBJ BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL "
  "BLRBY BLZBZ BMUBM BOLBO BRABR BRBBB BRNBN BTNBT BVTBV BWABW CAFCF CANCA CCKCC CHECH "
  "CHLCL CHNCN CIVCI CMRCM CODCD COGCG COKCK COLCO COMKM CPVCV CRICR CUBCU CUWCW CXRCX "
  "CYMKY CYPCY CZECZ DEUDE DJIDJ DMADM DNKDK DOMDO DZADZ ECUEC EGYEG ERIER ESHEH ESPES "
  "ESTEE ETHET FINFI FJIFJ FLKFK FRAFR FROFO FSMFM GABGA GBRGB GEOGE GGYGG GHAGH GIBGI "
  "GINGN GLPGP GMBGM GNBGW GNQGQ GRCGR GRDGD GRLGL GTMGT GUFGF GUMGU GUYGY HKGHK HMDHM "
  "HNDHN HRVHR HTIHT HUNHU IDNID IMNIM INDIN IOTIO IRLIE IRNIR IRQIQ ISLIS ISRIL ITAIT "
  "JAMJM JEYJE JORJO JPNJP KAZKZ KENKE KGZKG KHMKH KIRKI KNAKN KORKR KWTKW LAOLA LBNLB "
  "LBRLR LBYLY LCALC LIELI LKALK LSOLS LTULT LUXLU LVALV MACMO MAFMF MARMA MCOMC MDAMD "
  "MDGMG MDVMV MEXMX MHLMH MKDMK MLIML MLTMT MMRMM MNEME MNGMN MNPMP MOZMZ MRTMR MSRMS "
  "MTQMQ MUSMU MWIMW MYSMY MYTYT NAMNA NCLNC NERNE NFKNF NGANG NICNI NIUNU NLDNL NORNO "
  "NPLNP NRUNR NZLNZ OMNOM PAKPK PANPA PCNPN PERPE PHLPH PLWPW PNGPG POLPL PRIPR PRKKP "
  "PRTPT PRYPY PSEPS PYFPF QATQA REURE ROURO RUSRU RWARW SAUSA SDNSD SENSN SGPSG SGSGS "
  "SHNSH SJMSJ SLBSB SLESL SLVSV SMRSM SOMSO SPMPM SRBRS SSDSS STPST SURSR SVKSK SVNSI "
  "SWESE SWZSZ SXMSX SYCSC SYRSY TCATC TCDTD TGOTG THATH TJKTJ TKLTK TKMTM TLSTL TONTO "
  "TTOTT TUNTN TURTR TUVTV TWNTW TZATZ UGAUG UKRUA UMIUM URYUY USAUS UZBUZ VATVA VCTVC "
  "VENVE VGBVG VIRVI VNMVN VUTVU WLFWF WSMWS YEMYE ZAFZA ZMBZM ZWEZW ";

static const char members_of_eu[] = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL "
                                    "PL PT RO SK SI ES SE ";

/* The two letters for two or three; the code has to be upper case. */
static const char *
find_country (const char *code)
{
  gsize length = strlen (code);

  for (const char *entry = countries; *entry != '\0'; entry += 6)
    if (length == 3 ? memcmp (entry, code, 3) == 0 : memcmp (entry + 3, code, 2) == 0)
      return entry + 3;

  return NULL;
}

char *
rp_policy_country (const char *text)
{
  const char *tail = rp_policy_word_tail (text);
  gsize length = strlen (tail);
  g_autofree char *code = NULL;
  const char *found;

  if (length != 2 && length != 3)
    return NULL;
  if (tail != text && strstr (text, "3166") == NULL && strstr (text, "ountr") == NULL)
    return NULL;
  code = g_ascii_strup (tail, -1);
  found = find_country (code);
  if (found == NULL)
    return g_str_equal (code, "EU") ? g_steal_pointer (&code) : NULL;

  return g_strndup (found, 2);
}

gboolean
rp_policy_country_is_eu (const char *code)
{
  for (const char *member = members_of_eu; *member != '\0'; member += 3)
    if (g_ascii_strncasecmp (member, code, 2) == 0 && code[2] == '\0')
      return TRUE;

  return FALSE;
}
