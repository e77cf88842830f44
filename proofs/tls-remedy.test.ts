import { expect, test } from 'vitest';
import { tlsRemedy } from '../harness/http/tls-remedy.ts';

test.for([
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'plain http is spoken on that port'],
  ['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'plain http is spoken on that port'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'its certificate is for another name'],
  ['CERT_HAS_EXPIRED', 'its certificate has expired'],
  ['CERT_NOT_YET_VALID', 'is not valid yet'],
  ['ERR_SSL_UNSUPPORTED_PROTOCOL', 'it speaks no version of TLS from 1.2 on'],
  ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'it speaks no version of TLS from 1.2 on'],
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'it asks for a client certificate'],
  ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'no cipher in common'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'signed by itself'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'signed by itself'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'TARGET_CA names its certificate authority'],
  [undefined, 'TARGET_CA names its certificate authority'],
] as const)('%s is told by its own cause', ([code, remedy]) => {
  expect(tlsRemedy(code)).toContain(remedy);
});
