import {
  resolveSafeChildPath,
  type RootConfigService,
  type UrlReaderService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { ScmIntegrations } from '@backstage/integration';
import {
  createTemplateAction,
  serializeDirectoryContents,
} from '@backstage/plugin-scaffolder-node';
import {
  commitUrl,
  type GitClient,
} from '@landfall/backstage-plugin-delivery-node';
import { writeFile } from 'node:fs/promises';
import { posix } from 'node:path';
import { checkpointKey, sha256 } from '../checkpointKey';
import { contentsUrl, resolveRepository } from '../git';
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
}) {
  const { git, integrations, config, reader } = options;
  return createTemplateAction({
    id: 'delivery:git:commit',
    description:
      'Commits files to a branch of an existing repository; tries again when the branch moved, and makes no commit when nothing changes',
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
        branch: z =>
          z
            .string()
            .optional()
            .describe(
              "Default: the repository's default branch; main, if the repository is empty",
            ),
        sourcePath: z =>
          z
            .string()
            .optional()
            .describe('Folder of the workspace; default: the workspace'),
        targetPath: z =>
          z
            .string()
            .optional()
            .describe('Folder of the repository; default: its root'),
        message: z => z.string().min(1).describe('Commit message'),
        overwrite: z =>
          z
            .boolean()
            .optional()
            .describe(
              'Default: true. False: files that exist in the repository stay as they are',
            ),
        readKept: z =>
          z
            .boolean()
            .optional()
            .describe(
              'Default: false. True: files that were kept replace those of the workspace, so that later steps use what is in the repository',
            ),
        authorName: z => z.string().optional(),
        authorEmail: z => z.string().optional(),
        token: z =>
          z
            .string()
            .optional()
            .describe("A user's own token, instead of the configured one"),
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
            .describe('Paths that exist with another content and were kept'),
      },
    },
    async handler(ctx) {
      const { input } = ctx;
      const url = resolveRepository(input.repoUrl, integrations);
      const source = resolveSafeChildPath(
        ctx.workspacePath,
        input.sourcePath ?? '.',
      );
      const entries = await serializeDirectoryContents(source, {
        gitignore: false,
        globPatterns: ['**', '!**/.git/**'],
      });
      const files = entries
        .filter(({ symlink }) => !symlink)
        .map(({ path, content, executable }) => ({
          path: posix.join(input.targetPath ?? '', path),
          content,
          executable: executable ?? false,
        }));
      if (files.length === 0) {
        throw new InputError(
          `There is nothing to commit: ${
            input.sourcePath ?? 'the workspace'
          } has no files`,
        );
      }
      if (ctx.isDryRun) {
        ctx.logger.info(
          `Dry run: these files are not committed to ${url}: ${files
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
          files: files.map(({ path, content }) => [path, sha256(content)]),
        }),
        fn: async () => ({
          ...(await git.commitFiles({
            url,
            branch: input.branch,
            files,
            overwrite: input.overwrite,
            message: input.message,
            author: {
              name:
                input.authorName ??
                config.getOptionalString('scaffolder.defaultAuthor.name') ??
                'Scaffolder',
              email:
                input.authorEmail ??
                config.getOptionalString('scaffolder.defaultAuthor.email') ??
                'scaffolder@backstage.io',
            },
            token: input.token,
            directory: await ctx.createTemporaryDirectory(),
            signal: ctx.signal,
          })),
        }),
      });
      const page = commitUrl(url, result.revision, integrations);
      if (input.readKept) {
        const root = contentsUrl(
          url,
          result.branch,
          integrations.byUrl(url)?.type ?? '',
        );
        for (const path of result.kept) {
          const response = await reader.readUrl(`${root}/${path}`, {
            token: input.token,
            signal: ctx.signal,
          });
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
        ctx.logger.info(
          `Already there, and kept as they are: ${result.kept.join(', ')}`,
        );
      }
      ctx.logger.info(
        result.changed.length > 0
          ? `Committed ${result.changed.length} files as ${
              page ?? result.revision
            }`
          : `${url} has all of it already; no commit was made`,
      );
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
