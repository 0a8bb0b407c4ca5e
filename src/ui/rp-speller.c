#include "rp-speller.h"

#include <string.h>
#include <sys/types.h>

#include "rp-lazy.h"

/* As Enchant 2 declares them. The library comes with every WebKitGTK, its header does not. */
typedef struct str_enchant_broker EnchantBroker;
typedef struct str_enchant_dict EnchantDict;

EnchantBroker *enchant_broker_init (void);
void enchant_broker_free (EnchantBroker *broker);
EnchantDict *enchant_broker_request_dict (EnchantBroker *broker, const char *tag);
void enchant_broker_free_dict (EnchantBroker *broker, EnchantDict *dictionary);
int enchant_dict_check (EnchantDict *dictionary, const char *word, ssize_t length); /* 0 = right */
char **
enchant_dict_suggest (EnchantDict *dictionary, const char *word, ssize_t length, size_t *out_count);
void enchant_dict_add (EnchantDict *dictionary, const char *word, ssize_t length);
void enchant_dict_free_string_list (EnchantDict *dictionary, char **list);

#define MOST 6 /* suggestions: a menu that is read at a glance */

#define ENCHANT_SYMBOLS(X)                                                                         \
  X (enchant_broker_init)                                                                          \
  X (enchant_broker_free)                                                                          \
  X (enchant_broker_free_dict)                                                                     \
  X (enchant_broker_request_dict)                                                                  \
  X (enchant_dict_add)                                                                             \
  X (enchant_dict_check)                                                                           \
  X (enchant_dict_free_string_list)                                                                \
  X (enchant_dict_suggest)

static struct {
  ENCHANT_SYMBOLS (RP_LAZY_MEMBER)
} enchant;

static RpLazy library = {
  .names = (const char *const[]){"libenchant-2.so.2", "libenchant-2.so", NULL},
  .symbols = (const char *const[]){ENCHANT_SYMBOLS (RP_LAZY_NAME) NULL},
  .slots = (gpointer *) &enchant,
  .once = G_ONCE_INIT,
};

struct _RpSpeller {
  EnchantBroker *broker;   /* owned, NULL when this computer has no Enchant */
  GPtrArray *dictionaries; /* EnchantDict, the broker's */
};

RpSpeller *
rp_speller_new (const char *const *names)
{
  RpSpeller *self = g_new0 (RpSpeller, 1);

  self->dictionaries = g_ptr_array_new ();
  if (!rp_lazy_load (&library))
    return self;
  self->broker = enchant.enchant_broker_init ();
  for (guint i = 0; names[i] != NULL; i++) {
    EnchantDict *dictionary = enchant.enchant_broker_request_dict (self->broker, names[i]);

    if (dictionary != NULL)
      g_ptr_array_add (self->dictionaries, dictionary);
  }

  return self;
}

void
rp_speller_free (RpSpeller *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->dictionaries->len; i++)
    enchant.enchant_broker_free_dict (self->broker, self->dictionaries->pdata[i]);
  g_ptr_array_unref (self->dictionaries);
  if (self->broker != NULL)
    enchant.enchant_broker_free (self->broker);
  g_free (self);
}

gboolean
rp_speller_has_dictionary (RpSpeller *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->dictionaries->len > 0;
}

static char *
replace (const char *text, const char *what, const char *by)
{
  g_auto (GStrv) parts = g_strsplit (text, what, -1);

  return g_strjoinv (by, parts);
}

gboolean
rp_speller_is_right (RpSpeller *self, const char *word)
{
  g_autofree char *plain = NULL;

  g_return_val_if_fail (self != NULL && word != NULL, TRUE);

  if (*word == '\0' || self->dictionaries->len == 0)
    return TRUE;
  plain = replace (word, "’", "'");
  for (guint i = 0; i < self->dictionaries->len; i++)
    if (enchant.enchant_dict_check (self->dictionaries->pdata[i], plain, -1) <= 0)
      return TRUE;

  return FALSE;
}

/* Those of one dictionary, after those of the ones before. */
static void
add_suggestions (GPtrArray *list, EnchantDict *dictionary, const char *plain, gboolean curly)
{
  size_t count = 0;
  char **found = enchant.enchant_dict_suggest (dictionary, plain, -1, &count);

  for (size_t i = 0; i < count && list->len < MOST; i++) {
    g_autofree char *word = curly ? replace (found[i], "'", "’") : g_strdup (found[i]);

    if (!g_ptr_array_find_with_equal_func (list, word, g_str_equal, NULL))
      g_ptr_array_add (list, g_steal_pointer (&word));
  }
  if (found != NULL)
    enchant.enchant_dict_free_string_list (dictionary, found);
}

GStrv
rp_speller_suggest (RpSpeller *self, const char *word)
{
  GPtrArray *list = g_ptr_array_new ();
  g_autofree char *plain = NULL;

  g_return_val_if_fail (self != NULL && word != NULL, NULL);

  plain = replace (word, "’", "'");
  for (guint i = 0; i < self->dictionaries->len; i++)
    add_suggestions (list, self->dictionaries->pdata[i], plain, strstr (word, "’") != NULL);
  g_ptr_array_add (list, NULL);

  return (GStrv) g_ptr_array_free (list, FALSE);
}

void
rp_speller_learn (RpSpeller *self, const char *word)
{
  g_autofree char *plain = NULL;

  g_return_if_fail (self != NULL && word != NULL);

  plain = replace (word, "’", "'");
  for (guint i = 0; i < self->dictionaries->len; i++)
    enchant.enchant_dict_add (self->dictionaries->pdata[i], plain, -1);
}
