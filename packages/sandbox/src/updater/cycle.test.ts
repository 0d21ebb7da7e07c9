import { FakeKubernetes } from './__testUtils__/FakeKubernetes';
import { VALUES, application, updaterResource } from './__testUtils__/service';
import { REGISTRY, Workbench } from './__testUtils__/Workbench';

const AUTHOR = 'argocd-image-updater <noreply@argoproj.io>';

let bench: Workbench;

beforeEach(async () => {
  bench = await Workbench.start();
});

afterEach(async () => {
  await bench.stop();
});

describe('a cycle', () => {
  it('commits the newest allowed tag, once, and says so', async () => {
    await bench.commit({ 'apps/api/values-dev.yaml': VALUES });
    await bench.push('shop/api', '1.0.0');
    await bench.push('shop/api', '1.0.2');
    await bench.push('shop/api', '1.1.0');
    application(bench);
    updaterResource(bench);

    const updater = await bench.startUpdater();
    await updater.runCycle();

    expect(await bench.file('apps/api/values-dev.yaml')).toBe(
      VALUES.replace('1.0.0', '1.0.2'),
    );
    const [commit, ...older] = await bench.commits();
    expect(commit).toEqual({
      author: AUTHOR,
      message:
        "build: automatic update of api-dev\n\nupdates image shop/api tag '1.0.0' to '1.0.2'\n",
      files: ['apps/api/values-dev.yaml'],
    });
    // The second cycle found the file already up to date, although the live
    // image was old.
    expect(older.filter(({ author }) => author === AUTHOR)).toEqual([]);
    expect(bench.kubernetes.statuses.at(-1)).toMatchObject({
      applicationsMatched: 1,
      imagesManaged: 1,
      observedGeneration: 1,
    });
    expect(bench.kubernetes.condition('Ready')).toMatchObject({
      status: 'True',
      message: 'Reconciled 1 applications, 1 images updated.',
    });
  });

  it('keeps the last update when there is nothing to do', async () => {
    await bench.commit({ 'apps/api/values-dev.yaml': VALUES });
    await bench.push('shop/api', '1.0.1');
    application(bench);
    updaterResource(bench);
    const updater = await bench.startUpdater();
    await updater.runCycle();
    application(bench, { images: [`${REGISTRY}/shop/api:1.0.1`] });
    await updater.runCycle();

    expect(bench.kubernetes.condition('Ready')).toMatchObject({
      message: 'Reconciled 1 applications, 0 images updated.',
    });
    expect(bench.kubernetes.imageUpdaters[0].status).toMatchObject({
      lastUpdatedAt: expect.any(String),
      recentUpdates: [
        {
          alias: 'app',
          image: `${REGISTRY}/shop/api`,
          newVersion: '1.0.1',
          applicationsUpdated: 1,
          updatedAt: expect.any(String),
          message: 'Updated from 1.0.0 to 1.0.1.',
        },
      ],
    });
    expect(await bench.commits()).toHaveLength(3);
  });

  it('ignores annotations that no resource switches on', async () => {
    await bench.commit({ 'apps/api/values-dev.yaml': VALUES });
    await bench.push('shop/api', '1.0.1');
    application(bench);
    updaterResource(bench, { applicationRefs: [{ namePattern: 'other' }] });
    const updater = await bench.startUpdater();
    await updater.runCycle();

    expect(await bench.file('apps/api/values-dev.yaml')).toBe(VALUES);
    expect(bench.kubernetes.statuses.at(-1)).toMatchObject({
      applicationsMatched: 0,
      imagesManaged: 0,
    });
  });

  it('takes the settings of the resource where it has them', async () => {
    await bench.commit({ 'apps/api/values-dev.yaml': VALUES });
    await bench.push('shop/api', '1.0.1');
    await bench.push('shop/api', '2.0.0');
    application(bench, { annotations: { 'image-list': 'app=nothing' } });
    updaterResource(bench, {
      writeBackConfig: {
        method: 'git',
        gitConfig: {
          repository: bench.repository,
          branch: 'main:updates',
          writeBackTarget: 'helmvalues:/apps/api/values-dev.yaml',
        },
      },
      applicationRefs: [
        {
          namePattern: 'api-*',
          images: [
            {
              alias: 'app',
              imageName: `${REGISTRY}/shop/api`,
              commonUpdateSettings: { allowTags: 'regexp:^1\\.' },
              manifestTargets: {
                helm: { name: 'image.repository', tag: 'image.tag' },
              },
            },
          ],
        },
      ],
    });
    const updater = await bench.startUpdater();
    await updater.runCycle();

    expect(await bench.file('apps/api/values-dev.yaml')).toBe(VALUES);
    expect(await bench.file('apps/api/values-dev.yaml', 'updates')).toBe(
      VALUES.replace('1.0.0', '1.0.1'),
    );
  });

  it('patches the Application with the method argocd', async () => {
    await bench.push('shop/api', '1.0.1');
    application(bench, { annotations: { 'write-back-method': 'argocd' } });
    updaterResource(bench);
    const updater = await bench.startUpdater();
    await updater.runCycle();

    // In the second cycle, the spec already contained the image.
    expect(bench.kubernetes.patches).toEqual([
      {
        spec: {
          source: {
            repoURL: bench.repository,
            path: 'apps/api',
            targetRevision: 'main',
            helm: {
              parameters: [
                {
                  name: 'image.repository',
                  value: `${REGISTRY}/shop/api`,
                  forceString: true,
                },
                { name: 'image.tag', value: '1.0.1', forceString: true },
              ],
            },
          },
        },
      },
    ]);
  });

  it('reports that Kubernetes cannot be reached', async () => {
    const elsewhere = await FakeKubernetes.start('x');
    const { url } = elsewhere;
    await elsewhere.stop();
    const updater = await bench.startUpdater({
      kubernetes: { url, token: '', namespace: 'argocd' },
    });
    await updater.runCycle();
    expect(bench.log).toContainEqual(
      expect.stringContaining(`cycle failed: ${url} can't be reached`),
    );
  });
});
