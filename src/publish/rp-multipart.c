#include "rp-multipart.h"

#include "rp-id.h"

struct _RpMultipart {
  char *boundary;   /* owned */
  GByteArray *body; /* owned */
};

RpMultipart *
rp_multipart_new (void)
{
  RpMultipart *form = g_new0 (RpMultipart, 1);
  g_autofree char *id = rp_id_new ();

  form->boundary = g_strconcat ("reprint-", id, NULL);
  form->body = g_byte_array_new ();

  return form;
}

static void
append (RpMultipart *form, const char *text)
{
  g_byte_array_append (form->body, (const guint8 *) text, (guint) strlen (text));
}

/* As browsers do: quotes and line breaks in names are percent-encoded. */
static char *
quote (const char *name)
{
  GString *text = g_string_new (name);

  g_string_replace (text, "\"", "%22", 0);
  g_string_replace (text, "\r", "%0D", 0);
  g_string_replace (text, "\n", "%0A", 0);

  return g_string_free (text, FALSE);
}

void
rp_multipart_add_field (RpMultipart *form, const char *name, const char *value)
{
  g_autofree char *quoted = quote (name);
  g_autofree char *head = g_strdup_printf (
    "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n", form->boundary, quoted);

  append (form, head);
  append (form, value);
  append (form, "\r\n");
}

void
rp_multipart_add_file (RpMultipart *form,
                       const char *name,
                       const char *file_name,
                       const char *media_type,
                       GBytes *bytes)
{
  g_autofree char *quoted = quote (name);
  g_autofree char *quoted_file = quote (file_name);
  g_autofree char *head =
    g_strdup_printf ("--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n"
                     "Content-Type: %s\r\n\r\n",
                     form->boundary, quoted, quoted_file, media_type);
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  append (form, head);
  g_byte_array_append (form->body, data, (guint) size);
  append (form, "\r\n");
}

void
rp_multipart_finish (RpMultipart *form, RpRequest *request)
{
  g_autofree char *tail = g_strdup_printf ("--%s--\r\n", form->boundary);
  g_autofree char *type = g_strdup_printf ("multipart/form-data; boundary=%s", form->boundary);
  g_autoptr (GBytes) body = NULL;

  append (form, tail);
  body = g_byte_array_free_to_bytes (form->body);
  rp_request_set_body (request, type, body);
  g_free (form->boundary);
  g_free (form);
}
