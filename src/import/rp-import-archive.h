/* ZIP and TAR archives in memory, member by member, within limits against archives that unpack to
 * more than a machine can hold. libarchive is loaded with the first one. Nothing is ever written to
 * a disk. One archive belongs to one thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RP_ARCHIVE_TOTAL (512 * 1024 * 1024ULL) /* bytes unpacked, all members together */
#define RP_ARCHIVE_MEMBER (64 * 1024 * 1024)
#define RP_ARCHIVE_MEMBERS 20000
#define RP_ARCHIVE_RATIO 200 /* times its packed size, from RP_ARCHIVE_RATIO_FROM on */
#define RP_ARCHIVE_RATIO_FROM (10 * 1024 * 1024)

typedef struct _RpArchive RpArchive;

/* `allowance` (lent, may be NULL) is what may still be unpacked here and in archives within this
 * one; it is drawn down. Gives; NULL with RP_ERROR_UNREADABLE or RP_ERROR_UNSUPPORTED. */
RpArchive *rp_archive_open (GBytes *bytes, guint64 *allowance, GError **error);
void rp_archive_free (RpArchive *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpArchive, rp_archive_free)

/* The next file's name, in UTF-8, with "/" between folders and never leading out of the archive;
 * NULL at the end, and with an error when it is damaged or beyond the limits. Lends until the next
 * call. */
const char *rp_archive_next (RpArchive *self, GError **error);
/* The bytes of that file. NULL with RP_ERROR_TOO_LARGE, RP_ERROR_UNREADABLE or, when it is locked
 * with a password, RP_ERROR_CREDENTIALS; the next file can still be asked for. Gives. */
GBytes *rp_archive_read (RpArchive *self, GError **error);
/* TRUE once the allowance of the whole archive is used up. */
gboolean rp_archive_is_spent (RpArchive *self);

/* All of a document's parts by name whose names `wanted` says yes to. Gives, of GBytes; NULL with
 * an error when the archive or one of these parts cannot be read. */
GHashTable *rp_archive_read_parts (GBytes *bytes,
                                   guint64 *allowance,
                                   gboolean (*wanted) (const char *name),
                                   GError **error);
/* The first bytes are those of a ZIP that holds a file of that name. */
gboolean rp_archive_holds (GBytes *bytes, const char *name);

G_END_DECLS
