import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import {
  type Application,
  type ImageUpdaterResource,
  policyFor,
  holdTargetOf,
  isImageHeld,
  versionPlaces,
  type VersionChangeRequest,
} from '@landfall/backstage-plugin-delivery-common';
import { ConfigRepositoryEditor } from '@landfall/backstage-plugin-delivery-node';
import { GitServer } from '@landfall/testing-kit';
import { join } from 'node:path';
import { type JudgedItem, judgeItem } from './judgeItem';
import { previewChanges } from './previewChanges';
import type { VersionFacts } from './VersionReader';

const REPOSITORY = 'registry.example.com/shop/api';
const PREFIX = 'argocd-image-updater.argoproj.io';
const UPDATERS: ImageUpdaterResource[] = [
  {
    namespace: 'argocd',
    name: 'all',
    spec: { applicationRefs: [{ namePattern: '*', useAnnotations: true }] },
  },
];
const values = (tag: string) =>
  `# ours\nimage:\n  repository: ${REPOSITORY}\n  tag: "${tag}" # live\nreplicas: 2\n`;
const manifest = (name: string) =>
  `kind: Application\nmetadata:\n  name: ${name}\n  annotations:\n    ${PREFIX}/image-list: app=${REPOSITORY}:~1.4\nspec: {}\n`;

