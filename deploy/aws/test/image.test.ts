import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { OidcProvider } from '../../../testing/kit/src/OidcProvider.ts';
import { SignInVisitor } from '../../../testing/kit/src/SignInVisitor.ts';
import { withoutHelm } from './helm.ts';
import {
  copiesOf,
  filesOfImage,
  openImage,
  STAGES,
  withoutImage,
} from './image.ts';
import { podOfChart, WAYS } from './imageWays.ts';
import { freePort, Neighbours, Portal, TlsPostgres } from './portal.ts';
import {
  ADA,
  OIDC_CLIENT,
  ownConfig,
  PORTAL_URL,
  until,
  untilReady,
} from './portalStart.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

const PLUGINS = [
  'app',
  'auth',
  'catalog',
  'delivery',
  'events',
  'mcp-actions',
  'notifications',
  'permission',
  'proxy',
  'scaffolder',
  'search',
  'signals',
  'user-settings',
];

describe('the image', { skip: withoutImage }, () => {
  it('is made by the steps of its Dockerfile', async () => {
    const { PACKAGES_STAGE, ROOT_FILES }: Record<string, string[]> =
      await import(
        new URL('../../../scripts/lib/image.mjs', import.meta.url).href
      );
    const [packages] = STAGES;
    assert.deepEqual(
      packages.filter(({ name }) => name === 'RUN').map(({ args }) => args),
      PACKAGES_STAGE,
    );
    assert.deepEqual(
      copiesOf(packages).flatMap(({ sources }) => sources),
      [
        '.yarn',
        ...ROOT_FILES,
        'packages/backend/dist/skeleton.tar.gz',
        'packages/backend/dist/bundle.tar.gz',
      ],
    );
  });

  it('copies nothing that Docker leaves out of the context', () => {
    const ignored = readFileSync(join(ROOT, '.dockerignore'), 'utf8')
      .split('\n')
      .filter(line => line && !line.startsWith('#'))
      .map(
        line =>
          new RegExp(
            `^${line.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}(/|$)`,
          ),
      );
    const copied = STAGES.flatMap(stage =>
      copiesOf(stage).flatMap(({ sources }) => sources),
    );
    assert.ok(copied.includes('templates'));
    assert.deepEqual(
      copied.filter(source => ignored.some(pattern => pattern.test(source))),
      [],
    );
  });

  it('needs no compiler: what has to be compiled is optional', () => {
    const modules = join(openImage().folder, 'node_modules');
    const packages = readdirSync(modules).flatMap(name =>
      name.startsWith('@')
        ? readdirSync(join(modules, name)).map(child => join(name, child))
        : [name],
    );
    assert.ok(packages.length > 500);
    assert.deepEqual(
      packages.filter(name => existsSync(join(modules, name, 'binding.gyp'))),
      ['keytar'],
    );
  });

  it(
    'has what the other containers of the chart run',
    { skip: withoutHelm },
    async () => {
      const { folder } = openImage();
      const [{ command }] = podOfChart().initContainers;
      const portal = new Portal();
      try {
        const file = portal.write('rds.pem', '');
        const [program, flag, script] = command;
        assert.deepEqual([program, flag], ['node', '-e']);
        const { status, stderr } = spawnSync(
          process.execPath,
          [flag, script.replaceAll('/certificates/rds.pem', file)],
          { cwd: folder, encoding: 'utf8' },
        );
        assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
        assert.match(
          readFileSync(file, 'utf8'),
          /^-----BEGIN CERTIFICATE-----/,
        );
        const job = spawnSync(process.execPath, ['-e', "require('pg')"], {
          cwd: portal.folder,
          encoding: 'utf8',
          env: { NODE_PATH: join(folder, 'node_modules') },
        });
        assert.deepEqual([job.status, job.stderr], [0, '']);
      } finally {
        await portal.stop();
      }
    },
  );
});

