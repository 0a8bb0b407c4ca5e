#include "rp-import-archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-lazy.h"

#define CHUNK (64 * 1024)
#define NAME_LIMIT 1024
#define SHARED_LIMIT 500 /* headers that are looked at to tell what an archive is */

#define ARCHIVE_SYMBOLS(X)                                                                         \
  X (archive_read_new)                                                                             \
  X (archive_read_free)                                                                            \
  X (archive_read_support_format_zip)                                                              \
  X (archive_read_support_format_tar)                                                              \
  X (archive_read_support_filter_gzip)                                                             \
  X (archive_read_open_memory)                                                                     \
  X (archive_read_next_header)                                                                     \
  X (archive_read_data)                                                                            \
  X (archive_filter_bytes)                                                                         \
  X (archive_entry_pathname)                                                                       \
  X (archive_entry_pathname_utf8)                                                                  \
  X (archive_entry_filetype)                                                                       \
  X (archive_entry_size)                                                                           \
  X (archive_entry_size_is_set)                                                                    \
  X (archive_entry_is_encrypted)

static struct {
  ARCHIVE_SYMBOLS (RP_LAZY_MEMBER)
} lib;

static RpLazy library = {
  .names = (const char *const[]){"libarchive.so.13", "libarchive.so", NULL},
  .symbols = (const char *const[]){ARCHIVE_SYMBOLS (RP_LAZY_NAME) NULL},
  .slots = (gpointer *) &lib,
  .once = G_ONCE_INIT,
};

struct _RpArchive {
  struct archive *archive;     /* owned */
  struct archive_entry *entry; /* lent by the archive, NULL before the first */
  GBytes *bytes;               /* owned */
  guint64 own;                 /* what may still be unpacked, where nobody lent an allowance */
  guint64 *allowance;          /* lent, or &own */
  char *name;                  /* owned: of the current file */
  guint n_members;
  gint64 packed_before; /* bytes of the archive that were read before the current file */
};

RpArchive *
rp_archive_open (GBytes *bytes, guint64 *allowance, GError **error)
{
  g_autoptr (RpArchive) self = NULL;
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  if (!rp_lazy_load (&library)) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_UNSUPPORTED,
                         _ ("Archives and office documents cannot be opened, because the library "
                            "libarchive is missing. Install it and try again."));
    return NULL;
  }
  self = g_new0 (RpArchive, 1);
  self->bytes = g_bytes_ref (bytes);
  self->own = RP_ARCHIVE_TOTAL;
  self->allowance = allowance != NULL ? allowance : &self->own;
  self->archive = lib.archive_read_new ();
  lib.archive_read_support_format_zip (self->archive);
  lib.archive_read_support_format_tar (self->archive);
  lib.archive_read_support_filter_gzip (self->archive);
  if (size == 0 || lib.archive_read_open_memory (self->archive, data, size) != ARCHIVE_OK) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_UNREADABLE,
                         _ ("The archive cannot be opened; it may be damaged. Fetch it again."));
    return NULL;
  }
  return g_steal_pointer (&self);
}

void
rp_archive_free (RpArchive *self)
{
  if (self->archive != NULL)
    lib.archive_read_free (self->archive);
  g_bytes_unref (self->bytes);
  g_free (self->name);
  g_free (self);
}

/* Old archives name their files in the code page of MS-DOS. */
static char *
dup_name (struct archive_entry *entry)
{
  const char *name = lib.archive_entry_pathname_utf8 (entry);
  g_autofree char *converted = NULL;

  if (name == NULL || !g_utf8_validate (name, -1, NULL))
    name = lib.archive_entry_pathname (entry);
  if (name == NULL || *name == '\0' || strlen (name) > NAME_LIMIT)
    return NULL;
  if (g_utf8_validate (name, -1, NULL))
    return g_strdup (name);
  converted = g_convert (name, -1, "UTF-8", "CP437", NULL, NULL, NULL);
  return converted != NULL ? g_steal_pointer (&converted) : g_utf8_make_valid (name, -1);
}

/* Backslashes of old Windows programs are slashes; "..", "." and drive letters go. */
static char *
dup_tame_name (struct archive_entry *entry)
{
  g_autofree char *raw = dup_name (entry);
  g_auto (GStrv) steps = NULL;
  g_autoptr (GString) name = g_string_new (NULL);

  if (raw == NULL)
    return NULL;
  steps = g_strsplit (g_strdelimit (raw, "\\", '/'), "/", -1);
  for (guint i = 0; steps[i] != NULL; i++) {
    gboolean leads_out = strcmp (steps[i], "..") == 0 || strcmp (steps[i], ".") == 0;

    if (*steps[i] == '\0' || leads_out || (i == 0 && strchr (steps[i], ':') != NULL))
      continue;
    g_string_append_printf (name, "%s%s", name->len > 0 ? "/" : "", steps[i]);
  }
  return name->len > 0 ? g_string_free (g_steal_pointer (&name), FALSE) : NULL;
}

static const char *
end_damaged (RpArchive *self, GError **error)
{
  g_set_error_literal (error, RP_ERROR, RP_ERROR_UNREADABLE,
                       self->n_members == 0
                         ? _ ("The archive cannot be read; it may be damaged. Fetch it again.")
                         : _ ("The archive breaks off; the files before the damage were read."));
  return NULL;
}

