import type { RootConfigService } from '@backstage/backend-plugin-api';
import type { ScmIntegrations } from '@backstage/integration';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  commitUrl,
  FOLDER_MARK_FILE,
  type GitClient,
  type ScmRequests,
} from '@landfall/backstage-plugin-delivery-node';
import { type EntityOwnership, normalizeEntityRef } from '../access';
import { checkpointKey, sha256 } from '../checkpointKey';
import { authorOf, resolveRepository } from '../git';
import { examples } from './gitFoldersRemove.examples';

const ID = 'delivery:git:folders:remove';

/**
 * The action `delivery:git:folders:remove`: removes folders of an entity from a
 * repository that others share, by a commit or by a pull request. In a dry run it
 * requests nothing.
 *
 * @public
 */
export function createGitFoldersRemoveAction(options: {
  git: Pick<GitClient, 'commitFiles'>;
  requests: Pick<ScmRequests, 'open'>;
  integrations: ScmIntegrations;
  config: RootConfigService;
  ownership: Pick<EntityOwnership, 'assertOwned'>;
}) {
  const { git, requests, integrations, config, ownership } = options;
  return createTemplateAction({
    id: ID,
    description:
      'Removes folders of an entity from a repository, by a commit or a pull request. A folder without the mark of the entity is an error, and nothing is removed then',
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
        branch: z =>
          z
            .string()
            .optional()
            .describe("Default: the repository's default branch"),
        folders: z =>
          z
            .array(z.string())
            .min(1)
            .describe(
              `Removed with everything in them. An existing folder must contain the file ${FOLDER_MARK_FILE} with the entityRef; a missing one is left out`,
            ),
        entityRef: z =>
          z
            .string()
            .describe(
              'The entity that the folders belong to, such as component:default/api. If the catalog has the entity, the initiator must own it',
            ),
        message: z =>
          z
            .string()
            .min(1)
            .describe('Commit message, and title of the pull request'),
        mode: z =>
          z
            .enum(['commit', 'request'])
            .optional()
            .describe(
              'Default: commit. With request, the folders stay until somebody merges the pull request',
            ),
        checkOnly: z =>
          z
            .boolean()
            .optional()
            .describe(
              'Default: false. True: checks the folders and reports what would be removed',
            ),
      },
      output: {
        removed: z => z.array(z.string()).describe('Paths of the files'),
        revision: z =>
          z
            .string()
            .optional()
            .describe("The commit, or the branch's head if nothing changed"),
        commitUrl: z => z.string().optional().describe('Its page'),
        requestUrl: z =>
          z.string().optional().describe('The page of the pull request'),
      },
    },
    async handler(ctx) {
      const { branch, message, mode = 'commit', checkOnly } = ctx.input;
      const url = resolveRepository(ctx.input.repoUrl, integrations);
      const remove = {
        entityRef: normalizeEntityRef(ctx.input.entityRef),
        folders: ctx.input.folders,
      };
      const names = remove.folders.join(', ');
      if (ctx.isDryRun) {
        ctx.logger.info(
          `Dry run: would remove from ${url}, if they belong to ${remove.entityRef}: ${names}`,
        );
        ctx.output('removed', []);
        return;
      }
      const request = { url, branch, remove, message, mode, checkOnly };
      const result = await ctx.checkpoint({
        key: checkpointKey(ID, request),
        fn: async () => {
          // The ref is a claim, so it is checked together with the write.
          await ownership.assertOwned({
            credentials: await ctx.getInitiatorCredentials(),
            entityRef: remove.entityRef,
          });
          const isRequest = mode === 'request' && !checkOnly;
          const committed = await git.commitFiles({
            url,
            branch,
            files: [],
            remove,
            message,
            checkOnly,
            ...(isRequest && {
              // The same for each attempt, so that nothing is opened twice.
              newBranch: `landfall/remove-${sha256(
                JSON.stringify(remove),
              ).slice(0, 12)}`,
            }),
            author: authorOf({}, config),
            directory: await ctx.createTemporaryDirectory(),
            signal: ctx.signal,
          });
          const { revision, removed = [], base, existed } = committed;
          if (!isRequest || !base || (removed.length === 0 && !existed)) {
            return { revision, removed };
          }
          const opened = await requests.open(
            {
              repoUrl: url,
              branch: committed.branch,
              base,
              title: message,
              description: `Removes ${names} of \`${remove.entityRef}\`.`,
            },
            { signal: ctx.signal },
          );
          return { revision, removed, requestUrl: opened.url };
        },
      });
      const page = commitUrl(url, result.revision, integrations);
      if (result.requestUrl) {
        ctx.logger.info(
          `${names} stay in ${url} until somebody merges ${result.requestUrl}`,
        );
        ctx.output('requestUrl', result.requestUrl);
      } else if (result.removed.length === 0) {
        ctx.logger.info(`${url} doesn't contain ${names}: nothing to remove`);
      } else {
        ctx.logger.info(
          `${checkOnly ? 'Would remove' : 'Removed'} ${
            result.removed.length
          } files from ${url}: ${names}`,
        );
      }
      ctx.output('removed', result.removed);
      ctx.output('revision', result.revision);
      if (page) {
        ctx.output('commitUrl', page);
      }
    },
  });
}
