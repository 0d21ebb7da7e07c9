import type { LoggerService } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import { createHash } from 'node:crypto';
import pLimit from 'p-limit';
import { z } from 'zod';
import type { OciRegistryConfig } from '../config';
import { byAge, withChildren } from '../images';
import type {
  ListImagesOptions,
  RegistryImage,
  RegistrySource,
} from '../types';
import { ACCEPTED } from './ManifestReading';
import { OciClient, type OciTimes } from './OciClient';
import { OciManifests } from './OciManifests';

const PAGE_SIZE = 1000;
const CONCURRENT_REQUESTS = 4;

// The grammars of the OCI distribution specification.
const NAME =
  /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;
const DIGEST = /^[a-z0-9]+(?:[+._-][a-z0-9]+)*:[a-zA-Z0-9=_-]+$/;
const MAX_NAME_LENGTH = 255;

const tagsSchema = z.object({ tags: z.array(z.string()).nullish() });

/**
 * Images in any registry that speaks the OCI distribution API: tags, what they
 * stand for, and what the manifests say. Such a registry doesn't know when an
 * image was pushed; `createdAt` is when it was built.
 *
 * @public
 */
export class OciRegistrySource implements RegistrySource {
  static create(options: {
    registry: OciRegistryConfig;
    times?: Partial<OciTimes>;
    logger?: LoggerService;
  }): OciRegistrySource {
    return new OciRegistrySource(
      options.registry,
      OciClient.create(options),
      options.logger,
    );
  }

  private readonly limit = pLimit(CONCURRENT_REQUESTS);
  private readonly manifests: OciManifests;

  private constructor(
    private readonly registry: OciRegistryConfig,
    private readonly client: OciClient,
    logger: LoggerService | undefined,
  ) {
    const { limit } = this;
    this.manifests = OciManifests.create({ client, limit, logger });
  }

  covers(repository: string): boolean {
    return repository.startsWith(`${this.registry.host}/`);
  }

  async listImages(
    repository: string,
    { signal }: ListImagesOptions = {},
  ): Promise<RegistryImage[]> {
    const name = this.nameOf(repository);
    const tags = await this.readTags(name, signal);
    const tagsOf = await this.readDigests(name, tags, signal);
    const details = await this.manifests.detailsOf(
      name,
      [...tagsOf.keys()],
      signal,
    );
    const images = [...new Set([...tagsOf.keys(), ...details.keys()])].map(
      (digest): RegistryImage => ({
        repository,
        digest,
        tags: tagsOf.get(digest) ?? [],
        ...details.get(digest),
      }),
    );
    const children = new Map(
      images.flatMap(({ digest, children: held }) =>
        held ? [[digest, held]] : [],
      ),
    );
    return withChildren(images, children).sort(byAge);
  }

  private nameOf(repository: string): string {
    const name = repository.slice(this.registry.host.length + 1);
    if (
      !this.covers(repository) ||
      name.length > MAX_NAME_LENGTH ||
      !NAME.test(name)
    ) {
      throw new InputError(
        `'${repository}' is no repository of ${this.registry.host}`,
      );
    }
    return name;
  }

  private async readTags(
    repository: string,
    signal: AbortSignal | undefined,
  ): Promise<Set<string>> {
    const tags = new Set<string>();
    const read = new Set<string>();
    let next: URL | undefined = this.client.urlOf({
      repository,
      path: `tags/list?n=${PAGE_SIZE}`,
    });
    while (next) {
      const url: URL = next;
      if (read.has(url.href)) {
        // Half of the tags would make the others look removed.
        throw new Error(
          `${url.host} names a page of tags again that was read before: ${url.href}`,
        );
      }
      read.add(url.href);
      const { headers, body } = await this.limit(() =>
        this.client.send({ repository, path: url, signal }),
      );
      const { tags: some } = parseTags(body.toString(), url.host);
      (some ?? []).filter(tag => TAG.test(tag)).forEach(tag => tags.add(tag));
      next = nextPage(headers.get('link'), url);
    }
    return tags;
  }

  /** The tags of each digest. A tag that was removed meanwhile is left out. */
  private async readDigests(
    repository: string,
    tags: Set<string>,
    signal: AbortSignal | undefined,
  ): Promise<Map<string, string[]>> {
    const pairs = await Promise.all(
      [...tags].map(tag =>
        this.limit(async () => ({
          tag,
          digest: await this.readDigest(repository, tag, signal),
        })),
      ),
    );
    const tagsOf = new Map<string, string[]>();
    for (const { tag, digest } of pairs) {
      if (digest) {
        tagsOf.set(digest, [...(tagsOf.get(digest) ?? []), tag]);
      }
    }
    return tagsOf;
  }

  private async readDigest(
    repository: string,
    tag: string,
    signal: AbortSignal | undefined,
  ): Promise<string | undefined> {
    const request = {
      repository,
      path: `manifests/${tag}`,
      accept: ACCEPTED,
      signal,
    };
    try {
      const { headers } = await this.client.send({
        ...request,
        method: 'HEAD',
      });
      const digest = headers.get('docker-content-digest');
      if (digest && DIGEST.test(digest)) {
        return digest;
      }
      // The header is a custom that not every registry keeps.
      const { body } = await this.client.send(request);
      return `sha256:${createHash('sha256').update(body).digest('hex')}`;
    } catch (error) {
      if (error instanceof NotFoundError) {
        return undefined;
      }
      throw error;
    }
  }
}

function parseTags(body: string, host: string): z.infer<typeof tagsSchema> {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    json = undefined;
  }
  const parsed = tagsSchema.safeParse(json);
  if (!parsed.success) {
    throw new Error(
      `What ${host} answered is no list of tags: ${z.prettifyError(
        parsed.error,
      )}`,
    );
  }
  return parsed.data;
}

/** What `Link` names as the next page, on the same host: nobody else gets its credentials. */
function nextPage(link: string | null, current: URL): URL | undefined {
  const [, target] =
    /<([^>]*)>\s*;\s*rel\s*=\s*"?next"?(?:\s*[;,]|\s*$)/i.exec(link ?? '') ??
    [];
  if (target === undefined || !URL.canParse(target, current)) {
    return undefined;
  }
  const next = new URL(target, current);
  // Behind a proxy that ends TLS, a registry may believe that it speaks http.
  next.protocol = current.protocol;
  if (next.host !== current.host) {
    throw new Error(
      `${current.host} names a page of tags on another host, ${next.host}`,
    );
  }
  return next;
}
