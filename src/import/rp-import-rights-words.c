#include "rp-import-rights-words.h"

#include <string.h>

#include "rp-import-cc.h"
#include "rp-import-needles.h"
#include "rp-import-party.h"
#include "rp-import-regex.h"

/* A statement begins a line or a sentence, or tells of the text itself. Prose that only mentions
 * licences does neither. */
#define START "(?:^|[.!?;:)\\]。；]\\s*|^\\W{1,3})"
#define THIS                                                                                       \
  "(?:(?:note:?\\s*)?(?:this|the|our|all|an?)\\s+(?:above |following |original "                   \
  ")?)?(?:article|story|text|feature|content|piece|post|report|"                                   \
  "excerpt|extract|column|essay|interview|work|material|item|commentary|op-ed|editorial|page|"     \
  "analysis|review|chapter|poem|"                                                                  \
  "news release|press release)s?\\b"
#define IS "(?:\\s+(?:is|are|was|were|has been|have been|appears?|being))?"
#define DONE                                                                                       \
  "(?:re-?)?(?:published|printed|produced|posted|used|issued|syndicated|distributed|supplied|"     \
  "shared|excerpted|adapted|featured|run|presented)"
#define BY "(?<by>[^\\n]{2,140})"

typedef struct {
  RpRightsKind kind;
  RpRegex regex;
} Form;

