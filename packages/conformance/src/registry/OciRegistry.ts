import type { BuiltImage, Content } from '@landfall/testing-kit';
import { RawHttp, type RawAnswer, type Trust } from '../http/RawHttp';
import { at, text } from '../http/json';

export interface RegistryCredentials {
  username: string;
  password: string;
}

/** The pushing and deleting half of an OCI distribution client. */
export class OciRegistry {
  readonly #http: RawHttp;
  readonly #tokens = new Map<string, string>();

  /**
   * @param credentials - called for every request, since ECR's credentials
   * expire
   */
  constructor(
    private readonly url: string,
    private readonly trust: Trust,
    private readonly credentials: () => Promise<
      RegistryCredentials | undefined
    >,
  ) {
    this.#http = new RawHttp(url, trust);
  }

  /**
   * Uploads an image under a tag.
   *
   * @returns the manifest's digest
   */
  async push(
    repository: string,
    tag: string,
    image: BuiltImage,
  ): Promise<string> {
    await this.#pushBlob(repository, image.config);
    await this.#pushBlob(repository, image.layer);
    expectStatus(
      await this.#send(
        'PUT',
        repository,
        `/v2/${repository}/manifests/${tag}`,
        {
          body: image.manifest.bytes,
          type: image.mediaType,
        },
      ),
      [201],
    );
    return image.manifest.digest;
  }

  /** Removes a manifest. Returns false if the registry doesn't allow it. */
  async remove(repository: string, digest: string): Promise<boolean> {
    const { status } = await this.#send(
      'DELETE',
      repository,
      `/v2/${repository}/manifests/${digest}`,
    );
    return [200, 202, 404].includes(status);
  }

  close(): void {
    this.#http.close();
  }

  async #pushBlob(repository: string, blob: Content): Promise<void> {
    const path = `/v2/${repository}/blobs`;
    const head = await this.#send('HEAD', repository, `${path}/${blob.digest}`);
    if (head.status === 200) {
      return;
    }
    const started = expectStatus(
      await this.#send('POST', repository, `${path}/uploads/`),
      [202],
    );
    const location = new URL(
      text(started.headers.location),
      `${this.url.replace(/\/+$/, '')}/`,
    );
    location.searchParams.set('digest', blob.digest);
    expectStatus(
      await this.#send(
        'PUT',
        repository,
        `${location.pathname}${location.search}`,
        { body: blob.bytes, type: 'application/octet-stream' },
      ),
      [201],
    );
  }

  /**
   * Authenticates as the registry requires: with basic authentication or a
   * token.
   */
  async #send(
    method: string,
    repository: string,
    path: string,
    content?: { body: Buffer; type: string },
  ): Promise<RawAnswer> {
    const attempt = async (authorization: string | undefined) =>
      this.#http.send({
        method,
        path,
        headers: {
          ...(authorization && { authorization }),
          ...(content && { 'content-type': content.type }),
        },
        body: content?.body,
      });
    const credentials = await this.credentials();
    const basic =
      credentials &&
      `Basic ${Buffer.from(
        `${credentials.username}:${credentials.password}`,
      ).toString('base64')}`;
    const answer = await attempt(this.#tokens.get(repository) ?? basic);
    const challenge = text(answer.headers['www-authenticate']);
    if (answer.status !== 401 || !/^bearer /i.test(challenge)) {
      return answer;
    }
    const token = await this.#token(challenge, repository, basic);
    this.#tokens.set(repository, `Bearer ${token}`);
    return attempt(`Bearer ${token}`);
  }

  async #token(
    challenge: string,
    repository: string,
    basic: string | undefined,
  ): Promise<string> {
    const realm = new URL(parameterOf(challenge, 'realm'));
    realm.searchParams.set('service', parameterOf(challenge, 'service'));
    realm.searchParams.set(
      'scope',
      `repository:${repository}:pull,push,delete`,
    );
    const http = new RawHttp(realm.origin, this.trust);
    try {
      const { body } = await http.send({
        path: `${realm.pathname}${realm.search}`,
        headers: basic ? { authorization: basic } : {},
      });
      return text(at(body, 'token')) || text(at(body, 'access_token'));
    } finally {
      http.close();
    }
  }
}

function parameterOf(challenge: string, name: string): string {
  return new RegExp(`${name}="([^"]*)"`, 'i').exec(challenge)?.[1] ?? '';
}

function expectStatus(answer: RawAnswer, wanted: number[]): RawAnswer {
  if (!wanted.includes(answer.status)) {
    throw new Error(
      `the registry answered ${answer.status} ${answer.text.slice(0, 300)}`,
    );
  }
  return answer;
}
