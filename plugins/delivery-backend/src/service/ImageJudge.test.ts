import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import {
  type Application,
  type ImageUpdaterResource,
  type ImageVersion,
  imageUpdaterSpecSchema,
  initialState,
  type KnownImage,
  type Observation,
  reduce,
  whyStuck,
} from '@landfall/backstage-plugin-delivery-common';
import { firstObservation } from '../__testUtils__/observations';
import { ImageJudge } from './ImageJudge';
import { Links } from './links';
import { versionListOf } from './VersionLists';

const REPOSITORY = 'registry.example.com/shop/api';
const PREFIX = 'argocd-image-updater.argoproj.io';

const links = Links.create({
  frontendUrls: new Map(),
  integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
});

const image = (minute: number, ...tags: string[]): KnownImage => ({
  repository: REPOSITORY,
  digest: `sha256:${String(minute).padStart(64, '0')}`,
  tags,
  pushedAt: `2026-01-01T10:0${minute}:00.000Z`,
  seenAt: `2026-01-01T10:0${minute}:01.000Z`,
});

const IMAGES = [
  image(0, '1.3.0'),
  image(1, '1.3.1', 'stable'),
  image(2, '1.4.0'),
  image(3),
  { ...image(4, '1.3.2'), removed: true },
];

function listsOf(repository: string, images: KnownImage[]) {
  const present = images.filter(({ removed }) => !removed);
  return new Map([[repository, versionListOf(present)]]);
}

describe('ImageJudge', () => {
  let recorded: Application;
  beforeAll(async () => {
    ({ application: recorded } = await firstObservation('helmvalues'));
  });

  const judged = (
    annotations: Record<string, string>,
    constraint?: string,
    running = '1.3.0',
    removed?: ImageVersion[],
  ) => {
    const application: Application = {
      ...recorded,
      ref: { instance: 'main', namespace: 'argocd', name: 'api-dev' },
      annotations,
      images: [`${REPOSITORY}:${running}`],
    };
    const spec = imageUpdaterSpecSchema.parse({
      applicationRefs: [
        {
          namePattern: 'api-*',
          images: [
            { alias: 'app', imageName: `${REPOSITORY}:${constraint ?? ''}` },
          ],
        },
      ],
    });
    const judge = ImageJudge.create(
      [
        {
          key: 'k',
          environment: 'dev',
          application,
          ...(removed && { removed: new Map([[REPOSITORY, removed]]) }),
          imageUpdaters: constraint
            ? [{ namespace: 'argocd', name: 'api', spec }]
            : [],
        },
      ],
      listsOf(REPOSITORY, IMAGES),
    );
    return {
      application: judge.applications[0],
      items: IMAGES.slice(0, 4).map(one => judge.item(one, links)),
    };
  };

  it('has what an ImageUpdater takes next, and why it passes over the others', () => {
    const { application, items } = judged({}, '~1.3');
    expect(application).toMatchObject({
      state: 'managed',
      updater: { namespace: 'argocd', name: 'api' },
      running: [{ tag: '1.3.0' }],
      next: { outcome: 'update', version: { tag: '1.3.1' } },
      problems: [],
    });
    expect(
      items.map(({ tags, runsIn, verdicts: [verdict] }) => [
        tags.join(),
        runsIn.join(),
        verdict.accepted,
        verdict.isNext,
        verdict.code,
      ]),
    ).toEqual([
      ['1.3.0', 'k', true, false, 'older'],
      ['1.3.1,stable', '', true, true, 'chosen'],
      ['1.4.0', '', false, false, 'outside-constraint'],
      ['', '', false, false, 'untagged'],
    ]);
  });

  it('has the running versions that the repository no longer has', () => {
    const { application } = judged({}, '~1.3', '1.3.2', [{ tag: '1.3.2' }]);
    expect(application.removed).toEqual([{ tag: '1.3.2' }]);
    expect(judged({}, '~1.3').application).not.toHaveProperty('removed');
  });

  it('evaluates annotations that nothing enables, and advises on enabling them', () => {
    const { application } = judged({
      [`${PREFIX}/image-list`]: `app=${REPOSITORY}:^1`,
    });
    expect(application).toMatchObject({
      state: 'not-enabled',
      next: { version: { tag: '1.4.0' } },
      problems: [
        {
          code: 'not-enabled',
          advice: {
            code: 'advice.not-enabled',
            message: expect.stringContaining('applicationRefs'),
          },
        },
      ],
    });
  });

  it('marks a downgrade', () => {
    expect(judged({}, '~1.3', '1.5.0').application.next).toMatchObject({
      outcome: 'update',
      version: { tag: '1.3.1' },
      downgrade: true,
    });
    expect(judged({}, '~1.3').application.next).not.toHaveProperty('downgrade');
  });

  it('predicts nothing from build dates that are not known', () => {
    const { application, items } = judged({
      [`${PREFIX}/image-list`]: `app=${REPOSITORY}`,
      [`${PREFIX}/app.update-strategy`]: 'newest-build',
    });
    expect(application.next).toEqual({
      outcome: 'unpredictable',
      reason: expect.objectContaining({ code: 'selection.unpredictable' }),
    });
    expect(
      items.flatMap(({ verdicts }) => verdicts.map(({ isNext }) => isNext)),
    ).toEqual([false, false, false, false]);
  });

  it('says of an image with refused credentials that it is never updated', () => {
    const { application } = judged({
      [`${PREFIX}/image-list`]: `app=${REPOSITORY}:^1`,
      [`${PREFIX}/app.pull-secret`]: 'pullsecret:elsewhere/ecr',
    });
    expect(application.next).toBeUndefined();
    expect(application.problems.map(({ code }) => code)).toEqual([
      'not-enabled',
      'pull-secret-foreign',
    ]);
  });

  it('does not call annotations ignored where the updater committed', () => {
    const judge = ImageJudge.create(
      [
        {
          key: 'k',
          environment: 'dev',
          application: {
            ...recorded,
            annotations: { [`${PREFIX}/image-list`]: `app=${REPOSITORY}:^1` },
          },
          imageUpdaters: [],
          updaterCommittedAt: '2026-01-01T22:59:00Z',
        },
      ],
      listsOf(REPOSITORY, IMAGES),
    );
    expect(judge.applications).toMatchObject([
      {
        state: 'managed',
        problems: [
          {
            code: 'not-visible',
            advice: { message: expect.stringContaining('22:59') },
          },
        ],
      },
    ]);
  });

  it('says that a repository could not be read, not that it has no tags', () => {
    const user = {
      key: 'k',
      environment: 'dev',
      application: {
        ...recorded,
        annotations: { [`${PREFIX}/image-list`]: `app=${REPOSITORY}:^1` },
      },
      imageUpdaters: [],
    };
    const reasonOf = (unread: string[]) =>
      ImageJudge.create([user], listsOf(REPOSITORY, []), { unread })
        .applications[0].next?.reason.code;
    expect(reasonOf([])).toBe('selection.no-tags');
    expect(reasonOf([REPOSITORY])).toBe('selection.unread');
  });

  it('judges nothing where nothing is to be updated', () => {
    const { application, items } = judged({});
    expect(application.state).toBe('unmanaged');
    expect(application.next).toBeUndefined();
    expect(items.flatMap(({ verdicts }) => verdicts)).toEqual([]);
  });
});