/* Forms that name their grantor as "by"; the first that fits gives the kind. */
static Form forms[] = {
  /* licensed */
  {RP_RIGHTS_LICENSED,
   RP_REGEX (START "(?:" THIS IS "\\s+)?(?:also |first |here )*" DONE
                   "(?:\\s+here|\\s+exclusively)?\\s+(?:under|on|by|with)\\s+"
                   "(?:an?\\s+|the\\s+|exclusive\\s+|special\\s+|content\\s+)*licen[cs](?:e|ing "
                   "agreement)(?:\\s+agreement)?\\s+(?:from|by|of|with)\\s+" BY)},
  {RP_RIGHTS_LICENSED,
   RP_REGEX (START "(?:" THIS IS
                   "\\s+)?(?:licensed|syndicated|sub-?licensed)(?:\\s+content|\\s+material|\\s+"
                   "exclusively)?\\s+(?:from|by|via|courtesy of)\\s+" BY)},
  {RP_RIGHTS_LICENSED, RP_REGEX ("^\\W{0,3}(?:©|\\(c\\)|copyright)?\\s*(?:content |article |story "
                                 ")?(?:provided|supplied)\\s+by\\s+" BY)},
  {RP_RIGHTS_LICENSED,
   RP_REGEX ("(?:veröffentlicht|erscheint|publiziert|abgedruckt|nachdruck|verwendet|wiedergegeben)["
             "^.]{0,40}?\\b(?:unter|in|mit)\\s+lizenz\\s+(?:von|der|des|vom)?\\s*" BY)},
  {RP_RIGHTS_LICENSED,
   RP_REGEX (START "(?:(?:cet|ce|l)\\S*\\s+\\p{L}+\\s+(?:est|a "
                   "été)\\s+)?(?:re)?(?:publié|produit|diffusé|repris)e?s?\\s+sous\\s+licen[cs]"
                   "e\\s+(?!creative)(?:exclusive\\s+)?(?:de |des |du |d['’])?" BY)},
  {RP_RIGHTS_LICENSED,
   RP_REGEX (START "(?:\\p{L}+\\s+){0,3}(?:re)?(?:publicad|reproducid|difundid)[oa]s?\\s+(?:bajo|"
                   "con)\\s+licencia\\s+(?!creative)(?:de |del )" BY)},
  {RP_RIGHTS_LICENSED,
   RP_REGEX (START "(?:\\p{L}+\\s+){0,3}(?:re)?(?:publicad|reproduzid|licenciad)[oa]s?\\s+(?:sob|"
                   "com)\\s+licença\\s+(?!creative)(?:de |da |do |dos |das )" BY)},
  {RP_RIGHTS_LICENSED, RP_REGEX (START "(?:\\p{L}+\\s+){0,3}(?:ri)?(?:pubblicat|prodott)[oaie]\\s+"
                                       "su\\s+licenza\\s+(?:di |del |della |dell['’])?" BY)},
  {RP_RIGHTS_LICENSED, RP_REGEX (START "(?:\\p{L}+\\s+){0,4}(?:gepubliceerd|overgenomen|geplaatst)"
                                       "\\s+onder\\s+licentie\\s+van\\s+" BY)},
  {RP_RIGHTS_LICENSED, RP_REGEX (START "(?:\\p{L}+\\s+){0,3}(?:opublikowan|publikowan|przedruk)\\p{"
                                       "L}*\\s+na\\s+licencji\\s+(?!creative)" BY)},
  {RP_RIGHTS_LICENSED,
   RP_REGEX ("(?:публикуется|опубликовано|публікується)\\s+(?:по лицензии|за ліцензією)\\s+" BY)},
  {RP_RIGHTS_LICENSED,
   RP_REGEX_NEEDING ("ライセンス",
                     "(?:本記事は|この記事は)?(?<by>[^\\s。、は]{2,40}?)(?:との|より)(?"
                     ":の)?ライセンス(?:契約|許諾)?(?:に基づ|を受け|のもと)")},
  {RP_RIGHTS_LICENSED,
   RP_REGEX_NEEDING ("isans|izni|İZNİ",
                     "(?<by>[\\p{L} .&]{2,60})\\s*(?:lisansıyla|lisansı ile|izni ve lisansıyla)")},
  {RP_RIGHTS_LICENSED, RP_REGEX ("بموجب ترخيص من\\s+" BY)},
  {RP_RIGHTS_LICENSED, RP_REGEX ("(?:와|과)의?\\s*(?:라이선스|라이센스)\\s*계약")},
  /* permission */
  {RP_RIGHTS_PERMISSION,
   RP_REGEX (START "(?:" THIS IS "[^.]{0,160}?\\s+)?(?:and\\s+is\\s+|here\\s+|is\\s+)*" DONE
                   "(?:\\s+here|\\s+online)?,?\\s+(?:with|by)\\s+"
                   "(?:the\\s+|kind\\s+|special\\s+|express\\s+|full\\s+|written\\s+|author['’]"
                   "s\\s+)*permission(?:\\s+(?:of|from|by)\\s+" BY ")?")},
  {RP_RIGHTS_PERMISSION, RP_REGEX (START "(?:" THIS IS "\\s+)?(?:" DONE
                                         "\\s+)?(?:here\\s+)?(?:by\\s+)?courtesy\\s+of\\s+" BY)},
  {RP_RIGHTS_PERMISSION,
   RP_REGEX ("^\\W{0,3}(?:all (?:text|content)[^.]{0,40})?used\\s+(?:with|by)\\s+permission\\b")},
  {RP_RIGHTS_PERMISSION, RP_REGEX ("(?<!nur "
                                   ")mit\\s+(?:freundlicher|ausdrücklicher|der)?\\s*(?:genehmigung|"
                                   "erlaubnis)\\s+(?:von|der|des|vom|durch)\\s+" BY)},
  {RP_RIGHTS_PERMISSION,
   RP_REGEX (START "(?:(?:cet|ce|l)\\S*\\s+\\p{L}+\\s+(?:est|a "
                   "été)\\s+)?(?:(?:re)?(?:produit|publié|pris|produite|publiée)\\s+)?avec\\s+l['’]"
                   "(?:aimable\\s+)?autorisation\\s+(?:de |des |du |d['’])" BY)},
  {RP_RIGHTS_PERMISSION,
   RP_REGEX (
     START "(?:(?:este|esta)\\s+\\p{L}+\\s+)?(?:\\p{L}+\\s+)?(?:re)?(?:publicad|producid|impres)["
           "oa]s?\\s+(?:aquí\\s+)?con\\s+(?:el\\s+)?(?:permiso|autorización)\\s+(?:de |del )" BY)},
  {RP_RIGHTS_PERMISSION,
   RP_REGEX (START "(?:\\p{L}+\\s+){0,3}(?:re)?(?:publicad|produzid)[oa]s?\\s+(?:aqui\\s+)?com\\s+("
                   "?:a\\s+)?(?:permissão|autorização)(?:\\s+(?:de |da |do |dos |das )" BY ")?")},
  {RP_RIGHTS_PERMISSION,
   RP_REGEX (
     START
     "(?:\\p{L}+\\s+){0,4}per\\s+gentile\\s+concessione\\s+(?:di |del |della |dell['’]|dei )" BY)},
  {RP_RIGHTS_PERMISSION,
   RP_REGEX (START "(?:\\p{L}+\\s+){0,4}(?:overgenomen|gepubliceerd|herdruk\\p{L}*)\\s+met\\s+(?:"
                   "vriendelijke\\s+)?toestemming\\s+van\\s+" BY)},
  {RP_RIGHTS_PERMISSION,
   RP_REGEX (
     START "(?:\\p{L}+\\s+){0,2}(?:przedruk|opublikowan\\p{L}*|publikacja)\\s+za\\s+zgodą\\s+" BY)},
  {RP_RIGHTS_PERMISSION, RP_REGEX ("(?:перепечатано|публикуется|опубликовано|передруковано|"
                                   "публікується)\\s+(?:с\\s+разрешения|з\\s+дозволу)\\s+" BY)},
  {RP_RIGHTS_PERMISSION,
   RP_REGEX ("(?:本文|文章|此文)?(?:已)?(?:经|經|由|获|獲)\\s*(?<by>[^\\s，。,]{1,30}?)\\s*(?:授权|"
             "授權|许可|許可|同意)\\s*(?:转载|轉載|刊登|发布|發佈|刊发)")},
  {RP_RIGHTS_PERMISSION, RP_REGEX ("(?<!未)(?:经|經)?(?:授权|授權|许可|許可|同意)(?:转载|轉載|刊登)"
                                   "(?:自|于)?\\s*(?<by>[^\\s，。,]{0,30})")},
  {RP_RIGHTS_PERMISSION,
   RP_REGEX ("(?:(?<by>[^\\s。、は]{2,40})(?:の|から)?(?:の)?)許可を(?:得て|受けて)(?:転載|掲載)")},
  {RP_RIGHTS_PERMISSION,
   RP_REGEX_NEEDING (
     "허",
     "(?<by>[^\\s.]{1,40})(?:의)?\\s*허(?:락|가)를\\s*(?:받아|얻어)\\s*(?:전재|게재|재게시)")},
  {RP_RIGHTS_PERMISSION, RP_REGEX ("بإذن من\\s+" BY)},
  {RP_RIGHTS_PERMISSION,
   RP_REGEX_NEEDING ("izniyle|İZNİYLE", "(?<by>[\\p{L} .&]{2,60}?)(?:['’]?n[ıiuü]n)?\\s+izniyle")},
};

