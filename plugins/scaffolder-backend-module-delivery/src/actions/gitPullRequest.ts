import type { RootConfigService } from '@backstage/backend-plugin-api';
import type { ScmIntegrations } from '@backstage/integration';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { EntityOwnership } from '../access';
import { checkpointKey, sha256 } from '../checkpointKey';
import {
  authorOf,
  commitInput,
  openPullRequest,
  type PullRequest,
  type PullRequestGit,
  type PullRequestHost,
  readClaim,
  readFiles,
  resolveRepository,
} from '../git';
import { examples } from './gitPullRequest.examples';

const ID = 'delivery:git:pull-request';

/** What Git accepts as the name of a branch, without the rarer characters. */
const BRANCH = /^(?!.*(?:\.\.|\/\/|\.lock$|[./]$))\w[\w./-]*$/;

/**
 * The action `delivery:git:pull-request`: commits files of the workspace on a new
 * branch and opens a pull or merge request for it, on GitHub, GitLab, Gitea,
 * Bitbucket Cloud or Bitbucket Server. The same files get the same branch, so that a
 * repeated run finds the open request. In a dry run it requests nothing.
 *
 * @public
 */
export function createGitPullRequestAction(options: {
  git: PullRequestGit;
  host: PullRequestHost;
  integrations: ScmIntegrations;
  config: RootConfigService;
  ownership: Pick<EntityOwnership, 'assertOwned'>;
}) {
  const { git, host, integrations, config, ownership } = options;
  return createTemplateAction({
    id: ID,
    description:
      'Proposes files by a pull or merge request in an existing repository. Finds the open request again if it proposes the same',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        ...commitInput,
        title: z =>
          z
            .string()
            .min(1)
            .max(255)
            .regex(/^[^\r\n]+$/, 'one line')
            .describe('Title of the request'),
        body: z =>
          z.string().optional().describe('Text of the request, in Markdown'),
        message: z =>
          z
            .string()
            .min(1)
            .optional()
            .describe('Commit message; default: the title'),
        branch: z =>
          z
            .string()
            .max(200)
            .regex(BRANCH, 'a name of a Git branch')
            .optional()
            .describe(
              'The new branch. Default: a name that follows from the files, the repository and targetBranch. An existing branch is never changed',
            ),
        targetBranch: z =>
          z
            .string()
            .max(200)
            .regex(BRANCH, 'a name of a Git branch')
            .optional()
            .describe("Default: the repository's default branch"),
      },
      output: {
        state: z =>
          z
            .enum(['opened', 'exists', 'nothing-to-change'])
            .describe(
              'exists: an open request proposes the same already. nothing-to-change: targetBranch has all files',
            ),
        url: z =>
          z
            .string()
            .optional()
            .describe('Page of the request; absent if there is none'),
        number: z => z.number().optional(),
        branch: z =>
          z.string().describe('Of the request; targetBranch, if there is none'),
        commit: z => z.string().describe('The head of that branch'),
        changed: z =>
          z.array(z.string()).describe('Paths that were added or changed'),
        kept: z =>
          z
            .array(z.string())
            .describe('Paths that exist with different content and were kept'),
      },
    },
    async handler(ctx) {
      const { input } = ctx;
      const { title, body = '', message = title } = input;
      const url = resolveRepository(input.repoUrl, integrations);
      const claim = readClaim(input);
      const files = await readFiles(ctx.workspacePath, input);
      const paths = files.map(({ path }) => path);
      let found: PullRequest;
      if (ctx.isDryRun) {
        ctx.logger.info(
          `Dry run: would open the pull request "${title}" into ${
            input.targetBranch ?? 'the default branch'
          } of ${url}, with ${paths.join(', ')}`,
        );
        found = {
          state: 'opened',
          branch: input.branch ?? 'landfall/change',
          commit: '0'.repeat(40),
          changed: paths,
          kept: [],
          edited: [],
        };
      } else {
        found = await ctx.checkpoint({
          key: checkpointKey(ID, {
            url,
            branch: input.branch,
            targetBranch: input.targetBranch,
            overwrite: input.overwrite,
            title,
            claim,
            files: files.map(({ path, content }) => [path, sha256(content)]),
          }),
          fn: async () => {
            if (claim) {
              await ownership.assertOwned({
                credentials: await ctx.getInitiatorCredentials(),
                entityRef: claim.entityRef,
              });
            }
            return openPullRequest({
              git,
              host,
              commit: {
                url,
                files,
                overwrite: input.overwrite,
                claim,
                message,
                author: authorOf(input, config),
                token: input.token,
                directory: await ctx.createTemporaryDirectory(),
                signal: ctx.signal,
              },
              branch: input.branch,
              targetBranch: input.targetBranch,
              title,
              body,
            });
          },
        });
        ctx.logger.info(describe(found, url));
      }
      if (found.edited.length > 0) {
        ctx.logger.warn(
          `Somebody has changed ${found.edited.join(', ')} on the branch ${
            found.branch
          }. It stays as it is`,
        );
      }
      if (found.kept.length > 0) {
        ctx.logger.info(`Kept existing files: ${found.kept.join(', ')}`);
      }
      ctx.output('state', found.state);
      ctx.output('branch', found.branch);
      ctx.output('commit', found.commit);
      ctx.output('changed', found.changed);
      ctx.output('kept', found.kept);
      if (found.url !== undefined) {
        ctx.output('url', found.url);
        ctx.output('number', found.number);
      }
    },
  });
}

function describe({ state, url, branch }: PullRequest, repository: string) {
  switch (state) {
    case 'opened':
      return `Opened ${url} from the branch ${branch}`;
    case 'exists':
      return `${url} proposes this already, from the branch ${branch}`;
    default:
      return `${branch} of ${repository} has all files. No pull request was opened`;
  }
}
