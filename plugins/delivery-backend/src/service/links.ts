import type { ScmIntegrationRegistry } from '@backstage/integration';
import type {
  Application,
  ApplicationRef,
  ImageVersion,
} from '@landfall/backstage-plugin-delivery-common';
import {
  commitUrl,
  parseEcrHost,
} from '@landfall/backstage-plugin-delivery-node';

/**
 * Builds the links of pages to where things come from; none is followed here.
 *
 * @internal
 */
export class Links {
  static create(options: {
    /** By the names of Argo CD's instances: where their pages are. */
    frontendUrls: Map<string, string>;
    integrations: ScmIntegrationRegistry;
  }): Links {
    return new Links(options.frontendUrls, options.integrations);
  }

  private constructor(
    private readonly frontendUrls: Map<string, string>,
    private readonly integrations: ScmIntegrationRegistry,
  ) {}

  /** The application's page in Argo CD; undefined if its instance isn't configured any more. */
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

  /** The page of the commit that the application is compared with: of its first source that is in Git. */
  targetCommit(application: Application): string | undefined {
    for (const [index, source] of application.sources.entries()) {
      const revision = application.sync.revisions[index];
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
    const console = region.startsWith('cn-')
      ? 'console.amazonaws.cn'
      : 'console.aws.amazon.com';
    const page = `https://${region}.${console}/ecr/repositories/private/${accountId}/${repository.slice(
      slash + 1,
    )}`;
    return version.digest
      ? `${page}/_/image/${version.digest}/details?region=${region}`
      : `${page}?region=${region}`;
  }
}