/* Where the text stood first: names its publisher, grants nothing. */
static RpRegex origins[] = {
  RP_REGEX ("(?:originally|first)\\s+(?:published|appeared|posted|printed|ran|aired|featured)(?:"
            "\\s+online|\\s+here)?\\s+(?:by|in|on|at|via|with)\\s+" BY),
  RP_REGEX ("(?:appeared|published)\\s+(?:first|originally)\\s+(?:on|in|at|by)\\s+" BY),
  RP_REGEX ("\\brepublished\\s+from\\s+" BY),
  RP_REGEX ("\\bread\\s+the\\s+(?:original|full)\\s+(?:story|article|post|version|piece)\\s+(?:at|"
            "on|in|from|by)\\s+" BY),
  RP_REGEX ("\\b(?:story|article|report|piece)\\s+(?:was|is)\\s+(?:produced|provided|reported)\\s+"
            "by\\s+" BY),
  RP_REGEX ("(?:erschien(?:en)?|veröffentlicht)\\s+(?:zuerst|zunächst|ursprünglich)\\s+(?:in|auf|"
            "bei|im|von)\\s+(?:der |dem )?" BY),
  RP_REGEX ("zuerst\\s+(?:erschienen|veröffentlicht)\\s+(?:in|auf|bei|im)\\s+(?:der |dem )?" BY),
  RP_REGEX ("(?:initialement|originellement|d['’]abord)\\s+(?:été\\s+)?(?:publié|paru)e?\\s+(?:par|"
            "dans|sur|en)\\s+" BY),
  RP_REGEX ("(?:republié|repris)e?\\s+(?:à partir )?de\\s+" BY),
  RP_REGEX (
    "(?:publicad[oa]|apareció)\\s+(?:originalmente|primero|por primera vez)\\s+(?:en|por)\\s+" BY),
  RP_REGEX ("originalmente\\s+(?:publicad[oa])\\s+(?:en|por|em|no|na|pelo|pela)\\s+" BY),
  RP_REGEX ("publicad[oa]\\s+originalmente\\s+(?:no|na|em|por|pelo|pela)\\s+" BY),
  RP_REGEX ("(?:pubblicat[oa]|apparso)\\s+(?:originariamente|originalmente|per la prima volta|in "
            "origine)\\s+(?:su|in|da|sul)\\s+" BY),
  RP_REGEX (
    "(?:verscheen|gepubliceerd)\\s+(?:eerder|eerst|oorspronkelijk)\\s+(?:in|op|bij)\\s+" BY),
  RP_REGEX ("(?:ukazał|opublikowan)\\p{L}*\\s+(?:się\\s+)?(?:pierwotnie|po raz "
            "pierwszy)\\s+(?:w|na|przez)\\s+" BY),
  RP_REGEX ("оригинал\\s+(?:статьи|текста|материала)\\s*[:—-]?\\s*" BY),
  RP_REGEX ("(?:впервые|первоначально)\\s+опубликован\\p{L}*\\s+(?:в|на)\\s+" BY),
  RP_REGEX ("本文(?:转载自|轉載自|转自|首发于|首發於|来源|原载于|原載於)\\s*[:：]?\\s*(?<by>[^"
            "\\s，。,;；]{1,40})"),
  RP_REGEX_NEEDING (
    "に",
    "(?<by>[^\\s。、は]{2,40})に(?:も)?(?:投稿|掲載)され(?:ています|ました|た記事)"),
  RP_REGEX_NEEDING ("에", "(?<by>[^\\s.]{2,40})에\\s*먼저\\s*실"),
  RP_REGEX ("نُ?شر أولاً? في\\s+" BY),
};

