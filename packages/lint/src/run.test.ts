import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { run } from './run';

const APPLICATION = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: api
  namespace: argocd
  annotations:
    argocd-image-updater.argoproj.io/image-list: app=shop/api:~1.4
    argocd-image-updater.argoproj.io/app.allow-tags: "regexp: ^v"
spec:
  source:
    repoURL: https://git.example.com/org/deploy.git
    path: apps/api
    targetRevision: main
    helm: {}
`;

const UPDATER = `apiVersion: argocd-image-updater.argoproj.io/v1alpha1
kind: ImageUpdater
metadata: {name: all, namespace: argocd}
spec:
  applicationRefs:
    - namePattern: '*'
      useAnnotations: true
`;

const GOOD = APPLICATION.replace('"regexp: ^v"', 'regexp:^v');

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'landfall-lint-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function write(files: Record<string, string>) {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}

async function lint(args: string[], stdin = '') {
  let out = '';
  let err = '';
  const code = await run(args, {
    cwd: folder,
    stdin: Readable.from([stdin]),
    out: text => {
      out += text;
    },
    err: text => {
      err += text;
    },
  });
  return { code, out, err };
}

describe('landfall-lint', () => {
  it('prints findings with their place, effect and fix', async () => {
    await write({ 'application.yaml': APPLICATION, 'updater.yaml': UPDATER });
    const { code, out } = await lint(['application.yaml', 'updater.yaml']);
    expect(out).toBe(`application.yaml:8:5: error allow-tags-impossible
  No tag is allowed: the expression " ^v" asks for " ", which no tag contains.
  Fix: Remove " " from the expression.

Checked 1 Application and 1 ImageUpdater: 1 error, 0 warnings, 0 notes.
`);
    expect(code).toBe(1);
  });

  it('is silent about settings that work', async () => {
    await write({ 'a/application.yaml': GOOD, 'b/updater.yml': UPDATER });
    const { code, out } = await lint(['.']);
    expect(out).toBe(
      'Checked 1 Application and 1 ImageUpdater: nothing found.\n',
    );
    expect(code).toBe(0);
  });

  it('reads several documents, lists and JSON from the standard input', async () => {
    const list = JSON.stringify({
      apiVersion: 'v1',
      kind: 'List',
      items: [
        {
          apiVersion: 'argocd-image-updater.argoproj.io/v1alpha1',
          kind: 'ImageUpdater',
          metadata: { name: 'all' },
          spec: { applicationRefs: [] },
        },
      ],
    });
    const { code, out } = await lint(
      ['--format', 'json', '-'],
      `${APPLICATION}---\n${list}\n`,
    );
    const { findings } = z
      .object({
        findings: z.array(
          z.object({
            code: z.string(),
            location: z.object({ region: z.object({ startLine: z.number() }) }),
          }),
        ),
      })
      .parse(JSON.parse(out));
    expect(
      findings.map(finding => [
        finding.code,
        finding.location.region.startLine,
      ]),
    ).toEqual([
      ['not-enabled', 7],
      ['allow-tags-impossible', 8],
      ['applications-missing', 16],
    ]);
    expect(code).toBe(1);
  });

  it('writes SARIF', async () => {
    await write({ 'my apps/api.yaml': APPLICATION, 'updater.yaml': UPDATER });
    const { out } = await lint(['--format', 'sarif', '.']);
    expect(JSON.parse(out)).toMatchObject({
      version: '2.1.0',
      runs: [
        {
          results: [
            {
              ruleId: 'allow-tags-impossible',
              level: 'error',
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: 'my%20apps/api.yaml' },
                    region: {
                      startLine: 8,
                      startColumn: 5,
                      endLine: 8,
                      endColumn: 66,
                    },
                  },
                },
              ],
            },
          ],
        },
      ],
    });
  });

  it('only warns of a missing ImageUpdater if none is given', async () => {
    await write({ 'application.yaml': GOOD });
    const { out, code } = await lint(['application.yaml']);
    expect(out).toContain('warning updater-missing');
    expect(code).toBe(1);
    const ignoring = ['application.yaml', '--ignore', 'updater-missing'];
    expect((await lint(ignoring)).code).toBe(0);
    const onErrors = ['application.yaml', '--fail-on', 'error'];
    expect((await lint(onErrors)).code).toBe(0);
  });

  it('finds an annotation that is no text', async () => {
    await write({
      'application.yaml': APPLICATION.replace(
        'app.allow-tags: "regexp: ^v"',
        'app.force-update: true',
      ),
      'updater.yaml': UPDATER,
    });
    const { out } = await lint(['.']);
    expect(out).toContain('application.yaml:8:5: error value-not-text');
  });

  it('keeps resources of the same name in two folders apart', async () => {
    await write({
      'dev/application.yaml': APPLICATION,
      'prod/application.yaml': GOOD,
      'updater.yaml': UPDATER,
    });
    const { out } = await lint(['dev', 'prod', 'updater.yaml']);
    expect(out).toContain('dev/application.yaml:8:5');
    expect(out).not.toContain('prod/application.yaml');
  });

  it.each<[string, string]>([
    ['broken YAML', `# argoproj.io\nkind: [Application\n`],
    ['another shape', UPDATER.replace("namePattern: '*'", 'namePattern: [a]')],
    [
      'aliases that expand to too much',
      `# argoproj.io\na: &a [1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n`,
    ],
  ])('returns 2 for %s and lints the rest', async (_, content) => {
    await write({
      'application.yaml': APPLICATION,
      'bad.yaml': content,
      'updater.yaml': UPDATER,
    });
    const { code, out } = await lint(['.']);
    expect(out).toMatch(/^bad\.yaml:\d+:\d+: unreadable$/m);
    expect(out).toContain('application.yaml:8:5');
    expect(code).toBe(2);
  });

  it.each([
    ['a file that does not exist', ['missing.yaml']],
    ['no file', []],
    ['an unknown option', ['--wibble']],
    ['an unknown format', ['--format', 'xml', '.']],
    ['an unknown code', ['--ignore', 'wibble', '.']],
  ])('returns 2 for %s', async (_, args) => {
    const { code, out, err } = await lint(args);
    expect(code).toBe(2);
    expect(`${out}${err}`).not.toBe('');
  });

  it('leaves out files that have nothing to do with Argo CD', async () => {
    await write({ 'template.yaml': '{{ if .Values.x }}\n[', 'empty.yaml': '' });
    expect((await lint(['.'])).code).toBe(0);
  });

  it.each(['--help', '--version'])('answers %s', async option => {
    const { code, out } = await lint([option]);
    expect(out).not.toBe('');
    expect(code).toBe(0);
  });
});
