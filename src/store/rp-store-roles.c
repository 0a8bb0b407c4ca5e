#include "rp-store-roles.h"

#include <glib/gi18n-lib.h>

#include "rp-error.h"

/* What a role may do beyond those that it includes. Everything else is refused; `using` says which
 * rows it may touch and `check` what they may become (NULL = any). What proves a publication is
 * written once: answers, decisions, uses and findings are never changed. */
static const struct {
  const char *table;
  RpRole role;
  const char *command;
  const char *using, *check;
} permissions[] = {
  /* Who has what open is seen by all, and whoever comes takes away those whose machine died. */
  {"presence", RP_ROLE_READER, "INSERT", NULL, NULL},
  {"presence", RP_ROLE_READER, "UPDATE", NULL, NULL},
  {"presence", RP_ROLE_READER, "DELETE", NULL, NULL},
  {"articles", RP_ROLE_EDITOR, "INSERT", NULL, "state NOT IN ('published', 'scheduled')"},
  /* Nobody says that something went out, or will, but whoever may send it. */
  {"articles", RP_ROLE_EDITOR, "UPDATE", NULL,
   "(state <> 'published' OR EXISTS (SELECT FROM receipts AS r WHERE r.article_id = articles.id))"
   " AND (state <> 'scheduled'"
   "   OR EXISTS (SELECT FROM deliveries AS d WHERE d.article_id = articles.id))"},
  {"articles_text", RP_ROLE_EDITOR, "INSERT", NULL, NULL},
  {"articles_text", RP_ROLE_EDITOR, "UPDATE", NULL, NULL},
  {"revisions", RP_ROLE_EDITOR, "INSERT", NULL, NULL},
  {"events", RP_ROLE_EDITOR, "INSERT", NULL, NULL},
  {"facts", RP_ROLE_EDITOR, "INSERT", NULL, NULL},
  {"facts", RP_ROLE_EDITOR, "UPDATE", NULL, NULL},
  {"lapses", RP_ROLE_EDITOR, "INSERT", NULL, NULL},
  {"lapses", RP_ROLE_EDITOR, "UPDATE", NULL, NULL},
  {"lapses", RP_ROLE_EDITOR, "DELETE", NULL, NULL},
  {"prints", RP_ROLE_EDITOR, "INSERT", NULL, NULL},
  {"prints", RP_ROLE_EDITOR, "DELETE", NULL, NULL},
  {"sources", RP_ROLE_EDITOR, "INSERT", NULL, NULL},
  {"sources", RP_ROLE_EDITOR, "UPDATE", NULL, NULL},
  {"sources", RP_ROLE_EDITOR, "DELETE", NULL, NULL},
  {"source_items", RP_ROLE_EDITOR, "INSERT", NULL, NULL},
  {"source_items", RP_ROLE_EDITOR, "UPDATE", NULL, NULL},
  {"source_items", RP_ROLE_EDITOR, "DELETE", NULL, NULL},
  {"searches", RP_ROLE_EDITOR, "INSERT", NULL, NULL},
  {"searches", RP_ROLE_EDITOR, "UPDATE", NULL, NULL},
  {"searches", RP_ROLE_EDITOR, "DELETE", NULL, NULL},
  {"blobs", RP_ROLE_EDITOR, "INSERT", NULL, NULL},
  {"blob_parts", RP_ROLE_EDITOR, "INSERT", NULL, NULL},
  {"partners", RP_ROLE_PUBLISHER, "INSERT", NULL, NULL},
  {"partners", RP_ROLE_PUBLISHER, "UPDATE", NULL, NULL},
  {"partners", RP_ROLE_PUBLISHER, "DELETE", NULL, NULL},
  {"deliveries", RP_ROLE_PUBLISHER, "INSERT", NULL, "settled = 0 AND tries = 0"},
  {"deliveries", RP_ROLE_PUBLISHER, "UPDATE", "state <> 'delivered'", NULL},
  /* Published a moment ago, and undone before it has left. */
  {"deliveries", RP_ROLE_PUBLISHER, "DELETE",
   "state = 'queued' AND settled = 0 AND tries = 0 AND owner IS NULL", NULL},
  {"exchanges", RP_ROLE_PUBLISHER, "INSERT", NULL, "answered = 0"},
  {"exchanges", RP_ROLE_PUBLISHER, "UPDATE", "answered = 0", NULL},
  {"receipts", RP_ROLE_PUBLISHER, "INSERT", NULL, NULL},
  {"receipts", RP_ROLE_PUBLISHER, "UPDATE", NULL, NULL},
  {"decisions", RP_ROLE_PUBLISHER, "INSERT", NULL, NULL},
  {"ledger", RP_ROLE_PUBLISHER, "INSERT", NULL, NULL},
  {"evidence", RP_ROLE_PUBLISHER, "INSERT", NULL, NULL},
  {"checks", RP_ROLE_PUBLISHER, "INSERT", NULL, NULL},
  {"checks", RP_ROLE_PUBLISHER, "UPDATE", NULL, NULL},
  {"checks", RP_ROLE_PUBLISHER, "DELETE", NULL, NULL},
  {"licences", RP_ROLE_RIGHTS_MANAGER, "INSERT", NULL, NULL},
  {"licence_rules", RP_ROLE_RIGHTS_MANAGER, "INSERT", NULL, NULL},
  {"licence_rules", RP_ROLE_RIGHTS_MANAGER, "UPDATE", NULL, NULL},
  {"licence_rules", RP_ROLE_RIGHTS_MANAGER, "DELETE", NULL, NULL},
  {"approvals", RP_ROLE_RIGHTS_MANAGER, "INSERT", NULL, NULL},
  {"approvals", RP_ROLE_RIGHTS_MANAGER, "UPDATE", NULL, NULL},
};