static RpRegex origin_subject = RP_REGEX (
  START
  "(?:\\(|\\[)?(?:" THIS "|(?:a )?versions? of this|the post\\b|(?:originally|first) "
  "(?:published|appeared|posted)|(?:published|appeared) "
  "(?:originally|first)|republished from|read the (?:original|full)|"
  "(?:dieser|der|die|dieses) (?:artikel|text|beitrag|bericht)|zuerst erschienen|(?:cet|ce|l['’]) "
  "?(?:article|texte|reportage)|(?:initialement|d['’]abord) (?:publié|paru)|"
  "(?:este|esta|el|la|o|a) "
  "(?:artículo|texto|nota|reportaje|artigo|matéria|reportagem)|(?:originalmente "
  ")?publicad[oa]|(?:questo|il) (?:articolo|testo)|"
  "(?:dit|het) (?:artikel|stuk)|(?:ten )?(?:artykuł|tekst)|оригинал|(?:эта|этот) "
  "|впервые|本文|この記事|이 (?:기사|글)|نُ?شر)");

static RpRegex reserved = RP_REGEX (
  "all\\s+rights\\s+(?:are\\s+)?reserved|alle\\s+rechte\\s+vorbehalten|tous\\s+droits\\s+(?:de\\s+["
  "^.]{0,60})?réservés|todos\\s+(?:los|os)\\s+(?:derechos|direitos)\\s+reservados|"
  "tutti\\s+i\\s+diritti\\s+(?:sono\\s+)?riservati|riproduzione\\s+riservata|alle\\s+rechten\\s+"
  "voorbehouden|wszelkie\\s+prawa\\s+zastrzeżone|все\\s+права\\s+защищены|усі\\s+права\\s+захищені|"
  "tüm\\s+hakları?\\s+saklıdır|جميع\\s+الحقوق\\s+محفوظة|כל\\s+הזכויות\\s+שמורות|版权所有|版權所有|"
  "著作权归.{0,12}所有|版权归.{0,12}所有|未经(?:授权|许可).{0,8}(?:不得|禁止|严禁)|無断(?:転載|"
  "複製)|"
  "무단\\s?전재|alla\\s+rättigheter\\s+förbehåll|alle\\s+rettigheter|kaikki\\s+oikeudet|may\\s+"
  "not\\s+be\\s+(?:published|reproduced|copied|redistributed|republished)|"
  "no\\s+part\\s+of\\s+this|nachdruck\\s+(?:nur|verboten)|prohibida\\s+la\\s+reproducción|"
  "reproduction\\s+(?:prohibited|interdite|is forbidden)|kopiowanie\\s+bez\\s+zgody|"
  "niets\\s+uit\\s+deze|proibida\\s+a\\s+reprodução|prohibida\\s+la\\s+redistribución");

