import { getCACertificates } from 'node:tls';
import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * The connections to one server, such as an Argo CD instance.
 *
 * - `ca` is trusted in addition to what Node trusts, `NODE_EXTRA_CA_CERTS`
 *   included, and only by these connections.
 * - The proxy comes from `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` (or the
 *   same in lower case). Loopback addresses never use a proxy.
 */
export function createDispatcher(options: {
  url: string;
  /** Certificate authorities in PEM. */
  ca?: string;
  connectMs: number;
  /** Accepts any certificate. */
  skipTlsVerify?: boolean;
  env?: NodeJS.ProcessEnv;
}): Dispatcher {
  const { url, ca, connectMs, skipTlsVerify, env = process.env } = options;
  const tls = {
    timeout: connectMs,
    ...(skipTlsVerify && { rejectUnauthorized: false }),
    ...(ca ? { ca: [...getCACertificates('default'), ca] } : {}),
  };
  const common = {
    // Signals enforce the timeouts: a stream may be silent for any length of
    // time.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: tls,
  };
  const httpProxy = env.http_proxy ?? env.HTTP_PROXY;
  const httpsProxy = env.https_proxy ?? env.HTTPS_PROXY;
  if ((!httpProxy && !httpsProxy) || LOOPBACK.test(new URL(url).hostname)) {
    return new Agent(common);
  }
  return new EnvHttpProxyAgent({
    ...common,
    httpProxy,
    httpsProxy,
    noProxy: env.no_proxy ?? env.NO_PROXY ?? '',
    // The tunnel ends at the server, so its certificate is checked there.
    requestTls: tls,
    proxyTls: { timeout: connectMs },
  });
}
