import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { z } from 'zod';
import { configSchema } from '../lib/config.ts';
import { configOf, PROFILES, stacksOf } from './deployment.ts';
import {
  pagesOfRunbook,
  pathExists,
  RunbookClone,
  type RunbookCall,
  scriptOf,
  shortCommandsOf,
  spansOf,
} from './runbook.ts';
import { toolPath, without } from './tools.ts';

const pages = pagesOfRunbook();
const deployPage =
  pages.find(({ path }) => path.endsWith('deploy.md')) ?? fail();

function fail(): never {
  throw new Error('the runbook has no page deploy.md');
}

describe(
  'the commands of the runbook',
  { skip: without(toolPath('aws')) },
  () => {
    let clone: RunbookClone;
    before(() => {
      clone = new RunbookClone(deployPage);
    });
    after(() => clone?.remove());

    /** Every stack that a CDK command names exists. */
    function assertStacks(calls: RunbookCall[]): void {
      const stacks = stacksOf(configOf('ha')).map(({ id }) => id);
      for (const { args } of calls.filter(
        ({ args: [verb] }) => verb === 'cdk',
      )) {
        const [, verb, ...words] = args;
        const named = words.filter(
          (word, index) => !word.startsWith('-') && words[index - 1] !== '-c',
        );
        assert.deepEqual(
          verb === 'bootstrap'
            ? named.filter(name => !/^aws:\/\/\d{12}\/[a-z0-9-]+$/.test(name))
            : named.filter(name => !stacks.includes(name)),
          [],
        );
      }
    }

    for (const page of pages) {
      const script = scriptOf(page);
      if (script) {
        it(`run from the first to the last: ${page.path}`, () => {
          const { calls, status, output } = clone.run(script);
          assert.deepEqual(
            calls.filter(({ problem }) => problem),
            [],
          );
          assert.equal(status, 0, output);
          assert.ok(calls.length > 0);
          assertStacks(calls);
        });
      }
    }

    for (const command of new Set(pages.flatMap(shortCommandsOf))) {
      it(`are known: ${command}`, () => {
        const { calls, status, output } = clone.run(command);
        assert.equal(status, 0, output);
        assert.ok(calls.length > 0);
        assertStacks(calls);
      });
    }

    for (const [what, command] of [
      ['an operation that AWS lacks', 'aws ecr put-replication'],
      [
        'an option that AWS lacks',
        'aws kms schedule-key-deletion --key-id a --days 7',
      ],
      ['an option that AWS needs', 'aws kms schedule-key-deletion'],
      [
        'a value of another type',
        'aws kms schedule-key-deletion --key-id a --pending-window-in-days b',
      ],
      ['an option that kubectl lacks', 'kubectl get pods --waiting'],
      ['a command that kubectl lacks', 'kubectl restart deployment/portal'],
      ['an option that CDK lacks', 'cdk deploy --all --forced'],
      ['a command that CDK lacks', 'cdk apply'],
      ['a configuration that is not there', 'CONFIG=config/none.yaml cdk diff'],
      ['CDK in another folder', 'yarn cdk diff -c config=$CONFIG'],
      [
        'an option that a script lacks',
        'node scripts/argocd-token.mjs --force',
      ],
      ['a script that is not there', 'node scripts/tokens.mjs'],
      ['a script of package.json that is not there', 'yarn deploy:verify'],
      ['a stage of tests that is not there', 'npm test -- deployment'],
    ] as const) {
      it(`would not run with ${what}`, () => {
        const { calls, status } = clone.run(command);
        assert.notEqual(status, 0);
        assert.ok(calls.at(-1)?.problem);
      });
    }
  },
);

describe('the runbook', () => {
  it('names only files that exist', () => {
    const missing = pages.flatMap(page =>
      [
        ...page.text.matchAll(
          /(?<![\w/.-])((?:deploy|scripts|docs|templates|\.github|aws|gitops|portal|lib|config)\/[\w./-]*\w\.(?:ts|mjs|yaml|yml|json|md|sh))\b/g,
        ),
        ...page.text.matchAll(/\]\((?!https?:)([^)#\s]+)(?:#[^)]*)?\)/g),
      ]
        .map(([, path]) => path)
        .filter(path => !OWN_FILES.includes(path))
        .filter(
          path =>
            !pathExists(path, page) && !pathExists(`deploy/aws/${path}`, page),
        )
        .map(path => `${page.path}: ${path}`),
    );
    assert.deepEqual(missing, []);
  });

  it('names only keys that configurations have', () => {
    const known = pathsOf(z.toJSONSchema(configSchema, { io: 'input' }));
    const [...first] = new Set([...known].map(path => path.split('.')[0]));
    const named = pages.flatMap(page =>
      spansOf(page)
        .map(
          span => /^([a-zA-Z]+(?:\.[a-zA-Z]+)+)(?::.*)?$/.exec(span)?.[1] ?? '',
        )
        .filter(path => !path.endsWith('.ts'))
        .filter(path => first.includes(path.split('.')[0]))
        .filter(path => !OTHER_KEYS.has(path)),
    );
    assert.ok(new Set(named).size > 10);
    assert.deepEqual(
      named.filter(path => !known.has(path)),
      [],
    );
  });

  it('names only outputs that stacks have', () => {
    const outputs = PROFILES.flatMap(profile =>
      stacksOf(configOf(profile)).flatMap(({ template }) =>
        Object.keys(template.Outputs ?? {}),
      ),
    );
    const named = pages.flatMap(({ text }) =>
      [...text.matchAll(/the output `(\w+)`/g)].map(([, name]) => name),
    );
    assert.ok(named.length > 0);
    assert.deepEqual(
      named.filter(name => !outputs.includes(name)),
      [],
    );
  });
});

/** Files that a reader makes. */
const OWN_FILES = [
  'config/production.yaml',
  'config/images.yaml',
  'deploy/aws/config/images.yaml',
];

/** Keys of other configurations that begin as ours do. */
const OTHER_KEYS = new Set(['argocd.appLocatorMethods']);

/** The paths of all properties of a JSON schema, whichever alternative has them. */
function pathsOf(schema: object, prefix = ''): Set<string> {
  const {
    properties = {},
    anyOf = [],
    oneOf = [],
  } = schema as {
    properties?: Record<string, object>;
    anyOf?: object[];
    oneOf?: object[];
  };
  return new Set([
    ...Object.entries(properties).flatMap(([name, child]) => [
      `${prefix}${name}`,
      ...pathsOf(child, `${prefix}${name}.`),
    ]),
    ...[...anyOf, ...oneOf].flatMap(one => [...pathsOf(one, prefix)]),
  ]);
}
