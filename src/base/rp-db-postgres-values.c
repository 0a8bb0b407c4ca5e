#include "rp-db-postgres-values.h"

enum {
  OID_BYTEA = 17,
  OID_INT8 = 20,
  OID_TEXT = 25,
  OID_FLOAT8 = 701
};

/* A file keeps every byte, a server only letters: what is none is replaced. */
static void
set_text (RpPqValues *self, int i, const char *text)
{
  self->types[i] = OID_TEXT;
  if (text != NULL && !g_utf8_validate (text, -1, NULL))
    self->made[i] = g_utf8_make_valid (text, -1);
  self->texts[i] = self->made[i] != NULL ? self->made[i] : text;
}

static void
set_bytes (RpPqValues *self, int i, GBytes *bytes)
{
  gsize size = 0;

  self->types[i] = OID_BYTEA;
  self->formats[i] = 1;
  if (bytes == NULL)
    return;
  self->texts[i] = g_bytes_get_data (bytes, &size);
  self->lengths[i] = (int) size;
  if (self->texts[i] == NULL)
    self->texts[i] = "";
}

static void
set_number (RpPqValues *self, int i, const RpDbValue *value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (value->kind == RP_DB_VALUE_INT) {
    self->types[i] = OID_INT8;
    self->made[i] = g_strdup_printf ("%" G_GINT64_FORMAT, value->integer);
  } else {
    self->types[i] = OID_FLOAT8;
    self->made[i] = g_strdup (g_ascii_dtostr (text, sizeof text, value->real));
  }
  self->texts[i] = self->made[i];
}

void
rp_pq_values_read (RpPqValues *self, const RpDbValue *values, guint n_values)
{
  self->count = (int) n_values;
  for (int i = 0; i < self->count; i++) {
    if (values[i].kind == RP_DB_VALUE_TEXT)
      set_text (self, i, values[i].text);
    else if (values[i].kind == RP_DB_VALUE_BYTES)
      set_bytes (self, i, values[i].bytes);
    else
      set_number (self, i, &values[i]);
  }
}

void
rp_pq_values_clear (RpPqValues *self)
{
  for (int i = 0; i < self->count; i++)
    g_free (self->made[i]);
}
