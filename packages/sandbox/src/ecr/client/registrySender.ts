import { request } from '../../http/request';

/** Sends bytes to a path of a repository, such as `manifests/1.0.0`. */
export type RegistrySender = (
  method: string,
  path: string,
  bytes: Buffer,
  type?: string,
) => Promise<void>;

/**
 * Sends to a repository by the registry's HTTP API.
 *
 * @throws RequestError with the registry's code
 */
export function registrySender(options: {
  registryUrl: string;
  repository: string;
  authorization: string;
}): RegistrySender {
  const { registryUrl, repository, authorization } = options;
  return async (method, path, bytes, type = 'application/octet-stream') => {
    const url = new URL(`/v2/${repository}/${path}`, registryUrl);
    const headers = { authorization, 'content-type': type };
    const body = new Uint8Array(bytes);
    const response = await request(url, { method, headers, body });
    await response.body?.cancel();
  };
}
