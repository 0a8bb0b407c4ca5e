#include "rp-db-postgres-link.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

#include "rp-db-driver.h"
#include "rp-error.h"
#include "rp-time.h"

#define OLDEST_SERVER 130000
#define PATIENCE (8 * G_TIME_SPAN_SECOND) /* somebody waits for the answer */
#define SHORT_PATIENCE G_TIME_SPAN_SECOND /* of whoever comes again by itself */
#define FIRST_PAUSE (100 * G_TIME_SPAN_MILLISECOND)
#define LONGEST_PAUSE (5 * G_TIME_SPAN_SECOND)

#define REPEAT "SET plan_cache_mode = auto"
/* The number of its time line is in the names of its logs. */
#define HISTORY                                                                                    \
  "CASE WHEN pg_is_in_recovery () THEN ''"                                                         \
  " ELSE substr (pg_walfile_name (pg_current_wal_insert_lsn ()), 1, 8) END"

/* Plans are made for the values at hand: one for all words would read a million articles for a rare
 * one. Whoever stops in the middle of a transaction must not keep the others waiting. */
#define GREETING                                                                                   \
  "SET client_min_messages = warning; SET plan_cache_mode = force_custom_plan;"                    \
  " SET lock_timeout = '30s'; SET idle_in_transaction_session_timeout = '5min';"                   \
  " SET bytea_output = hex; SET DateStyle = ISO;"                                                  \
  " SELECT " HISTORY ", " RP_PQ_CLOCK

RpPqSymbols rp_pq;

static RpLazy library = {
  .names = (const char *const[]){"libpq.so.5", "libpq.so", NULL},
  .symbols = (const char *const[]){RP_PQ_SYMBOLS (RP_LAZY_NAME) NULL},
  .slots = (gpointer *) &rp_pq,
  .once = G_ONCE_INIT,
};

/* ---- errors ---- */

gboolean
rp_pq_is_good (const PGresult *result)
{
  ExecStatusType status = rp_pq.PQresultStatus (result);

  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

/* What the server or libpq says is for whoever looks closer: its first line. */
static char *
dup_reason (RpPqLink *link, const PGresult *result)
{
  const char *said =
    result != NULL ? rp_pq.PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
  g_auto (GStrv) lines = NULL;

  if (said == NULL)
    said = link->handle != NULL ? rp_pq.PQerrorMessage (link->handle) : "";
  lines = g_strsplit (said, "\n", 2);

  return g_utf8_make_valid (lines[0] != NULL ? lines[0] : "", -1);
}

/* By the first letters of the SQLSTATE; what takes an argument is told why. */
static const struct {
  const char *state;
  const char *message;
} refusals[] = {
  {"25006", N_ ("The server takes no changes to the library at the moment; it can only be read")},
  {"55000", N_ ("The server takes no changes to the library at the moment; it can only be read")},
  {"53", N_ ("The server has no room left for the library; whoever runs it must make some")},
  {"40", N_ ("The library is in use by another program and did not become free; try again")},
  {"55P03", N_ ("The library is in use by another program and did not become free; try again")},
};

void
rp_pq_link_set_error (RpPqLink *link, const PGresult *result, GError **error)
{
  const char *state = result != NULL ? rp_pq.PQresultErrorField (result, PG_DIAG_SQLSTATE) : NULL;
  g_autofree char *reason = dup_reason (link, result);

  if (!rp_pq_link_is_up (link)) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_STORAGE,
                         _ ("The connection to the library broke off; nothing of this change was "
                            "kept. Try again"));
    return;
  }
  for (guint i = 0; state != NULL && i < G_N_ELEMENTS (refusals); i++)
    if (g_str_has_prefix (state, refusals[i].state)) {
      g_set_error_literal (error, RP_ERROR, RP_ERROR_STORAGE, _ (refusals[i].message));
      return;
    }
  if (g_strcmp0 (state, "42501") == 0)
    g_set_error (error, RP_ERROR, RP_ERROR_STORAGE,
                 _ ("You are not allowed to do this in the library: %s"), reason);
  else
    g_set_error (error, RP_ERROR, RP_ERROR_STORAGE, _ ("The library refused: %s"), reason);
}

/* ---- the address ---- */

typedef struct {
  gboolean has_password;
  gboolean names_tls; /* or a file that may */
  gboolean is_near;   /* a socket, or this machine */
  gboolean is_several;
} Address;

static gboolean
is_near (const char *host)
{
  return host == NULL || *host == '\0' || *host == '/' || *host == '@' ||
         g_str_equal (host, "localhost") || g_str_has_prefix (host, "127.") ||
         g_str_equal (host, "::1");
}

