import type { ScmIntegrationRegistry } from '@backstage/integration';
import type {
  Application,
  ApplicationRef,
  ApplicationSource,
  ImageVersion,
} from '@landfall/backstage-plugin-delivery-common';
import {
  commitUrl,
  parseEcrHost,
} from '@landfall/backstage-plugin-delivery-node';

/** Domains of the AWS console. That of an isolated partition isn't public. */
const CONSOLES: [RegExp, string | undefined][] = [
  [/^cn-/, 'console.amazonaws.cn'],
  [/^us-gov-/, 'console.amazonaws-us-gov.com'],
  [/^eusc-/, 'console.amazonaws-eusc.eu'],
  [/^(us|eu)-iso/, undefined],
  [/^/, 'console.aws.amazon.com'],
];

function consoleOf(region: string): string | undefined {
  return CONSOLES.find(([regions]) => regions.test(region))?.[1];
}

/**
 * Builds the links from pages to the sources of what they show. Follows none.
 *
 * @internal
 */
export class Links {
  static create(options: {
    /** Base URLs of Argo CD's pages, by the name of the instance. */
    frontendUrls: Map<string, string>;
    integrations: ScmIntegrationRegistry;
  }): Links {
    return new Links(options.frontendUrls, options.integrations);
  }

  private constructor(
    private readonly frontendUrls: Map<string, string>,
    private readonly integrations: ScmIntegrationRegistry,
  ) {}

  /** The application's page in Argo CD; undefined without a configured instance. */
  application(ref: ApplicationRef): string | undefined {
    const base = this.frontendUrls.get(ref.instance);
    return (
      base &&
      `${base}/applications/${encodeURIComponent(
        ref.namespace,
      )}/${encodeURIComponent(ref.name)}`
    );
  }

  /** The page of a commit at its Git host. */
  commit(repoUrl: string, revision: string): string | undefined {
    return commitUrl(repoUrl, revision, this.integrations);
  }

  /** The page of the commit that its first Git source is compared with. */
  targetCommit({ sources, sync }: Application): string | undefined {
    return this.firstCommit(sources, sync.revisions);
  }

  /** The page of the commit of its first Git source at the latest sync. */
  syncedCommit({ history }: Application): string | undefined {
    const entry = history.at(-1);
    return entry && this.firstCommit(entry.sources, entry.revisions);
  }

  private firstCommit(
    sources: readonly ApplicationSource[],
    revisions: readonly string[],
  ): string | undefined {
    for (const [index, source] of sources.entries()) {
      const revision = revisions[index];
      if (!source.chart && revision) {
        const url = this.commit(source.repoUrl, revision);
        if (url) {
          return url;
        }
      }
    }
    return undefined;
  }

  /** The image's page in the AWS console, for images of ECR. */
  image(repository: string, version: ImageVersion): string | undefined {
    const slash = repository.indexOf('/');
    const registry = parseEcrHost(repository.slice(0, slash));
    if (!registry) {
      return undefined;
    }
    const { accountId, region } = registry;
    const console = consoleOf(region);
    if (!console) {
      return undefined;
    }
    const page = `https://${region}.${console}/ecr/repositories/private/${accountId}/${repository.slice(
      slash + 1,
    )}`;
    return version.digest
      ? `${page}/_/image/${version.digest}/details?region=${region}`
      : `${page}?region=${region}`;
  }
}
