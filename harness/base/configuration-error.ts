/** A mistake of the user's: one line, exit code 2. The message never holds a value that may be a secret. */
export class ConfigurationError extends Error {
  override name = 'ConfigurationError';
}
