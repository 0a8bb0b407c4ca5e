#include "rp-render-picture.h"

#include "rp-error.h"
#include "rp-lazy.h"
#include "rp-render-credit.h"
#include "rp-render-rights.h"
#include "rp-text.h"

#include <gexiv2/gexiv2.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#define NO_MINING "http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED"
#define MINING "http://ns.useplus.org/ldf/vocab/DMI-ALLOWED"
#define UTF_8 "\033%G"

#define GEXIV2_SYMBOLS(X)                                                                          \
  X (gexiv2_initialize)                                                                            \
  X (gexiv2_log_set_level)                                                                         \
  X (gexiv2_metadata_new)                                                                          \
  X (gexiv2_metadata_open_path)                                                                    \
  X (gexiv2_metadata_save_file)                                                                    \
  X (gexiv2_metadata_try_has_tag)                                                                  \
  X (gexiv2_metadata_try_clear_tag)                                                                \
  X (gexiv2_metadata_try_set_tag_string)                                                           \
  X (gexiv2_metadata_try_set_tag_multiple)                                                         \
  X (gexiv2_metadata_try_set_xmp_tag_struct)                                                       \
  X (gexiv2_metadata_try_register_xmp_namespace)

static struct {
  GEXIV2_SYMBOLS (RP_LAZY_MEMBER)
} gexiv2;

static RpLazy library = {
  .names = (const char *const[]){"libgexiv2.so.2", "libgexiv2.so", NULL},
  .symbols = (const char *const[]){GEXIV2_SYMBOLS (RP_LAZY_NAME) NULL},
  .slots = (gpointer *) &gexiv2,
  .once = G_ONCE_INIT,
};

/* What is written where. The old IPTC fields hold only so many bytes; what is longer stands in XMP
 * alone, for half a sentence would contradict it. */
typedef enum {
  FACT_NAME,
  FACT_DESCRIPTION,
  FACT_ALT,
  FACT_CREATOR,
  FACT_CREDIT,
  FACT_NOTICE,
  FACT_TERMS,
  FACT_STATEMENT,
  FACT_LICENCE,
  FACT_TDM,
  FACT_LICENSOR,
  FACT_LICENSOR_URL,
  N_FACTS,
} Fact;

static const struct {
  Fact fact;
  const char *tag;
  gsize limit; /* bytes, 0 = none */
} places[] = {
  {FACT_NAME, "Xmp.dc.title", 0},
  {FACT_NAME, "Iptc.Application2.ObjectName", 64},
  {FACT_DESCRIPTION, "Xmp.dc.description", 0},
  {FACT_DESCRIPTION, "Iptc.Application2.Caption", 2000},
  {FACT_ALT, "Xmp.iptc.AltTextAccessibility", 0},
  {FACT_CREATOR, "Xmp.dc.creator", 0},
  {FACT_CREATOR, "Iptc.Application2.Byline", 32},
  {FACT_CREDIT, "Xmp.photoshop.Credit", 0},
  {FACT_CREDIT, "Iptc.Application2.Credit", 32},
  {FACT_NOTICE, "Xmp.dc.rights", 0},
  {FACT_NOTICE, "Iptc.Application2.Copyright", 128},
  {FACT_TERMS, "Xmp.xmpRights.UsageTerms", 0},
  {FACT_STATEMENT, "Xmp.xmpRights.WebStatement", 0},
  {FACT_LICENCE, "Xmp.cc.license", 0},
  {FACT_TDM, "Xmp.plus.DataMining", 0},
};

/* Which field of the media an editor would have changed. */
static const struct {
  Fact fact;
  RpMediaField field;
} fields[] = {
  {FACT_NAME, RP_MEDIA_NAME},
  {FACT_DESCRIPTION, RP_MEDIA_CAPTION},
  {FACT_ALT, RP_MEDIA_ALT},
  {FACT_CREDIT, RP_MEDIA_CREDIT},
  {FACT_NOTICE, RP_MEDIA_COPYRIGHT},
  {FACT_TERMS, RP_MEDIA_USAGE_TERMS},
  {FACT_LICENCE, RP_MEDIA_LICENCE_URL},
  {FACT_STATEMENT, RP_MEDIA_LICENCE_URL},
  {FACT_TDM, RP_MEDIA_TDM},
};

typedef struct {
  char *values[N_FACTS];     /* owned, NULL = nothing to say */
  gboolean changed[N_FACTS]; /* by the editor: outranks what the file says */
} Facts;

