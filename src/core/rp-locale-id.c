#include "rp-locale-id.h"

#include <unicode/uloc.h>

char *
rp_locale_id_new (const char *language)
{
  g_autofree char *tag = g_strdup (language != NULL ? language : "");
  char id[ULOC_FULLNAME_CAPACITY] = "";
  UErrorCode status = U_ZERO_ERROR;

  uloc_forLanguageTag (g_strdelimit (tag, "_", '-'), id, sizeof id, NULL, &status);

  return g_strdup (U_SUCCESS (status) ? id : "");
}

char *
rp_locale_id_dup_region (const char *id)
{
  char full[ULOC_FULLNAME_CAPACITY] = "";
  char region[ULOC_COUNTRY_CAPACITY] = "";
  UErrorCode status = U_ZERO_ERROR;

  uloc_addLikelySubtags (id, full, sizeof full, &status);
  uloc_getCountry (full, region, sizeof region, &status);

  return U_SUCCESS (status) && *region != '\0' ? g_strdup (region) : NULL;
}

gboolean
rp_locale_id_is_right_to_left (const char *language)
{
  g_autofree char *id = rp_locale_id_new (language);

  return uloc_isRightToLeft (id);
}