static RpRegex copyright_mark = RP_REGEX ("^\\W{0,3}(?:\\p{L}{0,14}\\s?)?(?:©|\\(c\\)\\s?(?=\\d|"
                                          "\\p{L})|copyright\\b)|저작권자|著作权|版权|版權");
static RpRegex agency_bar = RP_REGEX ("may\\s+not\\s+be\\s+published,?\\s+broadcast|distributed\\s+"
                                      "by\\s+[^.]{0,40}(?:agency|news|service|syndicate)|"
                                      "redistribución y la redifusión|\\bdpa:\\d{6}");
static RpRegex distributed = RP_REGEX ("\\bdistributed\\s+by\\s+(?<by>[^\\n]{2,100})");

static RpRegex public_domain = RP_REGEX (
  "^\\W{0,3}(?:(?:this|the|all)\\s+(?:text|article|story|work|content|report|material|release)[^.]{"
  "0,60}\\bin the public domain\\b|"
  "(?:text|article|story)?\\s*(?:is\\s+)?(?:in the )?public domain\\b|.{0,120}\\bwaived all "
  "copyright\\b|to the extent possible under law\\b.{0,160}|"
  "(?:dieser|der)\\s+(?:text|artikel|beitrag)[^.]{0,40}gemeinfrei|gemeinfrei\\b|(?:ce |le "
  ")?textes?\\s+(?:est\\s+)?(?:dans le |du )domaine public|"
  "(?:este|esta)\\s+\\p{L}+[^.]{0,40}(?:dominio público|domínio "
  "público)|(?:questo\\s+)?testo[^.]{0,30}pubblico "
  "dominio|(?:deze|dit)\\s+\\p{L}+[^.]{0,40}publiek domein|"
  ".{0,40}domen\\p{L}+ publiczn|.{0,40}общественн\\p{L}+ "
  "достояни|.{0,20}公有领域|.{0,20}公有領域|.{0,30}パブリック ?ドメイン|.{0,60}\\bcc[\\s-]?0\\b)");

static RpRegex cc_speech = RP_REGEX (
  "\\b(?:is|are|was|were|being|been)?\\s*(?:re)?(?:licen[cs]ed|published|released|available|"
  "distributed|shared|provided|reused|made available)\\b[^.]{0,80}(?:under|creative|cc\\b)|"
  "^\\W{0,3}(?:licen[cs]ed?|lizenz|licencia|licença|licenza|licencja|лицензия|text|story|article|"
  "words|content|all|except|unless|this|the text|source|originally|republished|published|"
  "dieser|diese|dieses|der "
  "text|cet|ce|sous|texte|este|esta|texto|conteúdo|questo|quest|testo|dit|deze|tekst|ten|本|この|"
  "이|©|\\(c\\)|copyright|cc\\b|creative commons)|"
  "licenciad[oa]|licence creative|licencia creative|licenza cc|lizenziert|veröffentlicht "
  "unter|udostępnion|на условиях|по лицензии|采用|採用|ライセンス");