/* One that is elsewhere is enough. */
static void
note_hosts (Address *address, const char *hosts)
{
  g_auto (GStrv) each = g_strsplit (hosts != NULL ? hosts : "", ",", -1);

  for (guint i = 0; each[i] != NULL; i++)
    address->is_near &= is_near (each[i]);
  address->is_several |= g_strv_length (each) > 1;
}

static gboolean
read_address (const char *uri, Address *address, GError **error)
{
  char *said = NULL;
  PQconninfoOption *options = rp_pq.PQconninfoParse (uri, &said);
  const char *host = g_getenv ("PGHOST");

  if (options == NULL) {
    g_info ("%s: %s", uri, said);
    g_set_error (error, RP_ERROR, RP_ERROR_STORAGE,
                 _ ("“%s” is no address of a library; write it like "
                    "postgresql://name@server.example/library"),
                 uri);
    rp_pq.PQfreemem (said);
    return FALSE;
  }
  address->is_near = TRUE;
  address->names_tls = g_getenv ("PGSSLMODE") != NULL || g_getenv ("PGSERVICE") != NULL;
  for (PQconninfoOption *option = options; option->keyword != NULL; option++) {
    if (option->val == NULL)
      continue;
    address->has_password |=
      g_str_equal (option->keyword, "password") || g_str_equal (option->keyword, "sslpassword");
    address->names_tls |=
      g_str_equal (option->keyword, "sslmode") || g_str_equal (option->keyword, "service");
    if (g_str_equal (option->keyword, "host"))
      host = option->val;
    if (g_str_equal (option->keyword, "hostaddr"))
      note_hosts (address, option->val);
  }
  note_hosts (address, host);
  rp_pq.PQconninfoFree (options);

  return TRUE;
}

static gboolean
check_address (const char *uri, Address *address, GError **error)
{
  if (!read_address (uri, address, error))
    return FALSE;
  if (address->has_password)
    g_set_error_literal (error, RP_ERROR, RP_ERROR_STORAGE,
                         _ ("The address of a library must not hold a password; give it to "
                            "“reprintctl library password”, or write it into the file ~/.pgpass"));

  return !address->has_password;
}

/* ---- connecting ---- */

/* What it says is for the program, not for the person. */
static PGconn *
connect_in_english (const char *const *keys, const char *const *values)
{
  locale_t english = newlocale (LC_MESSAGES_MASK, "C", (locale_t) 0);
  locale_t before = english != (locale_t) 0 ? uselocale (english) : (locale_t) 0;
  PGconn *handle = rp_pq.PQconnectdbParams (keys, values, 1);

  if (english == (locale_t) 0)
    return handle;
  uselocale (before);
  freelocale (english);

  return handle;
}

/* Of several servers the one that takes changes is the library. */
static PGconn *
connect_with (RpPqLink *link, const char *password)
{
  Address address = {0};
  gboolean strict =
    read_address (link->uri, &address, NULL) && !address.names_tls && !address.is_near;
  /* What comes later wins: the address over our habits, but not over what must be. */
  const char *const keys[] = {"connect_timeout",
                              "keepalives_idle",
                              "keepalives_interval",
                              "keepalives_count",
                              "tcp_user_timeout",
                              "fallback_application_name",
                              "target_session_attrs",
                              "dbname",
                              "client_encoding",
                              password != NULL ? "password" : (strict ? "sslmode" : NULL),
                              password != NULL && strict ? "sslmode" : NULL,
                              NULL};
  const char *const values[] = {"10",
                                "20",
                                "5",
                                "3",
                                "30000",
                                "reprint",
                                address.is_several ? "read-write" : "any",
                                link->uri,
                                "UTF8",
                                password != NULL ? password : "verify-full",
                                "verify-full",
                                NULL};

  return connect_in_english (keys, values);
}

static gboolean
is_up (PGconn *handle)
{
  return handle != NULL && rp_pq.PQstatus (handle) == CONNECTION_OK;
}

gboolean
rp_pq_link_is_up (RpPqLink *link)
{
  return is_up (link->handle) && !link->sent_away;
}

/* What the server says without being asked: that it goes, mostly. */
static void
noticed (void *user_data, const PGresult *notice)
{
  RpPqLink *link = user_data;
  const char *state = rp_pq.PQresultErrorField (notice, PG_DIAG_SQLSTATE);

  link->sent_away |= state != NULL && g_str_has_prefix (state, "57P");
}

/* A password is asked for only by a server that wants one which libpq does not know. */
static PGconn *
connect_once (RpPqLink *link)
{
  PGconn *handle = connect_with (link, NULL);
  g_autofree char *password = NULL;

  if (is_up (handle) || !rp_pq.PQconnectionNeedsPassword (handle))
    return handle;
  password = rp_db_ask_password (link->uri);
  if (password == NULL)
    return handle;
  rp_pq.PQfinish (handle);
  handle = connect_with (link, password);
  memset (password, 0, strlen (password));

  return handle;
}

