import type { InstanceErrorCode } from '@landfall/backstage-plugin-delivery-common';
import { withCauses } from '../../reasonOf';

const UNTRUSTED = 'certificate-untrusted';

/**
 * Codes of Node's network and TLS errors, and of undici. Node passes OpenSSL's
 * codes for certificates through.
 */
const CODES: ReadonlyMap<unknown, InstanceErrorCode> = new Map([
  ['ECONNREFUSED', 'connection-refused'],
  ['ENOTFOUND', 'host-not-found'],
  ['EAI_AGAIN', 'host-not-found'],
  ['ETIMEDOUT', 'timed-out'],
  ['UND_ERR_CONNECT_TIMEOUT', 'timed-out'],
  ['UND_ERR_HEADERS_TIMEOUT', 'timed-out'],
  ['UND_ERR_BODY_TIMEOUT', 'timed-out'],
  ['CERT_HAS_EXPIRED', 'certificate-expired'],
  ['CERT_NOT_YET_VALID', 'certificate-expired'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate-of-another-host'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', UNTRUSTED],
  ['SELF_SIGNED_CERT_IN_CHAIN', UNTRUSTED],
  ['UNABLE_TO_GET_ISSUER_CERT', UNTRUSTED],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', UNTRUSTED],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', UNTRUSTED],
  ['CERT_UNTRUSTED', UNTRUSTED],
  ['CERT_REVOKED', UNTRUSTED],
  ['CERT_REJECTED', UNTRUSTED],
  ['INVALID_CA', UNTRUSTED],
  ['CERT_SIGNATURE_FAILURE', UNTRUSTED],
  ['EPROTO', 'tls-failed'],
]);

/**
 * Why a connection failed, by the error codes of its causes; undefined if they
 * don't show it.
 */
export function connectionErrorCode(
  error: Error,
): InstanceErrorCode | undefined {
  for (const { code } of withCauses(error)) {
    const known = CODES.get(code);
    if (known) {
      return known;
    }
    if (typeof code === 'string' && code.startsWith('ERR_SSL_')) {
      return 'tls-failed';
    }
  }
  return undefined;
}
