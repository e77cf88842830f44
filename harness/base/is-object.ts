/** Whether a JSON value is an object, and neither an array nor null. */
export function isObject(found: unknown): found is Record<string, unknown> {
  return typeof found === 'object' && found !== null && !Array.isArray(found);
}