describe('previewChanges', () => {
  const mockDir = createMockDirectory();
  let server: GitServer;
  let editor: ConfigRepositoryEditor;
  let repoUrl: string;

  beforeAll(async () => {
    server = await GitServer.start({
      folder: join(mockDir.path, 'repos'),
      username: 'portal',
      password: 'secret',
      allowFilter: true,
    });
    const { host } = server;
    editor = ConfigRepositoryEditor.fromConfig({
      config: mockServices.rootConfig({
        data: {
          integrations: {
            gitea: [
              {
                host,
                baseUrl: `http://${host}`,
                username: 'portal',
                password: 'secret',
              },
            ],
          },
        },
      }),
      logger: mockServices.logger.mock(),
    });
    await server.commit('deploy', {
      'apps/api/values-dev.yaml': values('1.4.2'),
      'apps/api/values-prod.yaml': values('1.4.1'),
      'apps/web/values-dev.yaml': 'image: {}\n',
      'argocd/api-dev.yaml': manifest('api-dev'),
      'argocd/api-prod.yaml': manifest('api-prod'),
    });
    repoUrl = server.repositoryUrl('deploy');
  });
  afterAll(() => server.stop());

  /** An application whose values file the Image Updater writes. */
  function applicationOf(name: string, file: string): Application {
    return {
      ref: { instance: 'main', namespace: 'argocd', name },
      uid: name,
      project: 'default',
      labels: {},
      annotations: {
        [`${PREFIX}/image-list`]: `app=${REPOSITORY}:~1.4`,
        [`${PREFIX}/app.helm.image-tag`]: 'image.tag',
        [`${PREFIX}/app.helm.image-name`]: 'image.repository',
        [`${PREFIX}/write-back-method`]: 'git',
        [`${PREFIX}/write-back-target`]: `helmvalues:/${file}`,
      },
      destination: {},
      sources: [{ repoUrl, path: 'apps/api', targetRevision: 'main' }],
      automatedSync: true,
      sync: { status: 'Synced', revisions: [] },
      health: { status: 'Healthy' },
      images: [`${REPOSITORY}:1.4.2`],
      externalUrls: [],
      history: [],
      conditions: [],
      resources: { total: 0, outOfSync: 0, unwell: [] },
    };
  }

  function judged(
    request: VersionChangeRequest,
    app: Application,
    updaterTag = '1.4.3',
  ): JudgedItem {
    const policy = policyFor({
      application: app,
      repository: REPOSITORY,
      updaters: UPDATERS,
    });
    const facts: VersionFacts = {
      policy,
      isHeld: isImageHeld(policy),
      updaterTag,
      isUnpredictable: false,
      places: () => versionPlaces(app, REPOSITORY, policy),
      holdTarget: () => holdTargetOf(app, REPOSITORY, policy),
    };
    const item = request.items.find(
      one => one.application.name === app.ref.name,
    );
    if (!item) {
      throw new Error(`The request has no item of ${app.ref.name}`);
    }
    return {
      item,
      entity: {
        apiVersion: 'v1',
        kind: 'Component',
        metadata: { name: 'api' },
      },
      key: app.ref.name,
      application: app,
      environment: app.ref.name.replace('api-', ''),
      ...judgeItem(request, item, { application: app, facts }),
    };
  }

  const requestOf = (
    action: VersionChangeRequest['action'],
    names: string[],
    more: Partial<VersionChangeRequest> = {},
    tag: string | undefined = '1.4.3',
  ): VersionChangeRequest => ({
    action,
    items: names.map(name => ({
      entityRef: 'component:default/api',
      application: { instance: 'main', namespace: 'argocd', name },
      expected: { actionKey: 'k' },
      repository: REPOSITORY,
      ...(action !== 'resume-updates' && { tag }),
    })),
    ...more,
  });
  const DEV = () => applicationOf('api-dev', 'apps/api/values-dev.yaml');
  const PROD = () => applicationOf('api-prod', 'apps/api/values-prod.yaml');
  const preview = (request: VersionChangeRequest, ...all: Application[]) =>
    previewChanges(
      request,
      all.map(app => {
        const one = judged(request, app);
        return { item: one.item, judged: one };
      }),
      { editor, user: 'user:default/jo' },
    );

  it('puts several applications of a repository into one change', async () => {
    const request = requestOf('promote', ['api-dev', 'api-prod'], {
      reason: 'Fixes @everyone',
    });
    const { changes, items } = await preview(request, DEV(), PROD());
    expect(changes).toEqual([
      {
        repositoryUrl: repoUrl,
        branch: 'main',
        title: 'chore: promote api-dev and 1 more to 1.4.3',
        description: [
          'Fixes \\@everyone',
          '',
          `- api-dev (dev), \`${REPOSITORY}\`: \`1.4.2\` → \`1.4.3\``,
          `- api-prod (prod), \`${REPOSITORY}\`: \`1.4.1\` → \`1.4.3\``,
          '',
          'Requested by user:default/jo through Landfall.',
        ].join('\n'),
        files: [
          {
            path: 'apps/api/values-dev.yaml',
            diff: expect.stringContaining(
              '-  tag: "1.4.2" # live\n+  tag: "1.4.3" # live',
            ),
          },
          {
            path: 'apps/api/values-prod.yaml',
            diff: expect.stringContaining('+  tag: "1.4.3" # live'),
          },
        ],
        via: 'request',
      },
    ]);
    expect(items).toMatchObject([
      { from: '1.4.2', to: '1.4.3' },
      { from: '1.4.1', to: '1.4.3' },
    ]);
  });

  it('holds a reverted version in the same change', async () => {
    const request = requestOf('revert', ['api-dev'], {}, '1.4.1');
    const { changes, items } = await preview(request, DEV());
    expect(changes[0].files).toEqual([
      {
        path: 'apps/api/values-dev.yaml',
        diff: expect.stringContaining('+  tag: "1.4.1" # live'),
      },
      {
        path: 'argocd/api-dev.yaml',
        diff: expect.stringContaining(`+    ${PREFIX}/app.ignore-tags: "*"`),
      },
    ]);
    expect(items[0].notes.map(({ code }) => code)).toContain(
      'change.note-held',
    );
  });

  it.each([
    [{}, ['apps/api/values-dev.yaml']],
    [{ hold: true }, ['apps/api/values-dev.yaml', 'argocd/api-dev.yaml']],
  ])('holds a promoted version only if asked to (%j)', async (more, paths) => {
    const request = requestOf('promote', ['api-dev'], more, '1.4.1');
    const { changes } = await preview(request, DEV());
    expect(changes[0].files.map(({ path }) => path)).toEqual(paths);
  });

  it('says that the updater will move a version that is not held', async () => {
    const request = requestOf('revert', ['api-dev'], { hold: false }, '1.4.1');
    const { items } = await preview(request, DEV());
    expect(items[0].notes).toContainEqual({
      code: 'change.note-updater-moves',
      message: 'Image Updater will set 1.4.3 in its next cycle after that',
      parameters: { version: '1.4.3' },
    });
  });

  it('refuses an item that can’t be edited, and keeps the others', async () => {
    const web = applicationOf('api-web', 'apps/web/values-dev.yaml');
    const request = requestOf('promote', ['api-dev', 'api-web']);
    const { changes, items } = await preview(request, DEV(), web);
    expect(changes).toHaveLength(1);
    expect(changes[0].files).toHaveLength(1);
    expect(items[0].refusal).toBeUndefined();
    expect(items[1].refusal).toMatchObject({
      code: 'change.version-not-found',
      message: expect.stringContaining('apps/web/values-dev.yaml has no value'),
    });
  });

  it('leaves out what Git has already', async () => {
    const request = requestOf('promote', ['api-dev', 'api-prod'], {}, '1.4.2');
    const { changes, items } = await preview(request, DEV(), PROD());
    expect(items[0].refusal?.message).toBe(
      `Git has 1.4.2 for ${REPOSITORY} already, so nothing would change`,
    );
    expect(items[0].notes).toEqual([]);
    expect(items[1].refusal).toBeUndefined();
    expect(changes[0].files.map(({ path }) => path)).toEqual([
      'apps/api/values-prod.yaml',
    ]);
    expect(changes[0].description).not.toContain('api-dev');
  });

  it('changes a value that two applications share for both', async () => {
    const request = requestOf('promote', ['api-dev', 'api-prod']);
    const shared = applicationOf('api-prod', 'apps/api/values-dev.yaml');
    const { items } = await preview(request, DEV(), shared);
    expect(items.map(({ refusal }) => refusal)).toEqual([undefined, undefined]);
  });

  it('accepts a change that was made already where obstacles reject', async () => {
    const request = requestOf('promote', ['api-dev'], {}, '1.4.2');
    const one = judged(request, DEV());
    const { changes, items } = await previewChanges(
      request,
      [{ item: one.item, judged: one }],
      { editor, user: 'user:default/jo', rejects: true },
    );
    expect(items[0].refusal).toBeUndefined();
    expect(changes[0].files).toEqual([]);
  });

  it('refuses to resume what nothing holds', async () => {
    const request = requestOf('resume-updates', ['api-dev']);
    const { changes, items } = await preview(request, DEV());
    expect(changes).toEqual([]);
    expect(items[0].refusal?.code).toBe('change.not-held');
  });

  it('rejects with the first obstacle where that is asked for', async () => {
    const request = requestOf('resume-updates', ['api-dev']);
    const one = judged(request, DEV());
    await expect(
      previewChanges(request, [{ item: one.item, judged: one }], {
        editor,
        user: 'user:default/jo',
        rejects: true,
      }),
    ).rejects.toThrow('Nothing holds the updates');
  });
});
