/** Causes of a failed TLS session, by Node's and OpenSSL's codes, each with its remedy. */
const causes: readonly (readonly [code: RegExp, remedy: string])[] = [
  [
    /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|UNEXPECTED_MESSAGE/,
    'plain http is spoken on that port: the URL begins with http://, or has another port',
  ],
  [/ALTNAME_INVALID|HOSTNAME_MISMATCH/, 'its certificate is for another name: is the host of the URL right?'],
  [/CERT_HAS_EXPIRED/, 'its certificate has expired'],
  [/CERT_NOT_YET_VALID/, 'its certificate is not valid yet: is the clock right, there and here?'],
  [/CERT_REVOKED/, 'its certificate was revoked'],
  [/UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|VERSION_TOO_LOW/, 'it speaks no version of TLS from 1.2 on'],
  [/UNRECOGNIZED_NAME/, 'it knows no host of that name: is the host of the URL right?'],
  [
    /CERTIFICATE_REQUIRED|BAD_CERTIFICATE|UNKNOWN_CA|CERTIFICATE_UNKNOWN/,
    'it asks for a client certificate: TARGET_CERT names it',
  ],
  [
    /HANDSHAKE_FAILURE|NO_SHARED_CIPHER|NO_CIPHERS/,
    'the two have no cipher in common, or it asks for a client certificate, which TARGET_CERT names',
  ],
  [/SELF_SIGNED/, 'its certificate is signed by itself, or by an authority that is: TARGET_CA names that'],
];

/** Without a code that says more. */
const targetFiles = 'TARGET_CA names its certificate authority, TARGET_CERT the certificate that it may ask for';

/**
 * The remedy where no TLS session could be set up, from the code of the error.
 * @param usual where the code says no more
 */
export function tlsRemedy(code = '', usual = targetFiles): string {
  return causes.find(([pattern]) => pattern.test(code))?.[1] ?? usual;
}
