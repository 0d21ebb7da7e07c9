import {
  resolveSafeChildPath,
  type RootConfigService,
  type UrlReaderService,
} from '@backstage/backend-plugin-api';
import type { ScmIntegrations } from '@backstage/integration';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  commitUrl,
  type GitClient,
} from '@landfall/backstage-plugin-delivery-node';
import { writeFile } from 'node:fs/promises';
import { posix } from 'node:path';
import type { EntityOwnership } from '../access';
import { checkpointKey, sha256 } from '../checkpointKey';
import {
  authorOf,
  commitInput,
  fileUrl,
  readClaim,
  readFiles,
  resolveRepository,
} from '../git';
import { examples } from './gitCommit.examples';

/**
 * The action `delivery:git:commit`: commits files of the workspace on top of a
 * branch of an existing repository, or as the first commit of an empty one, on any
 * Git host of `integrations`. Files keep their executable bit; symbolic links are
 * left out. In a dry run it requests nothing.
 *
 * @public
 */
export function createGitCommitAction(options: {
  git: Pick<GitClient, 'commitFiles'>;
  integrations: ScmIntegrations;
  config: RootConfigService;
  reader: Pick<UrlReaderService, 'readUrl'>;
  ownership: Pick<EntityOwnership, 'assertOwned'>;
}) {
  const { git, integrations, config, reader, ownership } = options;
  return createTemplateAction({
    id: 'delivery:git:commit',
    description:
      'Commits files to a branch of an existing repository. Retries if the branch has moved, and makes no commit if nothing changes',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        ...commitInput,
        branch: z =>
          z
            .string()
            .optional()
            .describe(
              "Default: the repository's default branch; main, if the repository is empty",
            ),
        message: z => z.string().min(1).describe('Commit message'),
        checkOnly: z =>
          z
            .boolean()
            .optional()
            .describe(
              'Default: false. True: checks the folders and reports what would be committed, without committing',
            ),
        readKept: z =>
          z
            .boolean()
            .optional()
            .describe(
              'Default: false. True: kept files replace those of the workspace, so that later steps use the files in the repository',
            ),
      },
      output: {
        revision: z =>
          z
            .string()
            .describe("The commit, or the branch's head if nothing changed"),
        commitUrl: z => z.string().optional().describe('Its page'),
        branch: z => z.string(),
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
      const url = resolveRepository(input.repoUrl, integrations);
      const claim = readClaim(input);
      const files = await readFiles(ctx.workspacePath, input);
      if (ctx.isDryRun) {
        ctx.logger.info(
          `Dry run: would commit to ${url}: ${files
            .map(({ path }) => path)
            .join(', ')}`,
        );
        ctx.output('revision', '0'.repeat(40));
        ctx.output('branch', input.branch ?? 'main');
        ctx.output(
          'changed',
          files.map(({ path }) => path),
        );
        ctx.output('kept', []);
        return;
      }
      const result = await ctx.checkpoint({
        key: checkpointKey('delivery:git:commit', {
          url,
          branch: input.branch,
          overwrite: input.overwrite,
          message: input.message,
          claim,
          checkOnly: input.checkOnly,
          files: files.map(({ path, content }) => [path, sha256(content)]),
        }),
        fn: async () => {
          if (claim) {
            await ownership.assertOwned({
              credentials: await ctx.getInitiatorCredentials(),
              entityRef: claim.entityRef,
            });
          }
          const committed = await git.commitFiles({
            url,
            branch: input.branch,
            files,
            overwrite: input.overwrite,
            claim,
            checkOnly: input.checkOnly,
            message: input.message,
            author: authorOf(input, config),
            token: input.token,
            directory: await ctx.createTemporaryDirectory(),
            signal: ctx.signal,
          });
          return { ...committed };
        },
      });
      const page = commitUrl(url, result.revision, integrations);
      if (input.readKept) {
        const host = integrations.byUrl(url)?.type ?? '';
        const source = resolveSafeChildPath(
          ctx.workspacePath,
          input.sourcePath ?? '.',
        );
        for (const path of result.kept) {
          const response = await reader.readUrl(
            fileUrl(url, result.branch, host, path),
            { token: input.token, signal: ctx.signal },
          );
          await writeFile(
            resolveSafeChildPath(
              source,
              posix.relative(
                posix.join('/', input.targetPath ?? ''),
                `/${path}`,
              ),
            ),
            await response.buffer(),
          );
        }
      }
      if (result.kept.length > 0) {
        ctx.logger.info(`Kept existing files: ${result.kept.join(', ')}`);
      }
      if (result.changed.length === 0) {
        ctx.logger.info(
          `${url} already contains all files. No commit was made`,
        );
      } else if (input.checkOnly) {
        ctx.logger.info(
          `${result.changed.length} files can be committed to ${url}`,
        );
      } else {
        ctx.logger.info(
          `Committed ${result.changed.length} files as ${
            page ?? result.revision
          }`,
        );
      }
      ctx.output('revision', result.revision);
      ctx.output('branch', result.branch);
      ctx.output('changed', result.changed);
      ctx.output('kept', result.kept);
      if (page) {
        ctx.output('commitUrl', page);
      }
    },
  });
}
