#include "rp-import-needles.h"

#include <string.h>

/* Three bytes at least, and "©" beside them. ASCII is compared without case; words of other scripts
 * stand here in each case that occurs. */
static const char *const needles[] = {
  "licen",
  "lizenz",
  "lisans",
  "licencj",
  "лиценз",
  "ЛИЦЕНЗ",
  "Лиценз",
  "ліценз",
  "ЛІЦЕНЗ",
  "Ліценз",
  "permis",
  "genehmigung",
  "erlaubnis",
  "autorisation",
  "autorizaci",
  "autoriza",
  "concessione",
  "toestemming",
  "zgod",
  "izniyle",
  "разрешен",
  "РАЗРЕШЕН",
  "Разрешен",
  "дозволу",
  "ДОЗВОЛУ",
  "Дозволу",
  "(c)",
  "copyright",
  "rights",
  "rechte",
  "droits",
  "derechos",
  "direitos",
  "diritti",
  "riproduzione",
  "prawa",
  "права",
  "ПРАВА",
  "Права",
  "creative commons",
  "cc by",
  "cc-by",
  "cc0",
  "cc 0",
  "public domain",
  "gemeinfrei",
  "domaine public",
  "dominio p",
  "domínio p",
  "DOMÍNIO P",
  "publiek domein",
  "pubblico dom",
  "domen",
  "достояни",
  "ДОСТОЯНИ",
  "Достояни",
  "originally",
  "originalmente",
  "first pub",
  "first app",
  "first post",
  "appeared",
  "original a",
  "original s",
  "original v",
  "original p",
  "originalartikel",
  "article original",
  "erschien",
  "initialement",
  "republi",
  "verscheen",
  "pierwotnie",
  "ukazał",
  "UKAZAŁ",
  "apparso",
  "embargo",
  "embargado",
  "sperrfrist",
  "not for pub",
  "not for rel",
  "not for bro",
  "publicar antes",
  "for release until",
  "editorial use",
  "redaktionell",
  "no sales",
  "no arch",
  "no use",
  "no market",
  "no adver",
  "no commercial",
  "no tv",
  "no internet",
  "no resale",
  "credit",
  "crédit",
  "CRÉDIT",
  "mention oblig",
  " OUT",
  "for use within",
  "use only",
  "one-time use",
  "one time use",
  "serial",
  "not for com",
  "not for resale",
  "may only be used",
  "обязательн",
  "ОБЯЗАТЕЛЬН",
  "Обязательн",
  "nachdruck",
  "abdruck",
  "honorarfrei",
  "uso editorial",
  "uso editoriale",
  "usage édit",
  "USAGE ÉDIT",
  "kopiowanie",
  "niets uit",
  "provided by",
  "supplied by",
  "courtesy",
  "syndicat",
  "distributed",
  "waived",
  "reprinted",
  "reproduced",
  "reproduzid",
  "reproducid",
  "reproduit",
  "riprodott",
  "przedruk",
  "overgenomen",
  "herdruk",
  "photo",
  "image:",
  "picture",
  "foto",
  "bild:",
  "fot.",
  "фото",
  "ФОТО",
  "Фото",
  "zdjęci",
  "ZDJĘCI",
  "abbildung",
  "illustration",
  "图片来源",
  "图源",
  "圖片來源",
  "写真",
  "画像",
  "사진",
  "授权",
  "授權",
  "许可",
  "許可",
  "同意",
  "转载",
  "轉載",
  "転載",
  "전재",
  "허락",
  "허가",
  "版权",
  "版權",
  "著作",
  "저작",
  "首发",
  "首發",
  "知识共享",
  "知識共享",
  "创用",
  "創用",
  "コモンズ",
  "ライセンス",
  "라이선스",
  "라이센스",
  "公有",
  "パブリック",
  "解禁",
  "엠바고",
  "禁发",
  "投稿",
  "掲載",
  "먼저 실",
  "먼저실",
  "无断",
  "無断",
  "무단",
  "بإذن",
  "ترخيص",
  "محفوظة",
  "أولا",
  "שמורות",
  "оригинал",
  "ОРИГИНАЛ",
  "Оригинал",
  "впервые",
  "ВПЕРВЫЕ",
  "Впервые",
  "первоначально",
  "ПЕРВОНАЧАЛЬНО",
  "Первоначально",
  "перепечат",
  "ПЕРЕПЕЧАТ",
  "Перепечат",
  "публику",
  "ПУБЛИКУ",
  "Публику",
  "опубликов",
  "ОПУБЛИКОВ",
  "Опубликов",
  "передрук",
  "ПЕРЕДРУК",
  "Передрук",
  "повний",
  "ПОВНИЙ",
  "Повний",
  "saklıdır",
  "SAKLIDIR",
  "hakları",
  "HAKLARI",
  "publicad",
  "publicat",
  "publié",
  "PUBLIÉ",
  "veröffentlicht",
  "VERÖFFENTLICHT",
  "rättigheter",
  "RÄTTIGHETER",
  "rettigheter",
  "oikeudet",
  "(by-",
};

#define SLOTS 32768

/* The needles by their first three bytes, folded: few places of a text begin any, and the map of
 * bits sends nearly all of them away. */
typedef struct {
  guint64 map[SLOTS / 64];
  gint16 first[SLOTS];
  gint16 next[G_N_ELEMENTS (needles)];
} Index;

/* Bit 5 tells the cases of ASCII letters apart: it is left out. */
static guint
slot (const guchar *at)
{
  return ((guint) (at[0] & 0xDF) * 0x9E5 + (guint) (at[1] & 0xDF) * 0x1F3 + (at[2] & 0xDF)) % SLOTS;
}

static const Index *
get_index (void)
{
  static gsize ready;
  static Index index;

  if (g_once_init_enter (&ready)) {
    memset (index.first, -1, sizeof index.first);
    for (gint16 i = 0; i < (gint16) G_N_ELEMENTS (needles); i++) {
      guint bit = slot ((const guchar *) needles[i]);

      index.next[i] = index.first[bit];
      index.first[bit] = i;
      index.map[bit / 64] |= G_GUINT64_CONSTANT (1) << (bit % 64);
    }
    g_once_init_leave (&ready, 1);
  }
  return &index;
}

static gboolean
begins_with (const char *at, const char *needle)
{
  for (; *needle != '\0'; at++, needle++) {
    if (*at != *needle && g_ascii_tolower (*at) != *needle)
      return FALSE;
  }
  return TRUE;
}

gboolean
rp_needles_find (const char *text)
{
  const Index *index = get_index ();

  if (strstr (text, "©") != NULL)
    return TRUE;
  for (const guchar *at = (const guchar *) text; at[0] != '\0' && at[1] != '\0'; at++) {
    guint bit = slot (at);

    if ((index->map[bit / 64] >> (bit % 64) & 1) == 0)
      continue;
    for (gint16 i = index->first[bit]; i >= 0; i = index->next[i]) {
      if (begins_with ((const char *) at, needles[i]))
        return TRUE;
    }
  }
  return FALSE;
}
