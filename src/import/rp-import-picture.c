#include "rp-import-picture.h"

#include <gexiv2/gexiv2.h>
#include <string.h>

#include "rp-charset.h"
#include "rp-lazy.h"
#include "rp-text.h"

#define VALUE_LIMIT 20000 /* bytes of one value */

#define GEXIV2_SYMBOLS(X)                                                                          \
  X (gexiv2_initialize)                                                                            \
  X (gexiv2_log_set_level)                                                                         \
  X (gexiv2_metadata_new)                                                                          \
  X (gexiv2_metadata_open_buf)                                                                     \
  X (gexiv2_metadata_try_get_tag_multiple)                                                         \
  X (gexiv2_metadata_try_has_tag)

static struct {
  GEXIV2_SYMBOLS (RP_LAZY_MEMBER)
} gexiv2;

static RpLazy library = {
  .names = (const char *const[]){"libgexiv2.so.2", "libgexiv2.so", NULL},
  .symbols = (const char *const[]){GEXIV2_SYMBOLS (RP_LAZY_NAME) NULL},
  .slots = (gpointer *) &gexiv2,
  .once = G_ONCE_INIT,
};

/* What is looked for where, the best place first. */
static const struct {
  RpPictureFact fact;
  const char *tag;
} places[] = {
  {RP_PICTURE_HEADLINE, "Xmp.photoshop.Headline"},
  {RP_PICTURE_HEADLINE, "Iptc.Application2.Headline"},
  {RP_PICTURE_TITLE, "Xmp.dc.title"},
  {RP_PICTURE_TITLE, "Iptc.Application2.ObjectName"},
  {RP_PICTURE_DESCRIPTION, "Xmp.dc.description"},
  {RP_PICTURE_DESCRIPTION, "Iptc.Application2.Caption"},
  {RP_PICTURE_DESCRIPTION, "Exif.Image.ImageDescription"},
  {RP_PICTURE_ALT, "Xmp.iptc.AltTextAccessibility"},
  {RP_PICTURE_CREATOR, "Xmp.dc.creator"},
  {RP_PICTURE_CREATOR, "Iptc.Application2.Byline"},
  {RP_PICTURE_CREATOR, "Exif.Image.Artist"},
  {RP_PICTURE_CREDIT, "Xmp.photoshop.Credit"},
  {RP_PICTURE_CREDIT, "Iptc.Application2.Credit"},
  {RP_PICTURE_SOURCE, "Xmp.photoshop.Source"},
  {RP_PICTURE_SOURCE, "Iptc.Application2.Source"},
  {RP_PICTURE_NOTICE, "Xmp.dc.rights"},
  {RP_PICTURE_NOTICE, "Iptc.Application2.Copyright"},
  {RP_PICTURE_NOTICE, "Exif.Image.Copyright"},
  {RP_PICTURE_HOLDER, "Xmp.plus.CopyrightOwner[1]/plus:CopyrightOwnerName"},
  {RP_PICTURE_HOLDER, "Xmp.xmpRights.Owner"},
  {RP_PICTURE_TERMS, "Xmp.xmpRights.UsageTerms"},
  {RP_PICTURE_LICENCE, "Xmp.cc.license"},
  {RP_PICTURE_LICENCE, "Xmp.dcterms.license"},
  {RP_PICTURE_WEB_STATEMENT, "Xmp.xmpRights.WebStatement"},
  {RP_PICTURE_LICENSOR, "Xmp.plus.Licensor[1]/plus:LicensorName"},
  {RP_PICTURE_LICENSOR_URL, "Xmp.plus.Licensor[1]/plus:LicensorURL"},
  {RP_PICTURE_TDM, "Xmp.plus.DataMining"},
  {RP_PICTURE_INSTRUCTIONS, "Xmp.photoshop.Instructions"},
  {RP_PICTURE_INSTRUCTIONS, "Iptc.Application2.SpecialInstructions"},
  {RP_PICTURE_CREATED, "Xmp.photoshop.DateCreated"},
  {RP_PICTURE_CREATED, "Iptc.Application2.DateCreated"},
  {RP_PICTURE_CREATED, "Exif.Photo.DateTimeOriginal"},
  {RP_PICTURE_CITY, "Xmp.photoshop.City"},
  {RP_PICTURE_CITY, "Iptc.Application2.City"},
  {RP_PICTURE_KEYWORDS, "Xmp.dc.subject"},
  {RP_PICTURE_KEYWORDS, "Iptc.Application2.Keywords"},
  {RP_PICTURE_GUID, "Xmp.iptcExt.DigImageGUID"},
  {RP_PICTURE_GUID, "Xmp.plus.ImageSupplierImageID"},
};