static void
facts_clear (Facts *facts)
{
  for (guint i = 0; i < N_FACTS; i++)
    g_free (facts->values[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Facts, facts_clear)

/* What there is to say */

static RpMedia *
find_original (const RpRenderJob *job, RpMedia *media)
{
  GPtrArray *all = job->original != NULL ? rp_article_get_media (job->original) : NULL;
  const char *url = rp_media_get (media, RP_MEDIA_URL);

  for (guint i = 0; all != NULL && i < all->len; i++)
    if (g_strcmp0 (rp_media_get (all->pdata[i], RP_MEDIA_URL), url) == 0)
      return all->pdata[i];

  return NULL;
}

/* "Photo: Name / Agency" names a person; a bare credit may name anybody. Gives. */
static char *
dup_creator (const char *credit)
{
  static const char *const words[] = {
    "Photo:", "Photo by", "Foto:", "Photograph:", "Picture:", "Bild:", "Image:", "Photographie :"};
  const char *slash = credit != NULL ? strstr (credit, " / ") : NULL;
  const char *start = NULL;
  g_autofree char *name = NULL;

  for (guint i = 0; credit != NULL && i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strncasecmp (credit, words[i], strlen (words[i])) == 0)
      start = credit + strlen (words[i]);
  if (start == NULL && slash == NULL)
    return NULL;
  if (start == NULL)
    start = credit;
  name = slash != NULL ? g_strndup (start, (gsize) (slash - start)) : g_strdup (start);

  return rp_text_clean (name);
}

/* A reservation of the article covers its pictures, but not those with a licence of their own. */
static const char *
get_tdm (const RpRenderJob *job, RpMedia *media)
{
  const char *stated = rp_media_get (media, RP_MEDIA_TDM);

  if (g_strcmp0 (stated, "allowed") == 0)
    return MINING;
  if (g_strcmp0 (stated, "reserved") == 0)
    return NO_MINING;

  return rp_media_get (media, RP_MEDIA_LICENCE_URL) == NULL && rp_render_is_tdm_reserved (job)
           ? NO_MINING
           : NULL;
}

static void
read_facts (const RpRenderJob *job, RpMedia *media, Facts *facts)
{
  RpMedia *original = find_original (job, media);
  const char *licensor = rp_media_get (media, RP_MEDIA_LICENSOR);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
    const char *value = rp_media_get (media, fields[i].field);

    facts->values[fields[i].fact] = g_strdup (value);
    facts->changed[fields[i].fact] =
      original != NULL && value != NULL &&
      g_strcmp0 (value, rp_media_get (original, fields[i].field)) != 0;
  }
  if (!rp_text_is_web_url (facts->values[FACT_LICENCE])) {
    g_clear_pointer (&facts->values[FACT_LICENCE], g_free);
    g_clear_pointer (&facts->values[FACT_STATEMENT], g_free);
  }
  facts->values[FACT_CREATOR] = dup_creator (rp_media_get (media, RP_MEDIA_CREDIT));
  facts->changed[FACT_CREATOR] = facts->changed[FACT_CREDIT];
  g_free (facts->values[FACT_TDM]);
  facts->values[FACT_TDM] = g_strdup (get_tdm (job, media));
  facts->values[rp_text_is_web_url (licensor) ? FACT_LICENSOR_URL : FACT_LICENSOR] =
    g_strdup (licensor);
}

/* Into the file */

static gboolean
has_tag (GExiv2Metadata *metadata, const char *tag)
{
  g_autoptr (GError) error = NULL;

  return gexiv2.gexiv2_metadata_try_has_tag (metadata, tag, &error);
}

static gboolean
set_tag (GExiv2Metadata *metadata, const char *tag, const char *value)
{
  g_autoptr (GError) error = NULL;

  if (g_str_equal (tag, "Xmp.dc.creator"))
    return gexiv2.gexiv2_metadata_try_set_tag_multiple (metadata, tag,
                                                        (const char *[]){value, NULL}, &error);

  return gexiv2.gexiv2_metadata_try_set_tag_string (metadata, tag, value, &error);
}

/* The file has said it in one of its places. */
static gboolean
is_known (GExiv2Metadata *metadata, Fact fact)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (places[i].fact == fact && has_tag (metadata, places[i].tag))
      return TRUE;

  return fact == FACT_NOTICE && has_tag (metadata, "Exif.Image.Copyright");
}

/* IPTC holds one encoding for all its fields: what another program wrote in an older one must not
 * become unreadable. */
static gboolean
can_write_iptc (GExiv2Metadata *metadata)
{
  static const char *const any[] = {"Iptc.Application2.ObjectName", "Iptc.Application2.Caption",
                                    "Iptc.Application2.Byline",     "Iptc.Application2.Credit",
                                    "Iptc.Application2.Copyright",  "Iptc.Application2.City",
                                    "Iptc.Application2.Keywords",   "Iptc.Application2.Headline"};

  if (has_tag (metadata, "Iptc.Envelope.CharacterSet"))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (any); i++)
    if (has_tag (metadata, any[i]))
      return FALSE;

  return set_tag (metadata, "Iptc.Envelope.CharacterSet", UTF_8);
}

static gboolean
write_fact (GExiv2Metadata *metadata, Fact fact, const char *value, gboolean iptc)
{
  gboolean written = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    gboolean old = g_str_has_prefix (places[i].tag, "Iptc.");
    g_autoptr (GError) error = NULL;

    if (places[i].fact != fact)
      continue;
    gexiv2.gexiv2_metadata_try_clear_tag (metadata, places[i].tag, &error);
    if ((!old || iptc) && (places[i].limit == 0 || strlen (value) <= places[i].limit))
      written |= set_tag (metadata, places[i].tag, value);
  }

  return written;
}

