import express from 'express';
import type { GitConfig } from '../config';
import { sendText } from '../http/messages';
import { listen } from '../http/server';
import type { PartOptions, RunningPart } from '../part';
import { createApiRouter } from './api/router';
import { refusals } from './context';
import { FirstImageCi } from './FirstImageCi';
import { GitCommands } from './GitCommands';
import { checkOwnerName, checkRepositoryName } from './names';
import { createPagesRouter } from './pages';
import { Repositories } from './repositories/Repositories';
import { createSmartHttpRouter } from './smartHttp';

/**
 * Starts the Git host: Git's smart HTTP, the part of Gitea's REST API that the
 * portal uses, and plain text at the URLs of Gitea's pages.
 *
 * @throws Error for an invalid name in the configuration
 */
export async function startGitHost({
  config,
  host,
  stateDir,
  logger,
}: PartOptions<GitConfig>): Promise<RunningPart> {
  checkNames(config);
  const git = new GitCommands();
  const repositories = await Repositories.open(git, stateDir);
  for (const owner of config.organizations) {
    await repositories.createOwner(owner);
  }
  for (const { owner, name, folder } of config.seeds) {
    if (!(await repositories.find(owner, name))) {
      const message = 'Start from the sandbox';
      const firstCommit = { author: 'Landfall', message, folder };
      await repositories.create({ owner, name, firstCommit });
      logger.info(`Git host: created ${owner}/${name}`);
    }
  }
  let url = '';
  const { users } = config;
  const context = { git, users, repositories, logger, baseUrl: () => url };
  const app = express();
  app.disable('x-powered-by');
  // Gitea sends no ETag for these responses, and its clients don't expect any.
  app.set('etag', false);
  app.use(createSmartHttpRouter(context));
  app.use('/api/v1', createApiRouter(context));
  app.use(createPagesRouter(context));
  app.use(
    refusals(logger, (res, message) =>
      sendText(res, res.statusCode, `${message}\n`),
    ),
  );
  const { port, publicUrl } = config;
  const server = await listen({ host, port, publicUrl, logger, answer: app });
  url = server.url;
  logger.info(`Git host at ${url}`);
  const { ci, organizations } = config;
  const runningCi = ci && FirstImageCi.start({ ...context, ci, organizations });
  return {
    url,
    stop: async () => {
      await runningCi?.stop();
      await server.close();
      await git.settled();
    },
  };
}

function checkNames({ users, organizations, seeds }: GitConfig): void {
  [...users.map(({ username }) => username), ...organizations].forEach(
    checkOwnerName,
  );
  for (const { owner, name } of seeds) {
    checkRepositoryName(name);
    if (!organizations.includes(owner)) {
      throw new Error(
        `Git host: the seed ${owner}/${name} needs "${owner}" among the organizations`,
      );
    }
  }
}
