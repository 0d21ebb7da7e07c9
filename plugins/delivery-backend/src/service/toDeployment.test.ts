import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import type {
  Application,
  Promotion,
} from '@landfall/backstage-plugin-delivery-common';
import { observationsOf } from '../__testUtils__/observations';
import { promotionAt, REPOSITORY } from '../__testUtils__/promotions';
import { Links } from './links';
import { type DeploymentParts, toDeployment } from './toDeployment';

const DIGEST = `sha256:${'d'.repeat(64)}`;
const ECR =
  'https://eu-west-1.console.aws.amazon.com/ecr/repositories/private/123456789012/shop/api';
const LINK = `${ECR}?region=eu-west-1`;

describe('toDeployment', () => {
  const links = Links.create({
    frontendUrls: new Map(),
    integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
  });
  let settled: Application;
  let rollingOut: Application;

  beforeAll(async () => {
    const applications = (await observationsOf('helmvalues')).flatMap(
      observation =>
        observation.kind === 'application-observed'
          ? [observation.application]
          : [],
    );
    [settled] = applications;
    const rollout = applications.find(({ images }) => images.length === 2);
    if (!rollout) {
      throw new Error('The recording has no rollout');
    }
    rollingOut = rollout;
  });

  const deploymentOf = (
    application: Application,
    rest: Partial<DeploymentParts> = {},
  ) =>
    toDeployment(
      {
        key: 'key',
        application,
        promotions: [],
        images: [],
        imageUpdaters: [],
        revisions: [],
        ...rest,
      },
      links,
      new Date(),
    );
  const live = (tag: string, rest: Partial<Promotion> = {}) =>
    promotionAt(1, { version: { tag }, outcome: 'live', ...rest });

  it('shows both versions of a rollout, the former one first, whatever the order', () => {
    const promotions = [live('1.0.0')];
    const running = [{ tag: '1.0.0' }, { tag: '1.0.1' }];

    for (const images of [
      rollingOut.images,
      [...rollingOut.images].reverse(),
    ]) {
      expect(
        deploymentOf({ ...rollingOut, images }, { promotions }).images,
      ).toEqual([
        {
          repository: REPOSITORY,
          running,
          desired: { tag: '1.0.1' },
          link: LINK,
        },
      ]);
    }
  });

  it('shows no version that only a hook runs', () => {
    const [image] = settled.images;
    const hook = image.replace(/:[^:]*$/, ':never-pushed');
    const { images } = deploymentOf({
      ...settled,
      images: [image, hook],
      operation: settled.operation && {
        ...settled.operation,
        hookImages: [hook],
      },
    });
    expect(images.flatMap(({ running }) => running)).toHaveLength(1);
    expect(JSON.stringify(images)).not.toContain('never-pushed');
  });

  it('shows no desired version where it is the one that runs', () => {
    expect(deploymentOf(settled).images).toEqual([
      { repository: REPOSITORY, running: [{ tag: '1.0.0' }], link: LINK },
    ]);
  });

  it('shows which running version its repository no longer has', () => {
    const removed = new Map([[REPOSITORY, [{ tag: '1.0.0' }]]]);
    expect(deploymentOf(settled, { removed }).images).toEqual([
      {
        repository: REPOSITORY,
        running: [{ tag: '1.0.0' }],
        removed: [{ tag: '1.0.0' }],
        link: LINK,
      },
    ]);
  });

  it('shows the version that Git wants, where somebody has to sync', () => {
    const sync = { status: 'OutOfSync' as const, revisions: ['b'] };
    const images = [`${REPOSITORY}:1.1.0`];
    const desiredAt = (revision: string) =>
      deploymentOf(
        { ...settled, sync },
        { desired: { revisions: [revision], images } },
      ).images;
    expect(desiredAt('b')).toEqual([
      {
        repository: REPOSITORY,
        running: [{ tag: '1.0.0' }],
        desired: { tag: '1.1.0' },
        link: LINK,
      },
    ]);
    expect(desiredAt('a')[0].desired).toBeUndefined();
  });

  it('has the reason why a promotion is pending', () => {
    const promotion = promotionAt(1, {
      version: { tag: '1.0.1' },
      stages: { synced: { at: '2026-11-23T03:59:24Z', basis: 'reported' } },
    });
    expect(
      deploymentOf(rollingOut, { promotions: [promotion] }).waiting,
    ).toMatchObject({
      code: 'rolling-out',
      message: expect.stringContaining('Waiting for rollout to finish'),
    });
    expect(deploymentOf(settled).waiting).toBeUndefined();
  });

  it('shows an image without pods, too', () => {
    expect(deploymentOf({ ...settled, images: [] }).images).toEqual([
      expect.objectContaining({ repository: REPOSITORY, running: [] }),
    ]);
  });

  it('gives a digest the tag that the registry has for it', () => {
    const images = [`${REPOSITORY}@${DIGEST}`];
    const known = {
      repository: REPOSITORY,
      digest: DIGEST,
      tags: ['2.0.0'],
      seenAt: '2026-11-23T04:00:00Z',
    };

    expect(
      deploymentOf({ ...settled, images }, { images: [known] }).images[0]
        .running,
    ).toEqual([{ tag: '2.0.0', digest: DIGEST }]);
  });

  it('has when and by whom the running version was deployed', () => {
    const promotions = [
      live('1.0.0', {
        stages: {
          synced: { at: '2026-11-23T04:01:00Z', basis: 'reported' },
          healthy: { at: '2026-11-23T04:02:00Z', basis: 'observed' },
        },
        commit: {
          repoUrl: 'https://git.example.com/deploy',
          revision: 'abc',
          author: 'updater',
          exact: true,
        },
      }),
    ];
    expect(deploymentOf(settled, { promotions })).toMatchObject({
      deployedAt: '2026-11-23T04:02:00Z',
      deployedBy: 'updater',
    });

    const [deployed] = settled.history;
    const known = {
      repoUrl: deployed.sources[0].repoUrl,
      revision: deployed.revisions[0],
      author: 'Chris',
      date: '2026-11-23T03:43:43Z',
      message: 'api 1.0.0',
    };
    expect(deploymentOf(settled, { revisions: [known] })).toMatchObject({
      deployedAt: deployed.deployedAt,
      deployedBy: 'Chris',
    });
  });

  it('links to the newest running image, by its digest if it is known', () => {
    const images = [`${REPOSITORY}:1.0.0`, `${REPOSITORY}:1.0.1@${DIGEST}`];
    expect(
      deploymentOf(
        { ...rollingOut, images },
        { promotions: [live('1.0.0')] },
      ).images.map(({ link }) => link),
    ).toEqual([`${ECR}/_/image/${DIGEST}/details?region=eu-west-1`]);
    const [without] = deploymentOf({ ...settled, images: [] }).images;
    expect(without.link).toBeUndefined();
  });

  describe('the link to the commit', () => {
    const repoUrl = 'https://github.com/shop/deploy';
    const sha = (digit: string) => digit.repeat(40);
    const page = (digit: string) => `${repoUrl}/commit/${sha(digit)}`;
    const commitOf = (digit: string) => ({
      commit: { repoUrl, revision: sha(digit), exact: true },
    });
    const synced: Promotion['stages'] = {
      synced: { at: '2026-11-23T04:01:00Z', basis: 'reported' },
    };
    // The branch's head is another environment's commit.
    const compared = (): Application => ({
      ...settled,
      sources: [{ repoUrl, path: 'api' }],
      sync: { status: 'Synced', revisions: [sha('f')] },
      history: [],
    });
    const linkOf = (application: Application, promotions: Promotion[] = []) =>
      deploymentOf(application, { promotions }).links.commit;

    it('is that of the running version, not the head of the branch', () => {
      const promotions = [live('1.0.0', commitOf('a'))];
      expect(linkOf(compared(), promotions)).toBe(page('a'));
    });

    it('is that of a version once it is synced', () => {
      const before = live('1.0.0', commitOf('a'));
      const pending = promotionAt(2, commitOf('b'));
      expect(linkOf(compared(), [before, pending])).toBe(page('a'));
      const applied = { ...pending, stages: synced };
      expect(linkOf(compared(), [before, applied])).toBe(page('b'));
    });

    it('is the revision of the latest sync if no promotion has one', () => {
      const entry = {
        id: 1,
        revisions: [sha('c')],
        sources: [{ repoUrl, path: 'api' }],
        deployedAt: '2026-11-23T04:01:00Z',
      };
      expect(linkOf({ ...compared(), history: [entry] })).toBe(page('c'));
      expect(linkOf(compared())).toBe(page('f'));
    });
  });

  it('shows why pods fail', () => {
    const podFailures = [{ pod: 'api-1', pods: 1, message: 'not found' }];
    expect(deploymentOf(settled, { podFailures }).podFailures).toEqual(
      podFailures,
    );
    expect(deploymentOf(settled).podFailures).toBeUndefined();
  });

  it('shows the newest promotion that is under way or failed', () => {
    const failed = promotionAt(2, { outcome: 'failed' });
    const open = promotionAt(3);

    expect(
      deploymentOf(settled, { promotions: [live('1.0.0'), failed, open] })
        .promotion,
    ).toEqual(open);
    expect(
      deploymentOf(settled, { promotions: [live('1.0.0')] }).promotion,
    ).toBeUndefined();
  });

  it('links to nothing but web pages', () => {
    expect(
      deploymentOf({
        ...settled,
        externalUrls: [
          'https://shop.example.com',
          'Grafana | https://grafana.example.com/d/1',
          'data:text/html,x',
          'Shop|javascript:alert(1)',
          'https://shop.example.com|javascript:alert(1)',
          'https://',
        ],
      }).links.external,
    ).toEqual([
      'https://shop.example.com',
      'Grafana | https://grafana.example.com/d/1',
    ]);
  });
});