static void
set_handle (RpPqLink *link, PGconn *handle)
{
  g_mutex_lock (&link->lock);
  if (link->cancel != NULL)
    rp_pq.PQfreeCancel (link->cancel);
  link->cancel = is_up (handle) ? rp_pq.PQgetCancel (handle) : NULL;
  g_mutex_unlock (&link->lock);
  if (link->handle != NULL)
    rp_pq.PQfinish (link->handle);
  link->handle = handle;
  link->sent_away = FALSE;
  if (handle != NULL)
    rp_pq.PQsetNoticeReceiver (handle, noticed, link);
  g_hash_table_remove_all (link->prepared);
}

static gboolean
is_fit (RpPqLink *link, GError **error)
{
  const char *encoding = rp_pq.PQparameterStatus (link->handle, "server_encoding");

  if (rp_pq.PQserverVersion (link->handle) < OLDEST_SERVER) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_STORAGE,
                         _ ("The server with the library is too old; Reprint needs PostgreSQL 13 "
                            "or newer"));
    return FALSE;
  }
  if (g_strcmp0 (encoding, "UTF8") != 0) {
    g_set_error (error, RP_ERROR, RP_ERROR_STORAGE,
                 _ ("The database “%s” does not keep its texts in UTF-8; make a new one that does"),
                 link->uri);
    return FALSE;
  }

  return TRUE;
}

void
rp_pq_link_set_clock (RpPqLink *link, gint64 theirs)
{
  link->clock_read = rp_time_steady ();
  rp_time_follow (theirs - link->clock_read);
}

gboolean
rp_pq_link_repeat (RpPqLink *link, GError **error)
{
  PGresult *result = rp_pq.PQexec (link->handle, REPEAT);
  gboolean good = rp_pq_is_good (result);

  link->repeats = TRUE;
  if (!good)
    rp_pq_link_set_error (link, result, error);
  rp_pq.PQclear (result);

  return good;
}

static gboolean
greet (RpPqLink *link, GError **error)
{
  PGresult *result =
    rp_pq.PQexec (link->handle, link->listens ? RP_PQ_LISTEN "; " GREETING : GREETING);
  gboolean good = rp_pq_is_good (result);

  if (good) {
    g_strlcpy (link->history, rp_pq.PQgetvalue (result, 0, 0), sizeof link->history);
    rp_pq_link_set_clock (link, g_ascii_strtoll (rp_pq.PQgetvalue (result, 0, 1), NULL, 10));
  } else {
    rp_pq_link_set_error (link, result, error);
  }
  rp_pq.PQclear (result);

  return good && is_fit (link, error) && (!link->repeats || rp_pq_link_repeat (link, error));
}

/* What libpq says in English, and what it means for a person. Whoever looks closer finds its words
 * in the log. */
static const struct {
  const char *said;
  const char *message;
} obstacles[] = {
  {"password", N_ ("The server did not accept the name or the password; check both and try again")},
  {"role \"", N_ ("The server does not know this name; check the address, or ask whoever runs the "
                  "server")},
  {"database \"",
   N_ ("There is no such library on the server; check the end of the address, or ask "
       "whoever runs the server")},
  {"translate host name",
   N_ ("There is no server of this name; check the address and the network")},
  {"pg_hba.conf", N_ ("The server lets nobody in from this computer under this name; ask whoever "
                      "runs the server")},
  {"certificate",
   N_ ("The server could not prove that it is the right one; ask whoever runs it for "
       "its certificate")},
  {"SSL", N_ ("The server offers no safe connection; ask whoever runs the server")},
  {"Connection refused", N_ ("No server answers at this address; check it, or ask whoever runs the "
                             "server")},
  {"No such file", N_ ("No server answers at this address; check it, or ask whoever runs the "
                       "server")},
  {"timeout", N_ ("The server does not answer; check the address and the network, or ask whoever "
                  "runs the server")},
  {"unreachable",
   N_ ("The server does not answer; check the address and the network, or ask whoever "
       "runs the server")},
};

/* What may pass is tried again; a wrong name or password is not. */
static gboolean
may_pass (const char *reason)
{
  static const char *const passing[] = {"starting up", "shutting down", "terminating connection",
                                        "too many",    "recovery",      "not yet accepting"};

  for (guint i = 0; i < G_N_ELEMENTS (passing); i++)
    if (strstr (reason, passing[i]) != NULL)
      return TRUE;

  return strstr (reason, "FATAL") == NULL;
}