static gboolean
write_licensor (GExiv2Metadata *metadata, const Facts *facts)
{
  g_autoptr (GError) error = NULL;
  const char *name = facts->values[FACT_LICENSOR];
  const char *url = facts->values[FACT_LICENSOR_URL];

  if ((name == NULL && url == NULL) ||
      has_tag (metadata, "Xmp.plus.Licensor[1]/plus:LicensorName") ||
      has_tag (metadata, "Xmp.plus.Licensor[1]/plus:LicensorURL"))
    return FALSE;
  if (!gexiv2.gexiv2_metadata_try_set_xmp_tag_struct (metadata, "Xmp.plus.Licensor",
                                                      GEXIV2_STRUCTURE_XA_SEQ, &error))
    return FALSE;
  if (name != NULL)
    set_tag (metadata, "Xmp.plus.Licensor[1]/plus:LicensorName", name);
  if (url != NULL)
    set_tag (metadata, "Xmp.plus.Licensor[1]/plus:LicensorURL", url);

  return TRUE;
}

static gboolean
write_facts (GExiv2Metadata *metadata, const Facts *facts)
{
  gboolean iptc = can_write_iptc (metadata);
  gboolean written = FALSE;

  for (guint i = 0; i < N_FACTS; i++)
    if (facts->values[i] != NULL && (facts->changed[i] || !is_known (metadata, i)))
      written |= write_fact (metadata, i, facts->values[i], iptc);
  written |= write_licensor (metadata, facts);
  if (written && facts->values[FACT_NOTICE] != NULL && !has_tag (metadata, "Xmp.xmpRights.Marked"))
    set_tag (metadata, "Xmp.xmpRights.Marked", "True");

  return written;
}

/* The file */

static gboolean
is_writable (const char *path)
{
  char head[17] = "";
  FILE *file = g_fopen (path, "rbe");
  gsize size = file != NULL ? fread (head, 1, sizeof head, file) : 0;

  if (file != NULL)
    fclose (file);

  return size == sizeof head &&
         (memcmp (head, "\xFF\xD8\xFF", 3) == 0 || memcmp (head, "\x89PNG\r\n\x1a\n", 8) == 0 ||
          (memcmp (head, "RIFF", 4) == 0 && memcmp (head + 8, "WEBP", 4) == 0));
}

static gboolean
mark_file (const char *path, const Facts *facts)
{
  g_autoptr (GObject) metadata = NULL;
  g_autoptr (GError) error = NULL;

  if (!gexiv2.gexiv2_initialize ())
    return FALSE;
  gexiv2.gexiv2_log_set_level (GEXIV2_LOG_LEVEL_MUTE);
  /* Twice is an error that means nothing. */
  gexiv2.gexiv2_metadata_try_register_xmp_namespace ("http://creativecommons.org/ns#", "cc",
                                                     &error);
  g_clear_error (&error);
  metadata = G_OBJECT (gexiv2.gexiv2_metadata_new ());

  return gexiv2.gexiv2_metadata_open_path ((GExiv2Metadata *) metadata, path, &error) &&
         write_facts ((GExiv2Metadata *) metadata, facts) &&
         gexiv2.gexiv2_metadata_save_file ((GExiv2Metadata *) metadata, path, &error);
}

/* The library writes into files only. NULL without an error when there was nothing to add. */
static char *
mark_copy (const char *path, const char *folder, const Facts *facts, GError **error)
{
  g_autofree char *copy = g_build_filename (folder, ".picture-XXXXXX", NULL);
  g_autoptr (GFile) from = g_file_new_for_path (path);
  g_autoptr (GFile) to = NULL;
  int file = g_mkstemp_full (copy, O_RDWR | O_CLOEXEC, 0600);
  gboolean done;

  if (file < 0) {
    g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
    return NULL;
  }
  g_close (file, NULL);
  to = g_file_new_for_path (copy);
  if (!g_file_copy (from, to, G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS, NULL, NULL,
                    NULL, error)) {
    g_unlink (copy);
    return NULL;
  }
  rp_lazy_lock ();
  done = mark_file (copy, facts);
  rp_lazy_unlock ();
  if (done)
    return g_steal_pointer (&copy);
  g_unlink (copy);

  return NULL;
}

gboolean
rp_render_picture (const RpRenderJob *job,
                   RpMedia *media,
                   const char *path,
                   const char *folder,
                   char **out_copy,
                   GError **error)
{
  g_auto (Facts) facts = {0};
  g_autoptr (GError) failure = NULL;

  g_return_val_if_fail (job != NULL && RP_IS_MEDIA (media) && path != NULL, FALSE);

  *out_copy = NULL;
  if (!is_writable (path) || !rp_lazy_load (&library))
    return TRUE;
  read_facts (job, media, &facts);
  *out_copy = mark_copy (path, folder, &facts, &failure);
  if (failure == NULL)
    return TRUE;
  g_set_error (error, RP_ERROR, RP_ERROR_STORAGE,
               _ ("The rights could not be written into a copy of the picture: %s"),
               failure->message);

  return FALSE;
}