/* Prose about rights, not a statement of them. */
static RpRegex prose =
  RP_REGEX ("\\b(?:said|says|told|argued?s?|lawyers?|court|judge|tribunal|lawsuit|sued|had "
            "been|whether|wondered|according to|critics|platform|lost|such as)\\b|"
            "平台|法院|律师");
static RpRegex negated = RP_REGEX (
  "\\b(?:not|no longer|never|isn['’]t|without)\\s+(?:\\w+\\s+){0,2}(?:licen[cs]ed|available "
  "under|under (?:a )?(?:cc|creative)|published under)|未经授权转载的");
static RpRegex pictures_only =
  RP_REGEX ("^\\W{0,3}(?:photos?|images?|pictures?|foto(?:s|grafía|grafia)?|bild(?:er)?|grafik|"
            "illustrations?|graphics?|cover|videos?|icons?|crédits? "
            "photos?|credit|图片|圖片|照片|写真|画像|사진|фото|zdjęci\\p{L}+)\\b");

static RpRegex usage = RP_REGEX (
  START
  "(?:(?:restricted to |for )?editorial use only|no "
  "(?:sales|archiv(?:es?|ing)|marketing|advertising|commercial use|tv|internet|resale|use "
  "after)\\b|"
  "(?:mandatory|compulsory) credit\\b|please credit\\b|(?:\\p{L}+(?: \\p{L}+)?) "
  "out\\b(?=[.,;]|$)|for use within\\b|for (?:editorial|print|online|internal|media) use only|"
  "one[- ]time use|first north american serial|online use by|print rights only|not for "
  "(?:commercial|resale)|may only be used\\b|"
  "nur (?:zur|für) (?:redaktionelle\\p{L}*|einmalige\\p{L}*)|honorarfrei\\b|abdruck "
  "honorarfrei|usage (?:éditorial|rédactionnel)|mention obligatoire|"
  "solo (?:para )?uso editorial|uso editoriale|apenas (?:para )?uso editorial|uitsluitend voor "
  "redactioneel|"
  "при "
  "(?:перепечатке|использовании|цитировании)[^.]{0,80}обязательн|转载请注明(?!出处$)|転載(?:"
  "する場合|の際))");

static RpRegex embargo = RP_REGEX (
  "^\\W{0,3}(?:strictly |under |news release )*embargo(?:ed)?\\b(?!\\s*:?\\s*(?:none|no\\b|for "
  "immediate))[^.]{0,60}\\b(?:until|till|to|for|:)|"
  "\\b(?:is|are) (?:strictly )?(?:under )?embargoed? (?:until|till|for)|not for "
  "(?:publication|release|broadcast)[^.]{0,40}\\b(?:before|until|prior)|"
  "^\\W{0,3}(?:hold|held) for release until|^\\W{0,3}sperrfrist\\s*:|^\\W{0,3}(?:sous "
  ")?embargo\\b[^.]{0,30}jusqu|^\\W{0,3}embargado hasta|^\\W{0,3}no publicar antes|"
  "^\\W{0,3}embargado até|^\\W{0,3}(?:sotto )?embargo (?:fino|sino)|^\\W{0,3}(?:onder )?embargo "
  "tot|^\\W{0,3}embargo do\\b|報道解禁|解禁日時|엠바고|禁发期|"
  "^\\W{0,3}эмбарго до");

