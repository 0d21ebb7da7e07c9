import type { UrlReaderService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { ScmIntegrations } from '@backstage/integration';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type {
  GitClient,
  RepositoryState,
} from '@landfall/backstage-plugin-delivery-node';
import { normalizeEntityRef } from '../access';
import { assertDescribed } from '../catalog';
import { contentsUrl, fileUrl, resolveRepository } from '../git';
import { examples } from './gitRepositoryInspect.examples';

const WORDS = {
  missing: (url: string) => `The repository ${url} doesn't exist yet`,
  empty: (url: string) => `${url} exists, and is empty`,
  filled: (url: string) => `${url} exists already`,
};

/**
 * The action `delivery:git:repository:inspect`: finds out whether a repository
 * exists and on which kind of host it is. Backstage's own `publish:*` actions
 * fail on an existing repository. With this action in a step before them, a
 * template can be run again.
 *
 * In a dry run it requests nothing, and answers as if the repository were
 * missing. The caller chooses the steps of a dry run, and could otherwise learn
 * which private repositories exist.
 *
 * @public
 */
export function createGitRepositoryInspectAction(options: {
  git: Pick<GitClient, 'inspect'>;
  integrations: ScmIntegrations;
  reader: Pick<UrlReaderService, 'readUrl'>;
}) {
  return createTemplateAction({
    id: 'delivery:git:repository:inspect',
    description:
      'Finds out whether a Git repository exists, whether it is empty, and on which host it is',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        repoUrl: z =>
          z
            .string()
            .describe(
              "The repository: its URL, or the value of the scaffolder's repository picker",
            ),
        defaultBranch: z =>
          z
            .string()
            .optional()
            .describe(
              'The branch that a missing repository would get; default: main',
            ),
        entityRef: z =>
          z
            .string()
            .optional()
            .describe(
              'The entity that a filled repository must describe in its catalog-info.yaml, such as component:default/api. Otherwise it may be someone else’s, which is an error',
            ),
        owner: z =>
          z
            .string()
            .optional()
            .describe('The owner that the file must give the entity'),
        token: z => z.string().optional(),
      },
      output: {
        state: z =>
          z
            .enum(['missing', 'empty', 'filled'])
            .describe(
              'missing: publish it. empty: it exists, but nothing was pushed yet; fill it with delivery:git:commit. filled: it exists',
            ),
        exists: z =>
          z
            .boolean()
            .describe('True if the repository exists, even if it is empty'),
        host: z =>
          z
            .string()
            .describe(
              'Kind of the host, as in integrations: github, gitlab, gitea, bitbucketCloud, bitbucketServer, azure',
            ),
        remoteUrl: z => z.string().describe('Clone URL'),
        repoContentsUrl: z =>
          z
            .string()
            .describe("The default branch's root, for catalog:register"),
        catalogInfoUrl: z =>
          z
            .string()
            .describe(
              'The page of the file catalog-info.yaml in it, for delivery:catalog:register',
            ),
      },
    },
    async handler(ctx) {
      const { git, integrations, reader } = options;
      const { token, owner } = ctx.input;
      const entityRef =
        ctx.input.entityRef && normalizeEntityRef(ctx.input.entityRef);
      if (owner && !entityRef) {
        throw new InputError('owner needs entityRef, the entity that is owned');
      }
      const url = resolveRepository(ctx.input.repoUrl, integrations);
      const { state, defaultBranch }: RepositoryState = ctx.isDryRun
        ? { state: 'missing' }
        : await git.inspect({ url, token, signal: ctx.signal });
      const branch = defaultBranch ?? ctx.input.defaultBranch ?? 'main';
      const host = integrations.byUrl(url)?.type ?? 'unknown';
      ctx.logger.info(
        ctx.isDryRun
          ? `Dry run: no request is sent to ${url}`
          : WORDS[state](url),
      );
      const catalogInfoUrl = fileUrl(url, branch, host, 'catalog-info.yaml');
      if (entityRef && state === 'filled') {
        await assertDescribed({
          reader,
          fileUrl: catalogInfoUrl,
          entityRef,
          owner: owner && normalizeEntityRef(owner),
          token,
          signal: ctx.signal,
        });
      }
      ctx.output('state', state);
      ctx.output('exists', state !== 'missing');
      ctx.output('host', host);
      ctx.output('remoteUrl', url);
      ctx.output('repoContentsUrl', contentsUrl(url, branch, host));
      ctx.output('catalogInfoUrl', catalogInfoUrl);
    },
  });
}
