import type { LoggerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import pLimit from 'p-limit';
import { z } from 'zod';
import type { OciRegistryConfig } from '../config';
import { byAge, withChildren } from '../images';
import { findImageSource } from '../imageSource';
import { isContentOf, parseManifest } from '../manifest';
import type {
  ImageSource,
  ListImagesOptions,
  RegistryImage,
  RegistrySource,
} from '../types';
import { OciClient, type OciTimes } from './OciClient';
import { ACCEPTED } from './ManifestReading';
import { OciManifests } from './OciManifests';
import { OciTags } from './OciTags';

const PAGE_SIZE = 1000;
/** Some registries return all tags at once, regardless of the page size. */
const MAX_PAGE_BYTES = 16 * 1024 * 1024;
const MAX_TAGS = 100_000;
const CONCURRENT_REQUESTS = 4;
/** Somebody waits for it. */
const SOURCE_ATTEMPTS = 2;

// The grammars from the OCI distribution specification.
const NAME =
  /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;
const MAX_NAME_LENGTH = 255;

const tagsSchema = z.object({ tags: z.array(z.string()).nullish() });

/**
 * Images in any registry with the OCI distribution API: tags, their digests,
 * and details from manifests. Such a registry doesn't know when an image was
 * pushed, only when it was built (`builds`).
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
  private readonly tags: OciTags;

  private constructor(
    private readonly registry: OciRegistryConfig,
    private readonly client: OciClient,
    logger: LoggerService | undefined,
  ) {
    const { limit } = this;
    this.manifests = OciManifests.create({ client, limit, logger });
    this.tags = OciTags.create({ client, limit, logger });
  }

  covers(repository: string): boolean {
    return repository.startsWith(`${this.registry.host}/`);
  }

  async listImages(
    repository: string,
    options: ListImagesOptions = {},
  ): Promise<RegistryImage[]> {
    const name = this.nameOf(repository);
    const { signal } = options;
    const tags = await this.readTags(name, signal);
    const tagsOf = await this.tags.digestsOf(name, tags, options);
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
        ...(details.get(digest) ?? { detailsUnread: true }),
      }),
    );
    const children = new Map(
      images.flatMap(({ digest, children: held }) =>
        held ? [[digest, held]] : [],
      ),
    );
    return withChildren(images, children).sort(byAge);
  }

  async imageSource(
    { repository, digest }: { repository: string; digest: string },
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<ImageSource | undefined> {
    const name = this.nameOf(repository);
    const read = async (path: string, wanted: string, isBlob: boolean) => {
      const { body } = await this.limit(() =>
        this.client.send({
          repository: name,
          path: `${path}/${wanted}`,
          ...(!isBlob && { accept: ACCEPTED }),
          isBlob,
          attempts: SOURCE_ATTEMPTS,
          signal,
        }),
      );
      return isContentOf(wanted, body) ? body.toString() : undefined;
    };
    return findImageSource(
      {
        async manifest(wanted) {
          const text = await read('manifests', wanted, false);
          return text === undefined ? undefined : parseManifest(text);
        },
        config: wanted => read('blobs', wanted, true),
      },
      digest,
    );
  }

  private nameOf(repository: string): string {
    const name = repository.slice(this.registry.host.length + 1);
    if (
      !this.covers(repository) ||
      name.length > MAX_NAME_LENGTH ||
      !NAME.test(name)
    ) {
      throw new InputError(
        `'${repository}' isn't a repository of ${this.registry.host}`,
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
        // With only some of the tags, the others would look removed.
        throw new Error(
          `${url.host} returned a page of tags that was already read: ${url.pathname}`,
        );
      }
      read.add(url.href);
      const { headers, body } = await this.limit(() =>
        this.client.send({
          repository,
          path: url,
          maxBytes: MAX_PAGE_BYTES,
          signal,
        }),
      );
      const { tags: some } = parseTags(body.toString(), url.host);
      (some ?? []).filter(tag => TAG.test(tag)).forEach(tag => tags.add(tag));
      if (tags.size > MAX_TAGS) {
        throw new Error(
          `${repository} of ${url.host} has more than ${MAX_TAGS} tags, the limit. Delete old ones`,
        );
      }
      next = nextPage(headers.get('link'), url);
    }
    return tags;
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
      `The response of ${host} isn't a list of tags: ${z.prettifyError(
        parsed.error,
      )}`,
    );
  }
  return parsed.data;
}

/**
 * The next page from `Link`. It must be on the same host, because it gets the
 * host's credentials.
 */
function nextPage(link: string | null, current: URL): URL | undefined {
  const [, target] =
    /<([^>]*)>\s*;\s*rel\s*=\s*"?next"?(?:\s*[;,]|\s*$)/i.exec(link ?? '') ??
    [];
  if (target === undefined || !URL.canParse(target, current)) {
    return undefined;
  }
  const next = new URL(target, current);
  // Behind a proxy that terminates TLS, a registry may return http URLs.
  next.protocol = current.protocol;
  if (next.host !== current.host) {
    throw new Error(
      `${current.host} refers to a page of tags on another host, ${next.host}`,
    );
  }
  return next;
}
