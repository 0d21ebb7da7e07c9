import type { ScmIntegrations } from '@backstage/integration';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { GitClient } from '@landfall/backstage-plugin-delivery-node';
import { resolveRepository } from '../git';
import { examples } from './gitRepositoryInspect.examples';

/**
 * The action `delivery:git:repository:inspect`: tells whether a repository
 * exists and on which kind of host it is. Backstage's own `publish:*` actions
 * fail on a repository that exists; a step before them with this action lets a
 * template be run again.
 *
 * @public
 */
export function createGitRepositoryInspectAction(options: {
  git: GitClient;
  integrations: ScmIntegrations;
}) {
  return createTemplateAction({
    id: 'delivery:git:repository:inspect',
    description: 'Tells whether a Git repository exists, and on which host',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        repoUrl: z =>
          z
            .string()
            .describe(
              "The repository: its URL, or the form of the scaffolder's repository picker",
            ),
        defaultBranch: z =>
          z
            .string()
            .optional()
            .describe(
              'The branch that a repository would get which is not there yet; default: main',
            ),
        token: z => z.string().optional(),
      },
      output: {
        exists: z =>
          z
            .boolean()
            .describe('True if the repository exists and has a branch'),
        host: z =>
          z
            .string()
            .describe(
              'Kind of the host, as in integrations: github, gitlab, gitea …',
            ),
        remoteUrl: z => z.string().describe('Clone URL'),
        repoContentsUrl: z =>
          z
            .string()
            .describe("The default branch's root, for catalog:register"),
      },
    },
    async handler(ctx) {
      const { git, integrations } = options;
      const url = resolveRepository(ctx.input.repoUrl, integrations);
      const { exists, defaultBranch } = await git.inspect(url, ctx.input.token);
      const branch = defaultBranch ?? ctx.input.defaultBranch ?? 'main';
      const host = integrations.byUrl(url)?.type ?? 'unknown';
      ctx.logger.info(
        exists ? `${url} is there already` : `${url} is not there yet`,
      );
      ctx.output('exists', exists && defaultBranch !== undefined);
      ctx.output('host', host);
      ctx.output('remoteUrl', url);
      ctx.output('repoContentsUrl', contentsUrl(url, branch, host));
    },
  });
}

function contentsUrl(url: string, branch: string, host: string): string {
  const base = url.replace(/\.git$/, '');
  switch (host) {
    case 'gitea':
      return `${base}/src/branch/${branch}`;
    case 'gitlab':
      return `${base}/-/blob/${branch}`;
    case 'bitbucketCloud':
      return `${base}/src/${branch}`;
    default:
      return `${base}/blob/${branch}`;
  }
}
