#include "rp-import-clutter.h"

#include <string.h>

#include "rp-import-regex.h"

#define CLUTTER_LIMIT 260 /* bytes; a longer line is prose */
#define NOTICE_LIMIT 420

/* Whole lines. Comments, related stories and the like end the article. */
static RpRegex ends = RP_REGEX (
  "^(?:\\d+\\s+(?:responses?|comments?|replies|thoughts?|réponses?|commentaires?|kommentare?|"
  "comentarios?|comentários?|commenti|reacties|"
  "komentarzy|комментари\\p{L}+)\\b(?:\\s+(?:to|on|à|zu|a|auf)\\b.*)?|"
  "(?:leave|post|write|add) a (?:comment|reply).*|(?:join|start) the "
  "(?:conversation|discussion).*|comments?(?:\\s*\\(\\d+\\))?:?|"
  "(?:комментарии|kommentare|commentaires|comentarios|comentários|commenti|reacties|komentarze|"
  "评论|コメント|댓글)(?:\\s*\\(\\d+\\))?:?|"
  "(?:view|show|see|read|load) (?:all )?(?:the )?(?:\\d+ )?comments?.*|kommentar "
  "(?:hinzufügen|schreiben)|ajouter un commentaire.*|deja un comentario.*|"
  "related (?:articles?|stories|posts?|content|coverage|reading|links|news|topics)\\b.{0,120}|"
  "more (?:from|on|in|like) (?:this|the|our|around)\\b.{0,60}|more (?:stories|news|articles|from "
  ".{2,40})|"
  "you (?:may|might) (?:also )?(?:like|enjoy|be interested).*|recommended(?: for you| stories| "
  "articles| reading)?:?|"
  "(?:most|los más|le plus|meist) "
  "(?:popular|read|viewed|shared|leído\\w*|lus?|gelesen).{0,40}|trending(?: now| stories)?|popular "
  "(?:posts|stories)|"
  "read (?:this )?next:?|up next:?|what to read next|(?:also|keep) reading|don't "
  "miss:?|editor'?s'? picks?|"
  "(?:leggi|lire|lee|leia|lees|читайте|czytaj|les) "
  "(?:anche|aussi|también|também|ook|также|też|også)\\b.{0,160}|"
  "(?:関連記事|関連リンク|関連ニュース|相关(?:文章|阅读|新闻)|相關(?:文章|閱讀|新聞)|관련 "
  "?기사|지금 인기.*|推荐阅读|猜你喜欢)[:：]?.{0,40}|"
  "das könnte (?:sie|dich|euch) auch interessieren.*|mehr zum thema.*|lesen sie auch.*|weitere "
  "artikel.*|sur le même sujet.*|à lire aussi.*|"
  "artículos relacionados.*|notas relacionadas.*|articoli correlati.*|powiązane.*|zobacz "
  "(?:też|także).*|"
  "about the authors?:?|filed under\\b.*|see also:?|footnotes?:?)$");

static RpRegex lines = RP_REGEX (
  "^(?:(?:share|tweet|email|print|save|pin it|like us|follow us|subscribe|sign up|sign in|log "
  "?in|register|donate|support us)\\b"
  "(?:[^.!?]{0,80}[!.]?|[^.]{0,80}(?:newsletter|facebook|twitter|inbox|story|work|friends|linkedin|"
  "whatsapp|rss|email)[^.]{0,60}[.!]?)|"
  "(?:share|spread) (?:this|on|via|the)\\b.{0,80}|tweet this\\b.{0,80}|.{0,60}\\bshare this "
  "(?:story|article|post)!?|"
  "(?:table of contents|page contents|on this page|in this article|jump to(?: section| details)?|"
  "quick links|thanks for signing up!?|be the first to know!?):?|"
  "(?:advertisement|advertising|sponsored(?: "
  "content)?|publicité|anzeige|werbung|publicidad|pubblicità|advertentie|реклама|reklama|広告|광고)"
  "\\.?|"
  "(?:article continues|story continues|scroll down|continue reading|read more|show more|load "
  "more)\\b.{0,60}|"
  "(?:click|tap) here\\b.{0,100}|(?:get|download) (?:the|our) (?:.{0,30} )?app\\b.{0,60}|"
  "get (?:the|our|your|all the)\\b.{0,60}(?:daily|weekly|inbox|newsletter|delivered).{0,40}|"
  ".{0,60}(?:newsletter|boletín|bulletin).{0,60}(?:sign "
  "up|subscribe|inscri|abonn|suscr|iscri).{0,60}|"
  "(?:suscríbete|inscrivez|abonnez|iscriviti|abonnieren|abonniere|assine|подписывайтесь|"
  "подпишитесь|schrijf je in|zapisz się)\\b.{0,100}|"
  "(?:artikel "
  "teilen|compartilhe|comparte|compartir|partager|condividi|udostępnij|поделиться|teilen|delen|"
  "分享到|シェア|공유하기).{0,60}|"
  "点赞 ?收藏.*|如若转载，请注明出处.{0,10}|转载请注明.{0,20}|"
  "(?:tags?|topics?|categor(?:y|ies)|keywords|schlagwörter|themen|mots-clés|etiquetas)\\s*:.{0,160}"
  "|"
  "(?:home|about|contact|impressum|datenschutz|privacy|terms|cookies?|imprint|sitemap|agb|mentions "
  "légales|aviso legal|politique de "
  "confidentialité|política de "
  "privacidad\\p{L}*|このサイトについて|プライバシーポリシー)(?:[\\s|·•,/>-]+.{0,80})?|"
  "(?:we|this site|nous|wir|diese website|este "
  "sitio)\\b.{0,40}\\bcookies?\\b.{0,200}|(?:accept|accepter|alle) (?:all |tous les "
  ")?cookies.{0,60}|"
  "print(?: this(?: page| article)?)?|epaper lesen|subscribe via rss|back to top|skip to (?:main "
  ")?content|menu|search|close|"
  "to find out more about the author\\b.{0,80}|authors?, please log in.*|.{0,40}please log in "
  "»?|next (?:article|post|story)\\b.{0,80}|previous (?:article|post|story)\\b.{0,80})$");

