/** Any JSON value (RFC 8259 section 3). */
export type Json = null | boolean | number | string | Json[] | { [member: string]: Json };

/** One element of the list as it is stored: whatever JSON a deliberately faulty target keeps there. */
export type Element = { [member: string]: Json };

/**
 * Whether a value is a JSON object.
 *
 * @param value any value
 * @returns true for objects, false for arrays, null and the rest
 */
export function isObject(value: unknown): value is Element {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
