/**
 * Names of secrets, however people write them: `psk`, `pre_shared_key`, `Pre-shared Key` (a column of OpenStack's own
 * client), `preSharedKey`. Compared without letter case, hyphens, underscores, points and blanks.
 */
const secretNames =
  /psk|preshared|sharedkey|sharedsecret|secret|passw(or)?d|passphrase|privatekey|credential|apikey|accesskey/;
/** A token is a secret, `token_type` and `tokenizer` are none: here the end of a word counts. */
const tokens = /(^|_)token$/;

/** Names that were asked about: a list has the same few in each of its elements. */
const judgedNames = new Map<string, boolean>();
const mostKnown = 10_000;

/**
 * Whether a member's name says that its value is a secret, whether the page knows it or not: undocumented ones may
 * hold one. Every member that a schema calls sensitive is named so.
 */
export function isSensitiveName(name: string): boolean {
  const found = judgedNames.get(name) ?? isSecretName(name);
  if (judgedNames.size < mostKnown) judgedNames.set(name, found);
  return found;
}

function isSecretName(name: string): boolean {
  const words = name.replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1_$2').toLowerCase();
  const joined = words.replace(/[-_.\s]+/g, '_');
  return secretNames.test(joined.replaceAll('_', '')) || tokens.test(joined);
}

/** Members that hold a name, and members that hold its value: `{"Field": "Pre-shared Key", "Value": "…"}`. */
const nameMembers = /^(field|name|key|property|column|attribute|parameter|header|label)$/i;
const valueMembers = /^(values?|data|content)$/i;
/** A longer text is a sentence. */
const longestName = 64;

/** Whether a member of an object is the value of a secret that another member names. */
export function isNamedSecret(member: string, object: Readonly<Record<string, unknown>>): boolean {
  if (!valueMembers.test(member)) return false;
  return Object.entries(object).some(
    ([name, value]) =>
      nameMembers.test(name) && typeof value === 'string' && value.length <= longestName && isSensitiveName(value),
  );
}

/** Whether a name is that of a member which holds the value to a name. */
export function isValueMember(name: string): boolean {
  return valueMembers.test(name);
}
