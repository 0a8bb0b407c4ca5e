/* Passwords and keys, by partner and setting: in the Secret Service (libsecret, through the portal
 * in Flatpak), never in the library. For machines without a keyring the environment may hold them:
 * REPRINT_SECRET_<PARTNER>_<KEY>, or REPRINT_SECRET_<KEY>, in upper case with _ for what is no
 * letter or digit. The environment wins. Any thread; lookups block on D-Bus, so not on the main
 * thread of a window. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RP_TYPE_SECRETS (rp_secrets_get_type ())
G_DECLARE_FINAL_TYPE (RpSecrets, rp_secrets, RP, SECRETS, GObject)

RpSecrets *rp_secrets_new (void);
/* For one run: not kept anywhere. Used by tests of a connection before the partner is saved. */
void
rp_secrets_remember (RpSecrets *self, const char *partner_id, const char *key, const char *value);
char *rp_secrets_lookup (RpSecrets *self,
                         const char *partner_id,
                         const char *key); /* gives, NULL = not set */
/* The keyring's answers count for ten seconds; not when a partner has just refused one. */
void rp_secrets_ask_again (RpSecrets *self, const char *partner_id);

void rp_secrets_store_async (RpSecrets *self,
                             const char *partner_id,
                             const char *partner_name,
                             const char *key,
                             const char *value,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
/* RP_ERROR_STORAGE says that there is no keyring and what to do. */
gboolean rp_secrets_store_finish (RpSecrets *self, GAsyncResult *result, GError **error);
void rp_secrets_clear_async (RpSecrets *self,
                             const char *partner_id,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean rp_secrets_clear_finish (RpSecrets *self, GAsyncResult *result, GError **error);

G_END_DECLS
