#include "rp-multipart.h"

#include "rp-id.h"

struct _RpMultipart {
  char *boundary; /* owned */
  RpBody *body;   /* owned */
};

RpMultipart *
rp_multipart_new (void)
{
  RpMultipart *form = g_new0 (RpMultipart, 1);
  g_autofree char *id = rp_id_new ();

  form->boundary = g_strconcat ("reprint-", id, NULL);
  form->body = rp_body_new ();

  return form;
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

  rp_body_add_text (form->body, head);
  rp_body_add_text (form->body, value);
  rp_body_add_text (form->body, "\r\n");
}

void
rp_multipart_add_file (RpMultipart *form,
                       const char *name,
                       const char *file_name,
                       const char *media_type,
                       RpBody *content)
{
  g_autofree char *quoted = quote (name);
  g_autofree char *quoted_file = quote (file_name);
  g_autofree char *head =
    g_strdup_printf ("--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n"
                     "Content-Type: %s\r\n\r\n",
                     form->boundary, quoted, quoted_file, media_type);

  rp_body_add_text (form->body, head);
  rp_body_add_body (form->body, content);
  rp_body_add_text (form->body, "\r\n");
}

void
rp_multipart_finish (RpMultipart *form, RpRequest *request)
{
  g_autofree char *tail = g_strdup_printf ("--%s--\r\n", form->boundary);
  g_autofree char *type = g_strdup_printf ("multipart/form-data; boundary=%s", form->boundary);

  rp_body_add_text (form->body, tail);
  rp_request_set_parts (request, type, form->body);
  rp_body_unref (form->body);
  g_free (form->boundary);
  g_free (form);
}
