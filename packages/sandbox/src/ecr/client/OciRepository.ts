import type { RegistryAccess } from '../../config';
import { basicAuthorization } from '@landfall/testing-kit';
import { request } from '../../http/request';
import { MEDIA_TYPES } from '../model/manifest';
import { EcrJsonClient } from './EcrJsonClient';

/** The manifests that clients accept: images and indexes of OCI and Docker. */
const ACCEPTED_MANIFESTS = Object.values(MEDIA_TYPES).flat().join(', ');

/** One repository of a registry, by the OCI distribution API. */
export class OciRepository {
  /** Signs in to the registry, unless that takes anonymous requests. */
  static async open(
    { url, username, password = '', ecr }: RegistryAccess,
    repository: string,
  ): Promise<OciRepository> {
    const client = ecr && new EcrJsonClient({ url, credentials: ecr });
    const basic =
      username === undefined
        ? undefined
        : basicAuthorization({ username, password });
    const authorization = client ? await client.authorization() : basic;
    return new OciRepository({ url, repository, authorization });
  }

  constructor(
    private readonly options: {
      /** The registry's URL, such as `http://127.0.0.1:3301`. */
      url: string;
      repository: string;
      authorization?: string;
    },
  ) {}

  /**
   * @param path - below that of the repository, such as `manifests/1.0.0`, or as
   * in a link
   * @throws RequestError with the registry's code
   */
  async request(
    path: string,
    { headers, ...init }: RequestInit = {},
  ): Promise<Response> {
    const { url, repository, authorization } = this.options;
    return request(new URL(path, new URL(`/v2/${repository}/`, url)), {
      ...init,
      headers: {
        accept: ACCEPTED_MANIFESTS,
        ...(authorization && { authorization }),
        ...headers,
      },
    });
  }

  /** Uploads a blob or a manifest. */
  async upload(
    method: 'POST' | 'PUT',
    path: string,
    bytes: Buffer,
    type = 'application/octet-stream',
  ): Promise<void> {
    const headers = { 'content-type': type };
    const body = new Uint8Array(bytes);
    const response = await this.request(path, { method, headers, body });
    await response.body?.cancel();
  }
}
