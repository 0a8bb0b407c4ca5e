/* A library as a whole, while nobody has it open here. Blocks; any thread. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where something lies that belongs to the library at `uri` and is no part of it: beside a file
 * ("library.db.typing" for "typing"), and for one on a server among what programs keep for the
 * person. Gives. */
char *rp_library_dup_companion (const char *uri, const char *name);
/* Puts the backup at `path` in the place of the library at `uri` (NULL = the default one). The
 * backup is looked through first; what was there stays beside it under the name given by *out_kept
 * (gives; NULL when there was nothing). Pictures and originals are not touched: they are shared by
 * all versions. */
gboolean rp_library_restore (const char *uri, const char *path, char **out_kept, GError **error);
/* From now on the keyring is asked for the passwords of servers that nobody else knows; also
 * REPRINT_SECRET_LIBRARY_PASSWORD in the environment. Any number of times. */
void rp_library_use_keyring (void);
/* Whether the address names a library on a server, for several people. */
gboolean rp_library_is_shared (const char *uri);
/* For this run only; before the keyring. NULL forgets it. */
void rp_library_remember_password (const char *uri, const char *password);
/* What there is at an address, in one sentence: whether it can be reached, is a library, of which
 * version, and how many articles it holds. Nothing is changed there. An error is a sentence, too,
 * and says that it cannot be used. Does not block; the callback comes on the caller's main context.
 */
void rp_library_look_async (const char *uri,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
char *rp_library_look_finish (GAsyncResult *result, GError **error); /* gives */
/* Puts the password for the library at `uri` into the keyring. The callback comes on the caller's
 * main context. */
void rp_library_keep_password_async (const char *uri,
                                     const char *password,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean rp_library_keep_password_finish (GAsyncResult *result, GError **error);
/* Compacts the file and the search index. */
gboolean rp_library_optimise (const char *uri, GError **error);

/* Lets go of what is kept by months and ended before the month `month` ("2026-03"): requests with
 * their answers, earlier versions of articles, and originals that only they spoke of. For whoever
 * owns a library on a server. */
typedef struct {
  gint64 exchanges, versions, originals;
} RpLibraryForgotten;

gboolean rp_library_forget_before (const char *uri,
                                   const char *month,
                                   RpLibraryForgotten *out,
                                   GError **error);

/* Gives an account of the server its role in the library at `uri`: "reader", "editor", "publisher",
 * "rights-manager" (each may do what rp-store-roles.h says, and the server sees to it), "none". For
 * whoever owns the library. */
gboolean
rp_library_give_role (const char *uri, const char *account, const char *role, GError **error);
/* `member` hears of everybody who has one. */
typedef void (*RpLibraryMember) (const char *account, const char *role, gpointer user_data);
gboolean rp_library_list_members (const char *uri,
                                  RpLibraryMember member,
                                  gpointer user_data,
                                  GError **error);

/* Copies the library at `from` to the empty place `to`; either may be a file or on a server. One
 * that was broken off goes on. `copied` hears of every kind of thing when it is there and proven
 * to be the same: how many, and their SHA-256 (NULL for originals). */
typedef void (*RpLibraryCopied) (const char *what,
                                 gint64 count,
                                 const char *sha256,
                                 gpointer user_data);
gboolean rp_library_copy (const char *from,
                          const char *to,
                          RpLibraryCopied copied,
                          gpointer user_data,
                          GError **error);

G_END_DECLS
