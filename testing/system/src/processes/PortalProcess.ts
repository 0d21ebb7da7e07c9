import { CREDENTIALS } from '@landfall/sandbox';
import { freePorts } from '@landfall/testing-kit';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { ChildProcess, ROOT } from './ChildProcess';

/**
 * Where a portal keeps its data: a folder with one SQLite file per plugin, or a
 * PostgreSQL with one database per plugin.
 */
export type PortalDatabase =
  | { kind: 'sqlite'; folder: string }
  | { kind: 'postgres'; connectionString: string; prefix: string };

/** The options that differ between portals. */
export interface PortalOptions {
  /** Used in messages and file names. */
  name: string;
  /** The folder for its configuration and log. */
  folder: string;
  database: PortalDatabase;
  /**
   * Argo CD's URL and the credentials, by default the sandbox's token; or several
   * instances.
   */
  argocd:
    | {
        url: string;
        credentials?:
          | { token: string }
          | { username: string; password: string };
      }
    | { instances: { name: string; url: string }[] };
  /** The registry: its host in image references, and the URL of its API. */
  ecr: { host: string; apiUrl: string };
  /** The URL of the sandbox's Git host, if the portal may ask it for commits. */
  git?: string;
  /** Additional settings for the `delivery` section of the configuration. */
  delivery?: object;
  /** The paths of additional catalog files. */
  catalogFiles?: string[];
  env?: NodeJS.ProcessEnv;
  /**
   * Whether callers sign in as users and the permission backend checks what they
   * may do (`portalWithUsers.ts`).
   */
  users?: boolean;
  /** Whether it serves the built frontend, to a guest; only with `users`. */
  pages?: boolean;
  /** Arguments for Node itself, such as its heap limit. */
  nodeArgs?: string[];
}

/**
 * The delivery backend as it runs in production, in its own process: the
 * plugins' own code, and the few other plugins that it needs. It can be killed
 * and started again on the same port with the same data.
 */
export class PortalProcess {
  static async start(options: PortalOptions): Promise<PortalProcess> {
    const portal = await PortalProcess.create(options);
    await portal.start();
    return portal;
  }

  /** Creates a portal without starting it. */
  static async create(options: PortalOptions): Promise<PortalProcess> {
    return new PortalProcess(options, (await freePorts(1))[0]);
  }

  /** The bearer token for callers of its API. */
  readonly token = randomBytes(24).toString('hex');
  private running?: ChildProcess;

  private constructor(
    readonly options: PortalOptions,
    private readonly port: number,
  ) {}

  get name(): string {
    return this.options.name;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The URL for the registry's events. */
  get eventsUrl(): string {
    return `${this.url}/api/events/http/aws.ecr`;
  }

  /** Base URL of the delivery API. */
  get apiUrl(): string {
    return `${this.url}/api/delivery/v1`;
  }

  get alive(): boolean {
    return this.running?.running ?? false;
  }

  get child(): ChildProcess {
    if (!this.running) {
      throw new Error(`${this.name} doesn't run`);
    }
    return this.running;
  }

  /** Starts it, also after a stop, and resolves when it is ready. */
  async start(): Promise<void> {
    const { name, folder } = this.options;
    mkdirSync(folder, { recursive: true });
    const config = join(folder, `${name}.yaml`);
    writeFileSync(config, stringify(this.config()));
    this.running = ChildProcess.start({
      name: `The portal '${name}'`,
      script: `testing/system/src/processes/${
        this.options.users ? 'portalWithUsers' : 'portal'
      }.ts`,
      args: ['--config', config],
      env: {
        NODE_ENV: 'development',
        AWS_ENDPOINT_URL_ECR: this.options.ecr.apiUrl,
        ...(this.options.pages && { PORTAL_PAGES: 'yes' }),
        ...this.options.env,
      },
      nodeArgs: this.options.nodeArgs,
      logFile: join(folder, `${name}.log`),
    });
    await this.running.answers(`${this.url}/.backstage/health/v1/readiness`);
  }

  async stop(): Promise<void> {
    await this.running?.stop();
  }

  /** Kills it with SIGKILL, as when its machine fails. */
  async kill9(): Promise<void> {
    await this.child.kill9();
  }

  /** Resident memory of the process, in bytes. */
  rss(): number {
    return this.child.rss();
  }

  private config(): object {
    const {
      database,
      argocd,
      ecr,
      git,
      delivery,
      catalogFiles = [],
      users,
      pages,
    } = this.options;
    const { aws, events } = CREDENTIALS;
    const { accountId, region, ...keys } = aws;
    return {
      ...(pages ? frontendSettings(this.url) : { app: { baseUrl: this.url } }),
      backend: {
        baseUrl: this.url,
        listen: { host: '127.0.0.1', port: this.port },
        logger: {
          overrides: [{ matchers: { type: 'incomingRequest' }, level: 'warn' }],
        },
        database:
          database.kind === 'sqlite'
            ? {
                client: 'better-sqlite3',
                connection: { directory: database.folder },
              }
            : {
                client: 'pg',
                connection: database.connectionString,
                prefix: database.prefix,
              },
        ...(users && { actions: { pluginSources: ['delivery'] } }),
        auth: {
          externalAccess: [
            {
              type: 'static',
              options: { token: this.token, subject: 'system-tests' },
            },
          ],
        },
      },
      ...(users && {
        permission: { enabled: true },
        auth: { providers: { 'named-user': {}, ...(pages && { guest: {} }) } },
      }),
      argocd: {
        appLocatorMethods: [
          {
            type: 'config',
            instances: ('instances' in argocd
              ? argocd.instances
              : [{ name: 'main', url: argocd.url, ...argocd.credentials }]
            ).map(instance => ({
              ...(!('username' in instance) && {
                token: CREDENTIALS.argocd.backstage.token,
              }),
              ...instance,
            })),
          },
        ],
      },
      ...(git && {
        integrations: {
          gitea: [
            { host: new URL(git).host, baseUrl: git, ...CREDENTIALS.git },
          ],
        },
      }),
      aws: {
        mainAccount: { ...keys, region },
        accounts: [{ accountId, ...keys }],
      },
      delivery: {
        registries: [{ host: ecr.host, type: 'ecr', accountId, region }],
        events: { ecr: { token: events.token } },
        ...delivery,
      },
      catalog: {
        locations: catalogFiles.map(target => ({ type: 'file', target })),
      },
    };
  }
}

/** What every portal's frontend shares. */
function frontendSettings(url: string): object {
  const { app, organization } = parse(
    readFileSync(join(ROOT, 'app-config.yaml'), 'utf8'),
  );
  return { app: { ...app, baseUrl: url }, organization };
}