/* Words of a site's own foot. */
static RpRegex foot_words = RP_REGEX (
  "privacy|terms (?:of|and|&)|terms$|cookie|imprint|impressum|datenschutz|\\bagb\\b|sitemap|site "
  "map|contact us|advertise with|powered by|icp备|icp证|"
  "aviso legal|política de|politica de|polityka prywatności|mentions légales|politique "
  "de|informativa|condizioni|nutzungsbedingungen|"
  "プライバシー|利用規約|개인정보|이용약관|隐私|隱私|политика|пользовательск|gizlilik|algemene "
  "voorwaarden|privacyverklaring|designed by|hosted by|"
  "do not sell|accessibility");
static RpRegex mark = RP_REGEX ("©|\\(c\\)\\s*\\d|copyright");
static RpRegex range = RP_REGEX ("(?:©|\\(c\\)|copyright).{0,40}(?:19|20)\\d\\d\\s*[-–—]\\s*(?:(?:"
                                 "19|20)?\\d\\d|present|today)\\b");

gboolean
rp_clutter_is_site_footer (const char *line)
{
  static const char *const marks[] = {"©", "(c)", "(C)", "opyright", "OPYRIGHT"};
  gboolean marked = FALSE;

  if (line == NULL || strlen (line) > 600)
    return FALSE;
  for (gsize i = 0; !marked && i < G_N_ELEMENTS (marks); i++)
    marked = strstr (line, marks[i]) != NULL;
  if (!marked || !rp_regex_test (&mark, line))
    return FALSE;
  return rp_regex_test (&range, line) || rp_regex_test (&foot_words, line);
}

gboolean
rp_clutter_is_file_name (const char *line)
{
  static RpRegex file = RP_REGEX ("^[^\\s/]{3,120}\\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?)$");
  static RpRegex slot = RP_REGEX ("^(?=\\S*_)[a-z0-9][\\w-]{5,120}$");
  static RpRegex parts = RP_REGEX ("^(?:[a-z0-9]+[_-]){2,}[a-z0-9]+$");

  if (line == NULL)
    return FALSE;
  return rp_regex_test (&file, line) ||
         (rp_regex_test (&slot, line) && rp_regex_test (&parts, line));
}

gboolean
rp_clutter_is_teaser (const char *line)
{
  static RpRegex teaser =
    RP_REGEX ("^\\W*(?:read(?: more| also| next| on)?|also read|related(?: \\p{L}+)?|see also|see "
              "more|watch(?: more| now| also)?|listen|more|don'?t miss|recommended|"
              "further reading|in pictures|in pics|photos|gallery|opinion|explainer|analysis|must "
              "read|you may like|keep reading|what to know|"
              "lire (?:aussi|plus|également)|à lire(?: aussi)?|voir aussi|lesen sie "
              "(?:auch|mehr)|mehr(?: zum thema)?|siehe auch|leggi (?:anche|di più)|guarda anche|"
              "lee (?:también|más)|te puede interesar|ver también|leia (?:também|mais)|veja "
              "também|lees (?:ook|meer)|zie ook|czytaj (?:też|także|więcej)|"
              "zobacz (?:też|także)|читайте также|смотрите также|läs (?:också|mer|även)|les "
              "(?:også|mer)|läs mer)\\s*(?::|\\||–|—|-|>|»|\\.\\.\\.).{0,240}$");

  return line != NULL && strlen (line) < 400 && rp_regex_test (&teaser, line);
}

/* What a site says of itself between the paragraphs, whatever its length. */
static RpRegex notice = RP_REGEX_NEEDING (
  "ommission|igning up|ubscri|ubmitting|licking|subject to change|ewsletter",
  "\\b(?:may (?:earn|receive|get) (?:a|an)\\b.{0,40}\\bcommissions?|earn (?:a|an)?\\s?.{0,24}"
  "commissions? (?:from|on|if|when)|by (?:signing up|subscribing|submitting|clicking)\\b.{0,80}"
  "\\b(?:agree|consent|accept|confirm)|"
  "pricing and availability (?:are )?subject to change|"
  "(?:sign up|subscribe)\\b.{0,60}\\bnewsletters?\\b.{0,60}$)");

gboolean
rp_clutter_is_notice (const char *line)
{
  return line != NULL && strlen (line) <= NOTICE_LIMIT && rp_regex_test (&notice, line);
}

gboolean
rp_clutter_is_end (const char *line)
{
  return line != NULL && *line != '\0' && strlen (line) <= CLUTTER_LIMIT &&
         rp_regex_test (&ends, line);
}

RpClutter
rp_clutter_judge (const char *line)
{
  if (line == NULL || *line == '\0')
    return RP_CLUTTER_NONE;
  if (strlen (line) > CLUTTER_LIMIT)
    return RP_CLUTTER_NONE;
  if (rp_clutter_is_end (line))
    return RP_CLUTTER_END;
  if (rp_regex_test (&lines, line) || rp_clutter_is_file_name (line))
    return RP_CLUTTER_LINE;
  return RP_CLUTTER_NONE;
}
