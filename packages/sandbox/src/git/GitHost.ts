import express, { type Express } from 'express';
import type { GitConfig } from '../config';
import { HttpPart } from '../http/HttpPart';
import type { PartLogger, SandboxPart } from '../part';
import { Accounts } from './Accounts';
import { createApiRouter } from './api/router';
import { GitCommands } from './GitCommands';
import { refusals } from './http';
import { checkOwnerName, checkRepositoryName } from './names';
import { createPagesRouter, sendText } from './pages';
import { Repositories } from './repositories/Repositories';
import { createSmartHttpRouter } from './smartHttp';

export interface GitHostOptions {
  config: GitConfig;
  host: string;
  /** The state folder of this part alone. */
  stateDir: string;
  logger: PartLogger;
}

/** How long a push may continue after the host is stopped, in milliseconds. */
const STOP_GRACE_MS = 5_000;

/**
 * The Git host: Git's smart HTTP, the part of Gitea's REST API that the portal
 * uses, and plain text at the URLs of Gitea's pages.
 */
export class GitHost implements SandboxPart {
  readonly name = 'git';
  readonly #config: GitConfig;
  readonly #host: string;
  readonly #logger: PartLogger;
  readonly #git = new GitCommands();
  readonly #repositories: Repositories;
  readonly #app: Express;
  #http: HttpPart | undefined;
  #url: string | undefined;

  /** @throws Error for an invalid name in the configuration */
  static create(options: GitHostOptions): GitHost {
    const { config } = options;
    const accounts = Accounts.create(config);
    config.organizations.forEach(checkOwnerName);
    for (const { owner, name } of config.seeds) {
      checkRepositoryName(name);
      if (!config.organizations.includes(owner)) {
        throw new Error(
          `Git host: the seed ${owner}/${name} needs "${owner}" among the organizations`,
        );
      }
    }
    return new GitHost(options, accounts);
  }

  private constructor(options: GitHostOptions, accounts: Accounts) {
    this.#config = options.config;
    this.#host = options.host;
    this.#logger = options.logger;
    this.#repositories = new Repositories({
      git: this.#git,
      stateDir: options.stateDir,
    });
    const context = {
      git: this.#git,
      accounts,
      repositories: this.#repositories,
      logger: options.logger,
      baseUrl: () => this.#url ?? '',
    };
    this.#app = express();
    this.#app.disable('x-powered-by');
    // Gitea sends no ETag for these responses, and its clients don't expect
    // any.
    this.#app.set('etag', false);
    this.#app.use(createSmartHttpRouter(context));
    this.#app.use('/api/v1', createApiRouter(context));
    this.#app.use(createPagesRouter(context));
    this.#app.use(
      refusals(this.#logger, (res, message) => sendText(res, `${message}\n`)),
    );
  }

  get url(): string | undefined {
    return this.#url;
  }

  async start(): Promise<void> {
    await this.#repositories.open();
    for (const owner of this.#config.organizations) {
      await this.#repositories.createOwner(owner);
    }
    for (const seed of this.#config.seeds) {
      await this.#seed(seed);
    }
    this.#http = new HttpPart((req, res) => this.#app(req, res));
    const port = await this.#http.listen(this.#host, this.#config.port);
    this.#url = (
      this.#config.publicUrl ?? `http://${this.#host}:${port}`
    ).replace(/\/+$/, '');
    this.#logger.info(`Git host at ${this.#url}`);
  }

  async stop(): Promise<void> {
    await this.#http?.close();
    this.#http = undefined;
    await this.#git.settled(STOP_GRACE_MS);
  }

  async #seed(seed: GitConfig['seeds'][number]): Promise<void> {
    const { owner, name, folder } = seed;
    if (await this.#repositories.find(owner, name)) {
      return;
    }
    await this.#repositories.create({
      owner,
      name,
      firstCommit: {
        author: 'Landfall',
        message: 'Start from the sandbox',
        folder,
      },
    });
    this.#logger.info(`Git host: created ${owner}/${name}`);
  }
}