/* Kinds */

static const char *
sniff_container (const char *data)
{
  static const char *const kinds[][2] = {
    {"avif", "image/avif"}, {"avis", "image/avif"}, {"heic", "image/heic"}, {"heix", "image/heic"},
    {"hevc", "image/heic"}, {"mif1", "image/heif"}, {"msf1", "image/heif"}};

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    if (memcmp (data + 8, kinds[i][0], 4) == 0)
      return kinds[i][1];
  }
  return NULL;
}

const char *
rp_picture_sniff (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (size < 12)
    return NULL;
  if (memcmp (data, "\xFF\xD8\xFF", 3) == 0)
    return "image/jpeg";
  if (memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0)
    return "image/png";
  if (memcmp (data, "GIF87a", 6) == 0 || memcmp (data, "GIF89a", 6) == 0)
    return "image/gif";
  if (memcmp (data, "RIFF", 4) == 0 && memcmp (data + 8, "WEBP", 4) == 0)
    return "image/webp";
  if (memcmp (data, "II*\0", 4) == 0 || memcmp (data, "MM\0*", 4) == 0)
    return "image/tiff";
  return memcmp (data + 4, "ftyp", 4) == 0 ? sniff_container (data) : NULL;
}

/* Values */

/* lang="x-default" Words, lang="de" Worte: the first of them. */
static char *
dup_first_language (const char *value)
{
  const char *start = value;
  const char *end;

  if (!g_str_has_prefix (value, "lang=\""))
    return g_strdup (value);
  start = strchr (value + 6, '"');
  if (start == NULL)
    return g_strdup (value);
  start++;
  end = strstr (start, ", lang=\"");
  return end != NULL ? g_strndup (start, (gsize) (end - start)) : g_strdup (start);
}

/* Old pictures hold bytes of any encoding. Gives; NULL when nothing is left. */
static char *
dup_clean (const char *value)
{
  gsize size = MIN (strlen (value), VALUE_LIMIT);
  g_autoptr (GBytes) bytes = g_bytes_new (value, size);
  g_autofree char *text = rp_charset_to_utf8 (bytes, NULL, NULL, NULL);
  g_autofree char *first = dup_first_language (text);

  return rp_text_clean (first);
}

static char *
dup_tag (GExiv2Metadata *metadata, const char *tag)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) missing = NULL;
  g_auto (GStrv) values = NULL;
  g_autoptr (GString) all = g_string_new (NULL);

  if (!gexiv2.gexiv2_metadata_try_has_tag (metadata, tag, &missing))
    return NULL;
  values = gexiv2.gexiv2_metadata_try_get_tag_multiple (metadata, tag, &error);
  for (guint i = 0; values != NULL && values[i] != NULL; i++) {
    g_autofree char *clean = dup_clean (values[i]);

    if (clean != NULL && all->len < VALUE_LIMIT)
      g_string_append_printf (all, "%s%s", all->len > 0 ? "; " : "", clean);
  }
  return all->len > 0 ? g_string_free (g_steal_pointer (&all), FALSE) : NULL;
}

/* Exif writes 2026:05:01 10:11:12. */
static void
mend_date (char *date)
{
  if (date != NULL && strlen (date) >= 10 && date[4] == ':' && date[7] == ':')
    date[4] = date[7] = '-';
}

/* The PLUS vocabulary ends on DMI-ALLOWED, DMI-PROHIBITED and several longer prohibitions. */
static void
mend_tdm (char **value)
{
  const char *said = *value != NULL ? strstr (*value, "DMI-") : NULL;
  char *plain = NULL;

  if (said != NULL && strcmp (said, "DMI-ALLOWED") == 0)
    plain = g_strdup ("allowed");
  else if (said != NULL && g_str_has_prefix (said, "DMI-PROHIBITED"))
    plain = g_strdup ("reserved");
  g_free (*value);
  *value = plain;
}

/* The file format's own texts that cameras leave when nobody wrote any. */
static void
drop_camera_words (RpPictureFacts *facts)
{
  static const char *const words[] = {
    "OLYMPUS DIGITAL CAMERA", "SONY DSC", "SAMSUNG CAMERA PICTURES", "DCIM", "Default", NULL};
  char **value = &facts->values[RP_PICTURE_DESCRIPTION];

  if (*value != NULL && g_strv_contains (words, *value))
    g_clear_pointer (value, g_free);
}

