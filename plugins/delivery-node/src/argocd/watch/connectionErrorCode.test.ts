import type { InstanceErrorCode } from '@landfall/backstage-plugin-delivery-common';
import { connectionErrorCode } from './connectionErrorCode';

/** As `fetch` throws it. */
function failed(...codes: string[]): Error {
  const causes = codes.map(code =>
    Object.assign(new Error(`it failed with ${code}`), { code }),
  );
  return new Error('fetch failed', {
    cause:
      causes.length > 1 ? new AggregateError(causes, 'all failed') : causes[0],
  });
}

describe('connectionErrorCode', () => {
  it.each<[string[], InstanceErrorCode | undefined]>([
    [['ECONNREFUSED'], 'connection-refused'],
    [['ECONNREFUSED', 'ENETUNREACH'], 'connection-refused'],
    [['ENOTFOUND'], 'host-not-found'],
    [['EAI_AGAIN'], 'host-not-found'],
    [['UND_ERR_CONNECT_TIMEOUT'], 'timed-out'],
    [['DEPTH_ZERO_SELF_SIGNED_CERT'], 'certificate-untrusted'],
    [['UNABLE_TO_VERIFY_LEAF_SIGNATURE'], 'certificate-untrusted'],
    [['CERT_HAS_EXPIRED'], 'certificate-expired'],
    [['ERR_TLS_CERT_ALTNAME_INVALID'], 'certificate-of-another-host'],
    [['ERR_SSL_WRONG_VERSION_NUMBER'], 'tls-failed'],
    [['ECONNRESET'], undefined],
    [[], undefined],
  ])('reads %j', (codes, expected) => {
    expect(connectionErrorCode(failed(...codes))).toBe(expected);
  });
});
