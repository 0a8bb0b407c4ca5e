#include "rp-statement.h"

#include "rp-json.h"

#define MAX_EVIDENCE 200 /* more than a person reads */

struct _RpStatement {
  GObject parent_instance;

  char *fields[RP_STATEMENT_N_FIELDS]; /* owned */
  gboolean reserved;
  GPtrArray *evidence; /* owned, of char * */
};

G_DEFINE_FINAL_TYPE (RpStatement, rp_statement, G_TYPE_OBJECT)

static const char *const field_names[RP_STATEMENT_N_FIELDS] = {
  "kind",          "statement",        "url",         "spdx",         "licensor",
  "rights_holder", "copyright_notice", "usage_terms", "original_url", "embargoed_until",
  "expires",       "credit_line",      "policy",      "tdm",          "tracking_html",
  "site_footer",   "confidence",
};

static void
rp_statement_finalize (GObject *object)
{
  RpStatement *self = RP_STATEMENT (object);

  for (guint i = 0; i < RP_STATEMENT_N_FIELDS; i++)
    g_free (self->fields[i]);
  g_ptr_array_unref (self->evidence);
  G_OBJECT_CLASS (rp_statement_parent_class)->finalize (object);
}

static void
rp_statement_class_init (RpStatementClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rp_statement_finalize;
}

static void
rp_statement_init (RpStatement *self)
{
  self->evidence = g_ptr_array_new_with_free_func (g_free);
}

RpStatement *
rp_statement_new (void)
{
  return g_object_new (RP_TYPE_STATEMENT, NULL);
}

const char *
rp_statement_get (RpStatement *self, RpStatementField field)
{
  g_return_val_if_fail (RP_IS_STATEMENT (self), NULL);

  return self->fields[field];
}

void
rp_statement_set (RpStatement *self, RpStatementField field, const char *value)
{
  g_return_if_fail (RP_IS_STATEMENT (self));

  if (value == self->fields[field])
    return;
  g_free (self->fields[field]);
  self->fields[field] = value != NULL && *value != '\0' ? g_strdup (value) : NULL;
}

gboolean
rp_statement_fill (RpStatement *self, RpStatementField field, const char *value)
{
  if (rp_statement_get (self, field) != NULL || value == NULL || *value == '\0')
    return FALSE;
  rp_statement_set (self, field, value);

  return TRUE;
}

gboolean
rp_statement_get_reserved (RpStatement *self)
{
  return self->reserved;
}

void
rp_statement_set_reserved (RpStatement *self, gboolean reserved)
{
  self->reserved = reserved;
}

void
rp_statement_add_evidence (RpStatement *self, const char *evidence)
{
  if (self->evidence->len < MAX_EVIDENCE &&
      !g_ptr_array_find_with_equal_func (self->evidence, evidence, g_str_equal, NULL))
    g_ptr_array_add (self->evidence, g_strdup (evidence));
}

GPtrArray *
rp_statement_get_evidence (RpStatement *self)
{
  return self->evidence;
}

gboolean
rp_statement_is_empty (RpStatement *self)
{
  for (guint i = 0; i < RP_STATEMENT_N_FIELDS; i++)
    if (self->fields[i] != NULL && i != RP_STATEMENT_SITE_FOOTER)
      return FALSE;

  return !self->reserved;
}

JsonObject *
rp_statement_to_json (RpStatement *self)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < RP_STATEMENT_N_FIELDS; i++)
    rp_json_set_string (object, field_names[i], self->fields[i]);
  json_object_set_boolean_member (object, "reserved", self->reserved);
  if (self->evidence->len > 0) {
    JsonArray *evidence = json_array_new ();

    for (guint i = 0; i < self->evidence->len; i++)
      json_array_add_string_element (evidence, g_ptr_array_index (self->evidence, i));
    json_object_set_array_member (object, "evidence", evidence);
  }

  return object;
}

RpStatement *
rp_statement_from_json (JsonObject *object)
{
  RpStatement *self = rp_statement_new ();
  g_auto (GStrv) evidence = rp_json_dup_strv (object, "evidence");

  for (guint i = 0; i < RP_STATEMENT_N_FIELDS; i++)
    rp_statement_set (self, i, rp_json_get_string (object, field_names[i]));
  self->reserved = rp_json_get_boolean (object, "reserved", FALSE);
  for (guint i = 0; evidence != NULL && evidence[i] != NULL; i++)
    rp_statement_add_evidence (self, evidence[i]);

  return self;
}