const char *
rp_archive_next (RpArchive *self, GError **error)
{
  for (;;) {
    int result = lib.archive_read_next_header (self->archive, &self->entry);

    if (result == ARCHIVE_EOF)
      return NULL;
    if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
      return end_damaged (self, error);
    if (self->n_members++ >= RP_ARCHIVE_MEMBERS) {
      g_set_error (error, RP_ERROR, RP_ERROR_TOO_LARGE,
                   _ ("The archive holds more than %d files; the rest was left out. Split it and "
                      "import the parts."),
                   RP_ARCHIVE_MEMBERS);
      return NULL;
    }
    self->packed_before = lib.archive_filter_bytes (self->archive, -1);
    g_clear_pointer (&self->name, g_free);
    if (lib.archive_entry_filetype (self->entry) == AE_IFREG)
      self->name = dup_tame_name (self->entry);
    if (self->name != NULL)
      return self->name;
  }
}

gboolean
rp_archive_is_spent (RpArchive *self)
{
  return *self->allowance == 0;
}

/* FALSE with an error when unpacking must not go on. */
static gboolean
check_limits (RpArchive *self, gsize size, GError **error)
{
  gint64 packed = lib.archive_filter_bytes (self->archive, -1) - self->packed_before;

  if (size > RP_ARCHIVE_MEMBER) {
    g_set_error (error, RP_ERROR, RP_ERROR_TOO_LARGE,
                 _ ("“%s” unpacks to more than %d megabytes and was left out. Unpack the archive "
                    "and import the file by itself."),
                 self->name, RP_ARCHIVE_MEMBER / 1024 / 1024);
    return FALSE;
  }
  if (size >= RP_ARCHIVE_RATIO_FROM && (gint64) size > MAX (packed, 1) * RP_ARCHIVE_RATIO) {
    g_set_error (error, RP_ERROR, RP_ERROR_TOO_LARGE,
                 _ ("“%s” unpacks to more than %d times its size, as harmful archives do, and was "
                    "left out. Ask its sender for the file itself."),
                 self->name, RP_ARCHIVE_RATIO);
    return FALSE;
  }
  if (size > *self->allowance) {
    *self->allowance = 0;
    g_set_error (error, RP_ERROR, RP_ERROR_TOO_LARGE,
                 _ ("The archive unpacks to more than %d megabytes; “%s” and what follows it was "
                    "left out. Split it and import the parts."),
                 (int) (RP_ARCHIVE_TOTAL / 1024 / 1024), self->name);
    return FALSE;
  }
  return TRUE;
}

/* A first look at what the header says, before anything is unpacked. */
static gboolean
check_header (RpArchive *self, GError **error)
{
  gint64 said =
    lib.archive_entry_size_is_set (self->entry) ? lib.archive_entry_size (self->entry) : 0;

  if (lib.archive_entry_is_encrypted (self->entry)) {
    g_set_error (error, RP_ERROR, RP_ERROR_CREDENTIALS,
                 _ ("“%s” is locked with a password. Unpack it with the password and import the "
                    "files."),
                 self->name);
    return FALSE;
  }
  if (said > RP_ARCHIVE_MEMBER)
    return check_limits (self, RP_ARCHIVE_MEMBER + 1, error);
  return TRUE;
}

GBytes *
rp_archive_read (RpArchive *self, GError **error)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  guint8 *chunk;
  gssize got = 1;

  if (!check_header (self, error))
    return NULL;
  chunk = g_malloc (CHUNK);
  while (got > 0 && check_limits (self, all->len, error)) {
    got = lib.archive_read_data (self->archive, chunk, CHUNK);
    if (got > 0)
      g_byte_array_append (all, chunk, (guint) got);
  }
  g_free (chunk);
  if (got > 0)
    return NULL;
  if (got < 0) {
    g_set_error (error, RP_ERROR, RP_ERROR_UNREADABLE,
                 _ ("“%s” in the archive is damaged. Fetch the archive again."), self->name);
    return NULL;
  }
  *self->allowance -= MIN (*self->allowance, all->len);
  return g_byte_array_free_to_bytes (g_steal_pointer (&all));
}

GHashTable *
rp_archive_read_parts (GBytes *bytes,
                       guint64 *allowance,
                       gboolean (*wanted) (const char *name),
                       GError **error)
{
  g_autoptr (RpArchive) archive = rp_archive_open (bytes, allowance, error);
  g_autoptr (GHashTable) parts =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  g_autoptr (GError) problem = NULL;
  const char *name;

  if (archive == NULL)
    return NULL;
  while ((name = rp_archive_next (archive, problem == NULL ? &problem : NULL)) != NULL) {
    GBytes *part =
      wanted (name) ? rp_archive_read (archive, problem == NULL ? &problem : NULL) : NULL;

    if (part != NULL)
      g_hash_table_insert (parts, g_strdup (name), part);
  }
  if (g_hash_table_size (parts) > 0)
    return g_steal_pointer (&parts);
  if (problem == NULL)
    end_damaged (archive, &problem);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

gboolean
rp_archive_holds (GBytes *bytes, const char *name)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autoptr (RpArchive) archive = NULL;
  const char *found;

  if (size < 4 || memcmp (data, "PK\x03\x04", 4) != 0)
    return FALSE;
  archive = rp_archive_open (bytes, NULL, NULL);
  for (guint i = 0; archive != NULL && i < SHARED_LIMIT; i++) {
    found = rp_archive_next (archive, NULL);
    if (found == NULL || strcmp (found, name) == 0)
      return found != NULL;
  }
  return FALSE;
}
