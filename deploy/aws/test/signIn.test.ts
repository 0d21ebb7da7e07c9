import assert from 'node:assert/strict';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import { readConfig } from '../lib/config.ts';
import { SIGN_IN } from '../lib/names.ts';
import { configOf, PROFILES } from './deployment.ts';
import { GITOPS, type Manifest, withoutHelm } from './helm.ts';
import { platformOf } from './platform.ts';
import { readPortalFile, variablesOf } from './portalStart.ts';

/** The parts of a Deployment that tests read. */
interface Deployment extends Manifest {
  spec: {
    template: {
      spec: {
        containers: {
          command: string[];
          env: { name: string }[];
          envFrom: { secretRef: { name: string } }[];
        }[];
      };
    };
  };
}

const isDeployment = (manifest: Manifest): manifest is Deployment =>
  manifest.kind === 'Deployment';

function containerOf(profile: (typeof PROFILES)[number]) {
  const deployment = platformOf(profile)
    ?.rendered.get('portal')
    ?.find(isDeployment);
  assert.ok(deployment);
  return deployment.spec.template.spec.containers[0];
}

/** What a schema of values allows at a path of properties. */
function allowedBy(chart: string, ...path: string[]): unknown {
  const schema = JSON.parse(
    readFileSync(join(GITOPS, chart, 'values.schema.json'), 'utf8'),
  );
  return path.reduce((part, name) => part.properties[name], schema).items.enum;
}

describe('the ways to sign in', () => {
  it('have the same names in the image, in CDK and in the charts', () => {
    const folder = fileURLToPath(
      new URL('../../portal/sign-in/', import.meta.url),
    );
    const files = readdirSync(folder).map(name => name.replace('.yaml', ''));

    assert.deepEqual(files.sort(), [...SIGN_IN].sort());
    assert.deepEqual(allowedBy('platform', 'portal', 'signIn'), [...SIGN_IN]);
    assert.deepEqual(allowedBy('charts/portal', 'signIn'), [...SIGN_IN]);
  });

  it(
    'need the variables that the README lists for the secret',
    { skip: withoutHelm },
    () => {
      const given = containerOf('ha').env.map(({ name }) => name);
      const readme = readPortalFile('README.md');
      for (const name of SIGN_IN) {
        const row = readme
          .split('\n')
          .find(line => line.startsWith(`| \`${name}\` `));
        assert.ok(row, `the README has no row of ${name}`);
        assert.deepEqual(
          [...row.matchAll(/`([A-Z][A-Z_]+)`/g)]
            .map(([, found]) => found)
            .sort(),
          variablesOf(readPortalFile(`sign-in/${name}.yaml`)).filter(
            variable => !given.includes(variable),
          ),
        );
      }
    },
  );

  for (const profile of PROFILES) {
    it(`reach the portal: ${profile}`, { skip: withoutHelm }, () => {
      const { command, envFrom } = containerOf(profile);
      const configs = command.filter(word => word.endsWith('.yaml'));
      const { signIn } = configOf(profile).portal;

      assert.ok(signIn.length > 0);
      assert.deepEqual(
        configs.filter(file => !file.includes('app-config.argocd')),
        [
          'app-config.yaml',
          'app-config.aws.yaml',
          ...signIn.map(name => `sign-in/${name}.yaml`),
          '/config/app-config.own.yaml',
        ],
      );
      assert.deepEqual(envFrom, [{ secretRef: { name: 'portal-sign-in' } }]);
    });
  }

  it('can be replaced by a configuration of one’s own', () => {
    const appConfig = { auth: { providers: { oidc: { production: {} } } } };
    assert.deepEqual(
      read({ signIn: [], appConfig }).portal.appConfig,
      appConfig,
    );
  });

  for (const [what, change, message] of [
    ['none', { signIn: [] }, /name a way to sign in \(github, oidc/],
    ['no key', { signIn: undefined }, /portal\.signIn/],
    ['an unknown one', { signIn: ['okta'] }, /portal\.signIn\[0\]/],
    [
      'two of the same provider',
      { signIn: ['google', 'entra'] },
      /only one of them can be used besides github/,
    ],
  ] as const) {
    it(`are refused: ${what}`, () => {
      assert.throws(() => read(change), message);
    });
  }
});

/** A profile with changes below `portal`, read as CDK reads it. */
function read(change: object) {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-sign-in-'));
  try {
    const config = parse(
      readFileSync(new URL('../config/small.yaml', import.meta.url), 'utf8'),
    );
    const file = join(folder, 'config.yaml');
    writeFileSync(
      file,
      stringify({ ...config, portal: { ...config.portal, ...change } }),
    );
    return readConfig(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