static RpRegex image_credit = RP_REGEX (
  "(?:^|[.!?]\\s+|[(\\[])(?<whole>(?:photos?|images?|pictures?|foto(?:grafía|grafia)?|bild|"
  "abbildung|illustration|crédits? ?photos?|photo credits?|image credits?|picture "
  "credits?|fot|zdjęcie|фото|图片来源|圖片來源|图源|图|写真|画像|사진)"
  "(?:\\s*(?:credit|by|courtesy(?: "
  "of)?|from|quelle|提供|par|di|de))?\\s*(?:[:：=.]|(?<=by)|(?<=of))\\s*(?<by>[^\\n]{2,120}))$");
static RpRegex demanded = RP_REGEX (
  "(?:(?:mandatory|compulsory)\\s+credit(?:\\s+line)?|please\\s+credit|must\\s+credit|credit\\s+"
  "must\\s+read|crédit\\s+obligatoire|mention\\s+obligatoire)\\s*[:：]?\\s*(?<by>[^\\n.;]{2,100})");

static const char *const names[] = {
  "creative-commons", "public-domain",       "licensed",      "permission",
  "agency-copyright", "all-rights-reserved", "original-link", "usage-restriction",
  "embargo",          "image-credit",        "none"};

const char *
rp_rights_kind_name (RpRightsKind kind)
{
  return names[kind];
}

gboolean
rp_rights_may_speak (const char *text)
{
  return rp_needles_find (text);
}

gboolean
rp_rights_is_reserved (const char *text)
{
  return rp_regex_test (&reserved, text);
}

gboolean
rp_rights_is_embargo (const char *text)
{
  return rp_regex_test (&embargo, text);
}

/* Inside quotation marks with words around them: the text quotes a notice, it does not give one. */
static gboolean
is_quoted (const char *text)
{
  static RpRegex quoted = RP_REGEX ("[\\p{L}:,]\\s*[“\"„«][^”\"“»]*(?:copyright|©|rights|licen|"
                                    "permission|embargo)[^”\"“»]*[”\"“»]");

  return rp_regex_test (&quoted, text);
}

static gboolean
is_creative_commons (const char *text)
{
  return rp_cc_is_mentioned (text) && rp_regex_test (&cc_speech, text) &&
         !rp_regex_test (&pictures_only, text);
}

static RpRightsKind
judge_form (const char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++) {
    if (rp_regex_test (&forms[i].regex, text))
      return forms[i].kind;
  }
  return RP_RIGHTS_NONE;
}

static RpRightsKind
judge_copyright (const char *text)
{
  g_autofree char *holder = NULL;

  if (rp_regex_test (&agency_bar, text) && rp_regex_test (&copyright_mark, text))
    return RP_RIGHTS_AGENCY;
  holder = rp_party_find_copyright (text);
  if (holder != NULL && strlen (text) < 400 && rp_party_is_agency (holder))
    return RP_RIGHTS_AGENCY;
  if (rp_regex_test (&agency_bar, text) || rp_regex_test (&reserved, text))
    return RP_RIGHTS_RESERVED;
  return rp_regex_test (&copyright_mark, text) && holder != NULL && strlen (text) < 160
           ? RP_RIGHTS_RESERVED
           : RP_RIGHTS_NONE;
}

static RpRightsKind
judge_rest (const char *text)
{
  if (rp_rights_names_origin (text) && rp_regex_test (&origin_subject, text))
    return RP_RIGHTS_ORIGINAL;
  if (rp_regex_test (&usage, text))
    return RP_RIGHTS_USAGE;
  if (rp_regex_test (&embargo, text))
    return RP_RIGHTS_EMBARGO;
  return strlen (text) < 240 && rp_regex_test (&image_credit, text) ? RP_RIGHTS_IMAGE
                                                                    : RP_RIGHTS_NONE;
}