static void
set_obstacle (const char *uri, const char *reason, GError **error)
{
  const char *message =
    may_pass (reason) ? N_ ("The server with the library does not answer; look at the network, or "
                            "ask whoever runs the server")
                      : N_ ("The library cannot be opened; check its address, name and password, "
                            "or ask whoever runs the server");

  for (guint i = 0; i < G_N_ELEMENTS (obstacles); i++)
    if (strstr (reason, obstacles[i].said) != NULL) {
      message = obstacles[i].message;
      break;
    }
  g_info ("%s: %s", uri, reason);
  g_set_error_literal (error, RP_ERROR, RP_ERROR_STORAGE, _ (message));
}

/* `*out_again` = another attempt may have better luck. */
static gboolean
attempt (RpPqLink *link, gboolean *out_again, GError **error)
{
  g_autofree char *reason = NULL;

  *out_again = FALSE;
  set_handle (link, connect_once (link));
  if (rp_pq_link_is_up (link))
    return greet (link, error);
  reason = dup_reason (link, NULL);
  *out_again = may_pass (reason);
  set_obstacle (link->uri, reason, error);

  return FALSE;
}

static gboolean
set_away (GError **error)
{
  g_set_error_literal (error, RP_ERROR, RP_ERROR_STORAGE,
                       _ ("The server with the library does not answer; look at the network, or "
                          "ask whoever runs the server"));

  return FALSE;
}

static gint64
pause_after (guint failures)
{
  gint64 pause = MIN (FIRST_PAUSE << MIN (failures, 10), LONGEST_PAUSE);

  /* Not every desk at the same moment. */
  return pause / 2 + g_random_int_range (0, (gint32) (pause / 2));
}

static gboolean
connect_again (RpPqLink *link, gboolean patient, GError **error)
{
  gint64 patience = !patient || link->failures > 0 ? 0 : link->repeats ? SHORT_PATIENCE : PATIENCE;
  gint64 until = g_get_monotonic_time () + patience;
  gboolean again = FALSE;

  if (g_get_monotonic_time () < link->next_try)
    return set_away (error);
  while (TRUE) {
    g_autoptr (GError) local = NULL;

    if (attempt (link, &again, &local)) {
      link->failures = 0;
      link->news.changes++; /* who knows what was missed */
      link->news.presence++;
      return TRUE;
    }
    link->next_try = g_get_monotonic_time () + pause_after (link->failures++);
    if (again && link->next_try < until) {
      g_usleep ((gulong) MAX (link->next_try - g_get_monotonic_time (), 1));
      continue;
    }
    if (again)
      return set_away (error);
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
}

static void
note (RpPqLink *link, const PGnotify *told)
{
  if (told->be_pid == rp_pq.PQbackendPID (link->handle))
    return;
  if (g_str_equal (told->relname, "reprint_presence"))
    link->news.presence++;
  else
    link->news.changes++;
}

void
rp_pq_link_hear (RpPqLink *link)
{
  PGnotify *told;

  if (link->handle == NULL)
    return;
  /* Behind the last words of a server that went comes the end of the line. */
  for (guint i = 0; i < 2; i++)
    rp_pq.PQconsumeInput (link->handle);
  while ((told = rp_pq.PQnotifies (link->handle)) != NULL) {
    note (link, told);
    rp_pq.PQfreemem (told);
  }
}

gboolean
rp_pq_link_make_ready (RpPqLink *link, gboolean patient, GError **error)
{
  rp_pq_link_hear (link);

  return rp_pq_link_is_up (link) || connect_again (link, patient, error);
}

void
rp_pq_link_interrupt (RpPqLink *link)
{
  char said[256];

  g_mutex_lock (&link->lock);
  if (link->cancel != NULL)
    rp_pq.PQcancel (link->cancel, said, sizeof said);
  g_mutex_unlock (&link->lock);
}

RpPqLink *
rp_pq_link_new (const char *uri, GError **error)
{
  Address address = {0};
  gboolean again = FALSE;
  RpPqLink *link;

  if (!rp_lazy_load (&library)) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_UNSUPPORTED,
                         _ ("The library for servers (libpq) is not installed"));
    return NULL;
  }
  if (!check_address (uri, &address, error))
    return NULL;
  link = g_new0 (RpPqLink, 1);
  link->uri = g_strdup (uri);
  link->news = (RpDbNews){1, 1};
  link->prepared = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_mutex_init (&link->lock);
  if (attempt (link, &again, error))
    return link;
  rp_pq_link_free (link);

  return NULL;
}

void
rp_pq_link_free (RpPqLink *link)
{
  set_handle (link, NULL);
  g_hash_table_unref (link->prepared);
  g_mutex_clear (&link->lock);
  g_free (link->uri);
  g_free (link);
}