static const struct {
  const char *suffix;
  int includes; /* another role; -1 = none */
} roles[RP_N_ROLES] = {
  [RP_ROLE_READER] = {"_reader", -1},
  [RP_ROLE_EDITOR] = {"_editor", RP_ROLE_READER},
  [RP_ROLE_PUBLISHER] = {"_publisher", RP_ROLE_EDITOR},
  [RP_ROLE_RIGHTS_MANAGER] = {"_rights_manager", RP_ROLE_EDITOR},
};

/* A name on the server has at most 63 letters. */
#define PREFIX "left (current_database (), 46)"

static gboolean
must_be_server (RpStore *store, GError **error)
{
  if (rp_db_get_dialect (rp_store_get_db (store)) == RP_DB_POSTGRES)
    return TRUE;
  g_set_error_literal (error, RP_ERROR, RP_ERROR_UNSUPPORTED,
                       _ ("A library in a file belongs to whoever may open the file; only a "
                          "library on a server knows who may do what in it"));

  return FALSE;
}

/* The role's name on the server, quoted. Gives. */
static char *
dup_role (RpDb *db, int role, GError **error)
{
  return rp_db_dup_text (db, error, "SELECT quote_ident (" PREFIX " || $1)", "s",
                         roles[role].suffix);
}

static gboolean
make_role (RpDb *db, int role, const char *const *names, GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  gint64 count = 0;

  if (!rp_db_get_int (db, &count, error,
                      "SELECT count (*) FROM pg_roles WHERE rolname = " PREFIX " || $1", "s",
                      roles[role].suffix))
    return FALSE;
  if (count == 0)
    g_string_append_printf (sql, "CREATE ROLE %s NOLOGIN;", names[role]);
  if (roles[role].includes >= 0)
    g_string_append_printf (sql, "GRANT %s TO %s;", names[roles[role].includes], names[role]);
  /* What an earlier version may have granted more. */
  g_string_append_printf (sql, "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM %s;", names[role]);

  return rp_db_script (db, sql->str, error);
}

/* Every table can be read by readers, and by nobody else; what else there was is taken away. */
static const char close_tables[] =
  "REVOKE CREATE ON SCHEMA public FROM PUBLIC;" /* everybody could, before version 15 */
  "DO $$ DECLARE it RECORD; BEGIN"
  "  FOR it IN SELECT policyname, tablename FROM pg_policies WHERE schemaname = 'public' LOOP"
  "    EXECUTE format ('DROP POLICY %I ON %I', it.policyname, it.tablename);"
  "  END LOOP;"
  "  FOR it IN SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
  "      AND relkind IN ('r', 'p') AND NOT relispartition LOOP"
  "    EXECUTE format ('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', it.relname);"
  "    EXECUTE format ('GRANT SELECT ON %I TO %I', it.relname, " PREFIX " || '_reader');"
  "    EXECUTE format ('CREATE POLICY reading ON %I FOR SELECT TO %I USING (true)', it.relname,"
  "      " PREFIX " || '_reader');"
  "  END LOOP; END $$;";

