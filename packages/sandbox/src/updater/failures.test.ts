import { VALUES, application, updaterResource } from './__testUtils__/service';
import { REGISTRY, Workbench } from './__testUtils__/Workbench';

let bench: Workbench;

beforeEach(async () => {
  bench = await Workbench.start();
});

afterEach(async () => {
  await bench.stop();
});

describe('what cannot be written', () => {
  const failed = {
    type: 'Error',
    status: 'True',
    reason: 'PartialErrors',
    message: '1 error(s) occurred during image update checks.',
  };

  beforeEach(async () => {
    await bench.push('shop/api', '1.0.1');
    await bench.commit({ 'apps/api/values-dev.yaml': VALUES });
    updaterResource(bench);
  });

  it('with credentials of a secret', async () => {
    application(bench, {
      annotations: { 'write-back-method': 'git:secret:git-creds' },
    });
    const updater = await bench.startUpdater();
    await updater.runCycle();

    expect(bench.log).toContain(
      `api-dev: Could not update application spec: could not get creds for repo '${bench.repository}': unknown repository type`,
    );
    expect(bench.kubernetes.condition('Error')).toMatchObject(failed);
    expect(bench.kubernetes.condition('Ready')).toMatchObject({
      status: 'True',
      message: 'Reconciled 1 applications with 1 errors, 0 images updated.',
    });
  });

  it('with a secret of another namespace, which counts before the kind of repository', async () => {
    application(bench, {
      annotations: { 'write-back-method': 'git:secret:other/git-creds' },
    });
    const updater = await bench.startUpdater();
    await updater.runCycle();
    expect(bench.log).toContain(
      `api-dev: Could not update application spec: could not get creds for repo '${bench.repository}': secret namespace 'other' differs from app namespace 'argocd'`,
    );
  });

  it('with a malformed pull secret', async () => {
    application(bench, {
      annotations: { 'app.pull-secret': 'pullsecret:ecr' },
    });
    const updater = await bench.startUpdater();
    await updater.runCycle();
    expect(bench.log).toContain(
      'api-dev: Could not set registry endpoint credentials: invalid secret definition: ecr',
    );
    expect(bench.kubernetes.condition('Error')).toMatchObject(failed);
  });

  it('a repository without credentials', async () => {
    application(bench);
    const updater = await bench.startUpdater({ repositories: [] });
    await updater.runCycle();
    expect(bench.log.join('\n')).toContain(
      'are not configured in Argo CD settings',
    );
    expect(bench.kubernetes.condition('Error')).toMatchObject(failed);
  });

  it('a Git host that is away; the next cycle writes', async () => {
    application(bench);
    await bench.git.stop();
    const updater = await bench.startUpdater();
    await updater.runCycle();
    expect(bench.kubernetes.condition('Error')).toMatchObject(failed);
    expect(bench.log.join('\n')).toMatch(/git fetch failed/);
    expect(bench.log.join('\n')).not.toContain('secret');
  });

  it('a branch that does not exist', async () => {
    application(bench, { annotations: { 'git-branch': 'gone' } });
    const updater = await bench.startUpdater();
    await updater.runCycle();
    expect(bench.log.join('\n')).toMatch(/couldn't find remote ref/);
  });

  it('a target outside of the repository', async () => {
    application(bench, {
      annotations: { 'write-back-target': 'helmvalues:/../../x.yaml' },
    });
    const updater = await bench.startUpdater();
    await updater.runCycle();
    expect(bench.log.join('\n')).toContain('outside of the repository');
  });

  it('an image of a registry that is not configured', async () => {
    application(bench);
    const updater = await bench.startUpdater({ registries: [] });
    await updater.runCycle();
    expect(bench.log.join('\n')).toContain(
      `no registry ${REGISTRY} is configured`,
    );
    expect(bench.kubernetes.condition('Error')).toMatchObject(failed);
  });

  it('a resource with a broken pattern', async () => {
    application(bench);
    updaterResource(bench, { applicationRefs: [{ namePattern: '[' }] });
    const updater = await bench.startUpdater();
    await updater.runCycle();
    expect(bench.kubernetes.condition('Error')).toMatchObject({
      reason: 'ReconcileError',
      message: "invalid application name pattern '[': syntax error in pattern",
    });
    expect(bench.kubernetes.condition('Ready')).toMatchObject({
      status: 'False',
      reason: 'ReconcileFailed',
    });
  });
});