describe('an application with several settings', () => {
  const WEB = 'registry.example.com/shop/web';
  const ref = { instance: 'main', namespace: 'argocd', name: 'api-dev' };
  const now = new Date('2026-01-01T10:06:00Z');
  let recorded: Application;
  beforeAll(async () => {
    ({ application: recorded } = await firstObservation('helmvalues'));
  });

  const listing = (name: string, repository: string): ImageUpdaterResource => ({
    namespace: 'argocd',
    name,
    spec: imageUpdaterSpecSchema.parse({
      applicationRefs: [
        {
          namePattern: 'api-*',
          images: [{ alias: name, imageName: `${repository}:^1` }],
        },
      ],
    }),
  });

  /** The answers of page, reducer and stuck reasons for a pushed version. */
  const answers = (
    repository: string,
    pushed: KnownImage,
    imageUpdaters: ImageUpdaterResource[],
    annotations: Record<string, string> = {},
  ) => {
    const application: Application = {
      ...recorded,
      ref,
      annotations,
      images: [`${REPOSITORY}:1.0.0`, `${WEB}:1.0.0`],
      history: [],
      operation: undefined,
    };
    const judge = ImageJudge.create(
      [{ key: 'k', environment: 'dev', application, imageUpdaters }],
      listsOf(repository, [pushed]),
    );
    const observations: Observation[] = [
      {
        kind: 'image-updaters-observed',
        imageUpdaters,
        seenAt: '2026-01-01T09:00:00Z',
      },
      {
        kind: 'application-observed',
        application,
        seenAt: '2026-01-01T09:00:01Z',
      },
      { kind: 'image-pushed', ...pushed },
    ];
    let state = initialState(ref);
    for (const observation of observations) {
      state = reduce(state, observation).state;
    }
    const promotions = state.promotions.filter(
      promotion => promotion.repository === repository && !promotion.outcome,
    );
    return {
      application: judge.applications[0],
      verdict: judge.item(pushed, links).verdicts.at(0),
      promoted: promotions.map(({ version }) => version.tag),
      waits: promotions.map(
        promotion =>
          whyStuck(promotion, { application, imageUpdaters }, now)?.code,
      ),
    };
  };

  it('has one answer for each image where two ImageUpdaters select it', () => {
    const updaters = [listing('a', REPOSITORY), listing('b', WEB)];
    for (const [repository, name] of [
      [REPOSITORY, 'a'],
      [WEB, 'b'],
    ]) {
      const pushed = { ...image(5, '1.1.0'), repository };
      expect(answers(repository, pushed, updaters)).toMatchObject({
        application: {
          state: 'managed',
          updater: { name },
          policy: { image: { alias: name } },
          next: { outcome: 'update', version: { tag: '1.1.0' } },
          problems: [],
        },
        verdict: { accepted: true, isNext: true },
        promoted: ['1.1.0'],
        waits: ['updater-cycle'],
      });
    }
  });

  it('has one answer for an image with two aliases', () => {
    const annotations = {
      [`${PREFIX}/image-list`]: `a=${REPOSITORY}:~1.0,b=${REPOSITORY}:^1`,
    };
    expect(
      answers(REPOSITORY, image(5, '1.1.0'), [], annotations),
    ).toMatchObject({
      application: {
        policy: { image: { alias: 'b' } },
        otherPolicies: [{ image: { alias: 'a' } }],
        next: { outcome: 'update', version: { tag: '1.1.0' } },
      },
      verdict: { accepted: true, isNext: true },
      promoted: ['1.1.0'],
      waits: ['updater-cycle'],
    });
    expect(
      answers(REPOSITORY, image(5, '2.0.0'), [], annotations),
    ).toMatchObject({
      verdict: { accepted: false, code: 'outside-constraint' },
      promoted: [],
    });
  });
});