for (const { name, skip, configs, environment } of WAYS) {
  describe(`the image, started ${name}`, { skip }, () => {
    let postgres: TlsPostgres;
    let neighbours: Neighbours;
    let provider: OidcProvider;
    let portal: Portal;
    let url: string;
    let files: string[];

    before(async () => {
      [postgres, neighbours, provider] = await Promise.all([
        TlsPostgres.start(),
        Neighbours.start(),
        OidcProvider.start({ ...OIDC_CLIENT, user: ADA }),
      ]);
      provider.redirectUris.push(`${PORTAL_URL}/api/auth/oidc/handler/frame`);
      const image = openImage();
      files = filesOfImage();
      portal = new Portal(image);
      const addresses = {
        port: await freePort(),
        postgresPort: postgres.port,
        postgresCa: postgres.ca,
        neighboursUrl: neighbours.url,
        metadataUrl: provider.metadataUrl,
      };
      url = `http://127.0.0.1:${addresses.port}`;
      portal.start(environment(portal, addresses), [
        ...configs(),
        ownConfig(portal, addresses, locationsOf(configs())),
      ]);
      await untilReady(portal, url);
    });

    after(async () => {
      await portal?.stop();
      await postgres?.stop();
      await neighbours?.stop();
      await provider?.stop();
    });

    it('starts every plugin', () => {
      assert.deepEqual(startedPlugins(portal.output), PLUGINS);
      assert.doesNotMatch(
        portal.output,
        /failed to start|threw during startup/,
      );
    });

    it('is connected to its database by TLS alone', async () => {
      const connections = await postgres.query(
        `SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE usename <> 'postgres'`,
      );
      assert.ok(connections.length > 0);
      assert.ok(connections.every(({ ssl }) => ssl === true));
    });

    it('serves the pages on which people sign in', async () => {
      const page = await fetch(url);
      const html = await page.text();
      assert.equal(page.status, 200);
      assert.match(html, /<title>Landfall<\/title>/);
      const [, script] = /<script [^>]*src="([^"]+)"/.exec(html) ?? [];
      const response = await fetch(new URL(script, url));
      assert.equal(response.status, 200);
      assert.match(response.headers.get('content-type') ?? '', /javascript/);
    });

    it('signs people in, who find the templates and their actions', async () => {
      let token = '';
      // The catalog reads its files after the portal is ready.
      await until(async () => {
        provider.user = ADA;
        const { response } = await new SignInVisitor(`${url}/api/auth`).signIn(
          'oidc',
          'production',
        );
        token = response?.backstageIdentity?.token ?? '';
        return token !== '';
      });
      const get = (path: string) =>
        fetch(`${url}${path}`, {
          headers: { authorization: `Bearer ${token}` },
        });
      for (const template of readdirSync(join(ROOT, 'templates'))) {
        await until(async () => {
          const { status } = await get(
            `/api/catalog/entities/by-name/template/default/${template}`,
          );
          return status === 200;
        });
      }
      const actions: { id: string }[] = await get(
        '/api/scaffolder/v2/actions',
      ).then(response => response.json());
      assert.ok(actions.some(({ id }) => id === 'delivery:service:check'));
      assert.equal((await get('/api/delivery/v1/instances')).status, 200);
    });

    it('has written nothing beside its own code', () => {
      assert.deepEqual(filesOfImage(), files);
    });
  });
}

/** The catalog's locations in configuration files of the image. */
function locationsOf(configs: readonly string[]): object[] {
  const { folder } = openImage();
  return configs.flatMap(file => {
    const { catalog } = parse(readFileSync(join(folder, file), 'utf8'));
    return catalog?.locations ?? [];
  });
}

/** The plugins that a log of Backstage calls initialized. */
function startedPlugins(log: string): string[] {
  const found = [...log.matchAll(/newly initialized: ([^\n]+)/g)]
    .flatMap(([, list]) => [...list.matchAll(/'([\w-]+)'/g)])
    .map(([, plugin]) => plugin);
  return [...new Set(found)].sort();
}