static void
append_permission (GString *sql, guint index, const char *const *names)
{
  const char *table = permissions[index].table;
  const char *command = permissions[index].command;
  const char *using = permissions[index].using;
  const char *check = permissions[index].check;
  const char *role = names[permissions[index].role];
  g_autofree char *policy = g_ascii_strdown (command, -1);

  g_string_append_printf (sql, "GRANT %s ON %s TO %s; CREATE POLICY \"%s\" ON %s FOR %s TO %s",
                          command, table, role, policy, table, command, role);
  if (!g_str_equal (command, "INSERT"))
    g_string_append_printf (sql, " USING (%s)", using != NULL ? using : "true");
  if (!g_str_equal (command, "DELETE"))
    g_string_append_printf (sql, " WITH CHECK (%s)", check != NULL ? check : "true");
  g_string_append_c (sql, ';');
}

static gboolean
arrange (RpStore *store, gpointer user_data, GError **error)
{
  RpDb *db = rp_store_get_db (store);
  g_auto (GStrv) names = g_new0 (char *, RP_N_ROLES + 1);
  g_autoptr (GString) sql = g_string_new (NULL);

  for (int role = 0; role < RP_N_ROLES; role++) {
    names[role] = dup_role (db, role, error);
    if (names[role] == NULL || !make_role (db, role, (const char *const *) names, error))
      return FALSE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (permissions); i++)
    append_permission (sql, i, (const char *const *) names);

  return rp_db_script (db, close_tables, error) && rp_db_script (db, sql->str, error);
}

gboolean
rp_store_arrange_roles (RpStore *store, GError **error)
{
  return must_be_server (store, error) && rp_store_transaction (store, arrange, NULL, error);
}

gboolean
rp_store_renew_roles (RpStore *store, GError **error)
{
  gint64 count = 0;

  if (rp_db_get_dialect (rp_store_get_db (store)) != RP_DB_POSTGRES)
    return TRUE;
  if (!rp_db_get_int (rp_store_get_db (store), &count, error,
                      "SELECT count (*) FROM pg_roles WHERE rolname = " PREFIX " || '_reader'", ""))
    return FALSE;

  return count == 0 || rp_store_arrange_roles (store, error);
}

typedef struct {
  const char *account;
  int role; /* -1 = none */
} Gift;

static gboolean
give (RpStore *store, gpointer user_data, GError **error)
{
  Gift *gift = user_data;
  RpDb *db = rp_store_get_db (store);
  g_autofree char *account = rp_db_dup_text (
    db, error, "SELECT quote_ident (rolname) FROM pg_roles WHERE rolname = $1", "s", gift->account);

  if (account == NULL) {
    if (error != NULL && *error == NULL)
      g_set_error (
        error, RP_ERROR, RP_ERROR_NOT_FOUND,
        _ ("The server knows no account “%s”; whoever looks after it must make it first"),
        gift->account);
    return FALSE;
  }
  for (int role = 0; role < RP_N_ROLES; role++) {
    g_autofree char *name = dup_role (db, role, error);
    g_autofree char *sql =
      name != NULL ? g_strdup_printf (role == gift->role ? "GRANT %s TO %s" : "REVOKE %s FROM %s",
                                      name, account)
                   : NULL;

    if (sql == NULL || !rp_db_script (db, sql, error))
      return FALSE;
  }

  return TRUE;
}

gboolean
rp_store_give_role (RpStore *store, const char *account, int role, GError **error)
{
  Gift gift = {account, role};

  g_return_val_if_fail (account != NULL && role < RP_N_ROLES, FALSE);

  return rp_store_arrange_roles (store, error) && rp_store_transaction (store, give, &gift, error);
}

static void
member_free (gpointer data)
{
  RpStoreMember *member = data;

  g_free (member->account);
  g_free (member);
}

static gboolean
add_members (RpDb *db, RpRole role, GPtrArray *members, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (RpDbRows) rows =
    rp_db_query (db, &local,
                 "SELECT p.rolname FROM pg_auth_members AS m JOIN pg_roles AS r ON r.oid = m.roleid"
                 " JOIN pg_roles AS p ON p.oid = m.member"
                 " WHERE r.rolname = " PREFIX " || $1 AND p.rolcanlogin ORDER BY p.rolname",
                 "s", roles[role].suffix);

  while (rows != NULL && rp_db_next (rows, &local)) {
    RpStoreMember *member = g_new (RpStoreMember, 1);

    *member = (RpStoreMember){g_strdup (rp_db_text (rows, 0)), role};
    g_ptr_array_add (members, member);
  }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));

  return FALSE;
}

GPtrArray *
rp_store_list_members (RpStore *store, GError **error)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func (member_free);

  if (!must_be_server (store, error))
    return NULL;
  for (int role = 0; role < RP_N_ROLES; role++)
    if (!add_members (rp_store_get_db (store), role, members, error))
      return NULL;

  return g_steal_pointer (&members);
}