RpRightsKind
rp_rights_words_judge (const char *text)
{
  RpRightsKind kind;

  if (text == NULL || is_quoted (text) || rp_regex_test (&prose, text) ||
      rp_regex_test (&negated, text))
    return RP_RIGHTS_NONE;
  if (is_creative_commons (text)) {
    g_autoptr (RpCc) cc = rp_cc_from_text (text);

    return cc != NULL && cc->public_domain ? RP_RIGHTS_PUBLIC_DOMAIN : RP_RIGHTS_CREATIVE_COMMONS;
  }
  if (rp_regex_test (&public_domain, text))
    return RP_RIGHTS_PUBLIC_DOMAIN;
  if (!rp_regex_test (&pictures_only, text)) {
    kind = judge_form (text);
    if (kind == RP_RIGHTS_NONE)
      kind = judge_copyright (text);
    if (kind != RP_RIGHTS_NONE)
      return kind;
  }
  return judge_rest (text);
}

static char *
find_by (RpRegex *regex, const char *text)
{
  g_autofree char *by = rp_regex_dup_named (regex, text, "by");

  return by != NULL ? rp_party_tidy (by) : NULL;
}

/* "TEXT by NAME is licensed", "Text: NAME, CC BY", "Autorin: NAME", "© NAME, distributed …" */
static char *
find_cc_author (const char *text)
{
  static RpRegex ways[] = {
    RP_REGEX ("\\b(?:by|von|por|par|di)\\s+(?<by>[^\\n,]{2,80}?)\\s+(?:is|are|ist|steht|está|est|è)"
              "\\s+(?:licen[cs]ed|lizenziert|licenciad|unter|mis|bajo|distribu)"),
    RP_REGEX ("^(?:dieser|der|diese|dieses)\\s+\\p{L}+\\s+von\\s+(?<by>[^\\n,]{2,80}?)\\s+(?:ist|"
              "steht|wird)\\b"),
    RP_REGEX ("^(?:text|words|story|article|texte|texto|testo|tekst)\\s*(?::|by|von|de|di|par)\\s*("
              "?<by>[^\\n,]{2,80}),"),
    RP_REGEX ("\\b(?:autor(?:in|a)?|author|auteure?|autore|autorzy)\\s*:\\s*(?<by>[^\\n,;]{2,80})"),
    RP_REGEX ("\\bby\\s+(?<by>[^\\n,]{2,80}?)\\s+under\\b"),
    RP_REGEX ("under law,\\s*(?<by>[^\\n,]{2,80}?)\\s+has waived"),
    RP_REGEX ("\\brepublished (?:here )?from\\s+(?<by>[^\\n]{2,80}?)\\s+under\\b"),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++) {
    char *name = find_by (&ways[i], text);

    if (name != NULL)
      return name;
  }
  return NULL;
}

char *
rp_rights_find_grantor (const char *text)
{
  char *name = find_by (&distributed, text);

  for (gsize i = 0; name == NULL && i < G_N_ELEMENTS (forms); i++)
    name = find_by (&forms[i].regex, text);
  if (name == NULL && (rp_cc_is_mentioned (text) || rp_regex_test (&public_domain, text)))
    name = find_cc_author (text);

  return name;
}

char *
rp_rights_find_origin (const char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (origins); i++) {
    char *name = find_by (&origins[i], text);

    if (name != NULL)
      return name;
  }
  return NULL;
}

gboolean
rp_rights_names_origin (const char *text)
{
  static RpRegex words =
    RP_REGEX ("\\boriginal (?:article|story|post|version)|article original|artículo "
              "original|artigo original|articolo originale|originalartikel|原文");

  for (gsize i = 0; i < G_N_ELEMENTS (origins); i++) {
    if (rp_regex_test (&origins[i], text))
      return TRUE;
  }
  return rp_regex_test (&words, text);
}

char *
rp_rights_find_credit (const char *text)
{
  g_autofree char *by = rp_regex_dup_named (&demanded, text, "by");
  gsize length;

  if (by == NULL)
    by = rp_regex_dup_named (&image_credit, text, "by");
  if (by == NULL)
    return NULL;
  length = strlen (by);
  while (length > 0 && strchr (").] ", by[length - 1]) != NULL)
    by[--length] = '\0';

  return length > 0 ? g_steal_pointer (&by) : NULL;
}