static void
read_metadata (const guint8 *data, gsize size, RpPictureFacts *facts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GObject) metadata = NULL;

  if (!gexiv2.gexiv2_initialize ())
    return;
  gexiv2.gexiv2_log_set_level (GEXIV2_LOG_LEVEL_MUTE);
  metadata = G_OBJECT (gexiv2.gexiv2_metadata_new ());
  if (!gexiv2.gexiv2_metadata_open_buf ((GExiv2Metadata *) metadata, data, (glong) size, &error))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
    char **value = &facts->values[places[i].fact];

    if (*value == NULL)
      *value = dup_tag ((GExiv2Metadata *) metadata, places[i].tag);
  }
}

RpPictureFacts *
rp_picture_read_facts (GBytes *bytes)
{
  RpPictureFacts *facts = g_new0 (RpPictureFacts, 1);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (rp_picture_sniff (bytes) == NULL || size > G_MAXINT || !rp_lazy_load (&library))
    return facts;
  rp_lazy_lock ();
  read_metadata (data, size, facts);
  rp_lazy_unlock ();
  mend_date (facts->values[RP_PICTURE_CREATED]);
  mend_tdm (&facts->values[RP_PICTURE_TDM]);
  drop_camera_words (facts);

  return facts;
}

void
rp_picture_facts_free (RpPictureFacts *facts)
{
  for (guint i = 0; i < RP_PICTURE_N_FACTS; i++)
    g_free (facts->values[i]);
  g_free (facts);
}

/* Into the media */

static void
fill (RpMedia *media, RpMediaField field, const char *value)
{
  if (value != NULL && rp_media_get (media, field) == NULL)
    rp_media_set (media, field, value);
}

/* "Name / Agency", each once. Gives, NULL when neither is stated. */
static char *
dup_credit (const RpPictureFacts *facts)
{
  const char *creator = facts->values[RP_PICTURE_CREATOR];
  const char *credit = facts->values[RP_PICTURE_CREDIT];

  if (credit == NULL)
    credit = facts->values[RP_PICTURE_SOURCE];
  if (creator == NULL || credit == NULL)
    return g_strdup (creator != NULL ? creator : credit);
  return strstr (credit, creator) != NULL ? g_strdup (credit)
                                          : g_strconcat (creator, " / ", credit, NULL);
}

void
rp_picture_fill (RpMedia *media, const RpPictureFacts *facts)
{
  static const struct {
    RpMediaField field;
    RpPictureFact fact;
  } fields[] = {
    {RP_MEDIA_CAPTION, RP_PICTURE_DESCRIPTION},
    {RP_MEDIA_CAPTION, RP_PICTURE_HEADLINE},
    {RP_MEDIA_ALT, RP_PICTURE_ALT},
    {RP_MEDIA_COPYRIGHT, RP_PICTURE_NOTICE},
    {RP_MEDIA_COPYRIGHT, RP_PICTURE_HOLDER},
    {RP_MEDIA_USAGE_TERMS, RP_PICTURE_TERMS},
    {RP_MEDIA_USAGE_TERMS, RP_PICTURE_INSTRUCTIONS},
    {RP_MEDIA_LICENSOR, RP_PICTURE_LICENSOR},
    {RP_MEDIA_LICENSOR, RP_PICTURE_LICENSOR_URL},
    {RP_MEDIA_TDM, RP_PICTURE_TDM},
  };
  g_autofree char *credit = dup_credit (facts);
  const char *licence = facts->values[RP_PICTURE_LICENCE];

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    fill (media, fields[i].field, facts->values[fields[i].fact]);
  fill (media, RP_MEDIA_CREDIT, credit);
  if (!rp_text_is_web_url (licence))
    licence = facts->values[RP_PICTURE_WEB_STATEMENT];
  if (rp_text_is_web_url (licence))
    fill (media, RP_MEDIA_LICENCE_URL, licence);
}

void
rp_picture_read (GBytes *bytes, RpMedia *media)
{
  g_autoptr (RpPictureFacts) facts = NULL;

  g_return_if_fail (bytes != NULL && RP_IS_MEDIA (media));

  facts = rp_picture_read_facts (bytes);
  fill (media, RP_MEDIA_MIME_TYPE, rp_picture_sniff (bytes));
  rp_picture_fill (media, facts);
}
