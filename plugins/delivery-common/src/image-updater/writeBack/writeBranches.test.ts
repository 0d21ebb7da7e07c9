import type { UpdatedApplication } from '../types';
import { branchPrefix, isBranchOf, writeBranches } from './writeBranches';

const PREFIX = 'argocd-image-updater.argoproj.io/';
const REPO = 'https://git.example.com/shop/deploy.git';

function application(
  annotations: Record<string, string>,
  targetRevision = 'main',
): UpdatedApplication {
  return {
    ref: { instance: 'main', namespace: 'argocd', name: 'api-dev' },
    labels: {},
    annotations: Object.fromEntries(
      Object.entries(annotations).map(([key, value]) => [
        `${PREFIX}${key}`,
        value,
      ]),
    ),
    sources: [{ repoUrl: REPO, path: 'apps/api', targetRevision }],
  };
}

const LIST = { 'image-list': 'a=registry.example.com/shop/api' };
const GIT = { ...LIST, 'write-back-method': 'git' };

describe('writeBranches', () => {
  it.each([
    ['argocd', LIST, 'main', []],
    ['argocd with a branch', { ...LIST, 'git-branch': 'main:x' }, 'main', []],
    ['the branch of the source', GIT, 'main', []],
    ['a branch', { ...GIT, 'git-branch': 'main' }, 'main', []],
    ['the same branch', { ...GIT, 'git-branch': 'main:main' }, 'main', []],
    [
      'a template',
      { ...GIT, 'git-branch': 'main:image-updater-{{.SHA256}}' },
      'release',
      [{ repoUrl: REPO, base: 'main', template: 'image-updater-{{.SHA256}}' }],
    ],
    [
      'a template without a base',
      { ...GIT, 'git-branch': ':updates' },
      'release',
      [{ repoUrl: REPO, base: 'release', template: 'updates' }],
    ],
    [
      'the default branch',
      { ...GIT, 'git-branch': ':updates' },
      'HEAD',
      [{ repoUrl: REPO, base: '', template: 'updates' }],
    ],
    [
      'another repository',
      {
        ...GIT,
        'git-branch': 'main:updates',
        'git-repository': 'https://git.example.com/shop/other.git',
      },
      'main',
      [
        {
          repoUrl: 'https://git.example.com/shop/other.git',
          base: 'main',
          template: 'updates',
        },
      ],
    ],
  ])('of %s', (_, annotations, targetRevision, expected) => {
    expect(writeBranches(application(annotations, targetRevision), [])).toEqual(
      expected,
    );
  });

  it('are those of the merge requests that an ImageUpdater opens', () => {
    const updater = {
      namespace: 'argocd',
      name: 'shop',
      spec: {
        writeBackConfig: {
          method: 'git',
          gitConfig: { branch: 'main', pullRequest: { github: {} } },
        },
        applicationRefs: [
          {
            namePattern: 'api-*',
            images: [
              { alias: 'a', imageName: 'registry.example.com/shop/api' },
            ],
          },
        ],
      },
    };
    expect(writeBranches(application({}), [updater, updater])).toEqual([
      {
        repoUrl: REPO,
        base: 'main',
        template: 'image-updater-{{.TargetKey}}-{{.SHA256}}',
      },
    ]);
    expect(writeBranches(application({}), [])).toEqual([]);
  });
});

describe('isBranchOf', () => {
  it.each([
    ['updates', 'updates', true],
    ['updates', 'updates-2', false],
    ['u/{{.SHA256}}', 'u/0af3', true],
    ['u/{{.SHA256}}', 'v/0af3', false],
    ['u-{{.SHA256}}-x', 'u-0af3-x', true],
    ['u-{{.SHA256}}-x', 'u-x', false],
    ['u-{{.SHA256}}-x', `u-${'0'.repeat(253)}`, true],
    ['u{{range .Images}}-{{.Name}}{{end}}', 'u-api-web', true],
    ['{{.SHA256}}', 'anything', true],
  ])('of %s: %s is %s', (template, branch, expected) => {
    expect(isBranchOf(template, branch)).toBe(expected);
    expect(branch.startsWith(branchPrefix(template)) || !expected).toBe(true);
  });
});
