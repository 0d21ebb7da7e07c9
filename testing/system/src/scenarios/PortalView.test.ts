import {
  describeMessage,
  type DescribedStuckReason,
  type Deployment,
  type DeploymentsResponse,
  type ImagesResponse,
  type ImageVerdict,
  type PromotionItem,
  type PromotionsResponse,
} from '@landfall/backstage-plugin-delivery-common';
import { PortalView } from './PortalView';

const REF = { instance: 'main', namespace: 'argocd', name: 'api' };
const PAUSED: DescribedStuckReason = {
  code: 'suspended',
  parameters: { message: 'paused by hand' },
  message: 'paused by hand',
};
const DEGRADED: DescribedStuckReason = {
  code: 'degraded',
  parameters: { message: 'Nothing' },
  message: 'Nothing',
};

const MISSING: ImageVerdict = {
  key: 'api-key',
  accepted: false,
  isNext: false,
  code: 'platform-missing',
  reason: describeMessage({
    code: 'verdict.platform-missing',
    parameters: { found: 'linux/amd64', wanted: 'linux/arm64' },
  }),
};

describe('PortalView', () => {
  /** The portal's responses. Each page of promotions has one item. */
  let card: DescribedStuckReason | undefined;
  let timeline: PromotionItem[];
  let tag: string;
  let unreachable: boolean;
  /** The verdicts on the pushed version. */
  let verdicts: ImageVerdict[];
  let view: PortalView;

  beforeEach(() => {
    card = undefined;
    timeline = [];
    tag = '1.0.1';
    unreachable = false;
    verdicts = [];
    view = PortalView.start({
      api: { getDeployments, getPromotions, getImages },
      token: 'token',
      entity: { kind: 'Component', namespace: 'default', name: 'api' },
      timeoutMs: 600,
    });
  });

  afterEach(async () => {
    await view.stop();
  });

  const item = (
    id: string,
    rest: Partial<PromotionItem> = {},
  ): PromotionItem => ({
    id,
    application: REF,
    repository: 'registry.example.com/shop/api',
    version: { tag },
    stages: {},
    environment: 'dev',
    links: {},
    ...rest,
  });

  async function getDeployments(): Promise<DeploymentsResponse> {
    if (unreachable) {
      throw new Error('connection refused');
    }
    const deployment: Deployment = {
      application: REF,
      key: 'key',
      project: 'shop',
      destination: {},
      health: { status: 'Healthy' },
      sync: { status: 'Synced', revisions: [], outOfSync: 0 },
      images: [],
      automatedSync: true,
      conditions: [],
      unwell: [],
      ...(card && { promotion: item('next'), waiting: card }),
      links: { external: [] },
    };
    return {
      environments: [{ environment: 'dev', deployments: [deployment] }],
      instances: [],
      problems: [],
      locator: { annotations: {} },
    };
  }

  async function getPromotions(
    _: unknown,
    { cursor = '0' }: { cursor?: string } = {},
  ): Promise<PromotionsResponse> {
    const at = Number(cursor);
    return {
      items: timeline.slice(at, at + 1),
      ...(at + 1 < timeline.length && { nextCursor: String(at + 1) }),
    };
  }

  async function getImages(): Promise<ImagesResponse> {
    const { repository } = item('any');
    const image = { repository, digest: '', seenAt: '', runsIn: [], links: {} };
    return {
      repositories: [repository],
      problems: [],
      keys: [],
      applications: [
        {
          key: 'api-key',
          application: REF,
          environment: 'dev',
          repository,
          running: [],
          state: 'managed',
          problems: [],
        },
      ],
      items: [
        {
          ...image,
          tags: ['1.0.0'],
          verdicts: [{ ...MISSING, accepted: true }],
        },
        { ...image, tags: ['1.0.1', 'latest'], verdicts },
      ],
    };
  }

  const expected = { code: 'suspended', words: 'by hand' } as const;

  it('returns the reason that card and timeline both report', async () => {
    card = PAUSED;
    timeline = [item('former'), item('next', { waiting: PAUSED })];
    await expect(view.untilReports('api', expected)).resolves.toBe(PAUSED);
  });

  it.each<[string, () => void]>([
    ['another code', () => (card = DEGRADED)],
    [
      'other words',
      () => (card = { ...PAUSED, parameters: { message: 'paused' } }),
    ],
    ['a reason of another version', () => (tag = '1.0.0')],
    ['nothing', () => (card = undefined)],
  ])('keeps waiting for %s', async (_, change) => {
    card = PAUSED;
    change();
    timeline = [item('next', { waiting: card })];
    await expect(view.untilReports('api', expected)).rejects.toThrow(
      'until the portal reports that api is pending: suspended, "by hand"',
    );
  });

  it('keeps waiting while timeline and card differ', async () => {
    card = PAUSED;
    timeline = [item('next', { waiting: DEGRADED })];
    await expect(view.untilReports('api', expected)).rejects.toThrow(
      'Timed out',
    );
  });

  it('reports the last reason, or why there is none', async () => {
    card = DEGRADED;
    await expect(view.untilReports('api', expected)).rejects.toThrow(
      'degraded: Nothing',
    );
    expect(view.history('api')).toEqual([
      expect.stringMatching(/^\d+\.\d s {2}degraded: Nothing$/),
    ]);
    unreachable = true;
    await expect(view.untilReports('api', expected)).rejects.toThrow(
      'connection refused',
    );
  });

  it('knows a version to be live when nothing is under way', async () => {
    timeline = [item('first', { outcome: 'live', version: { tag: '1.0.0' } })];
    await view.untilLive('api');
    await expect(view.untilLive('api', '1.0.1')).rejects.toThrow('Timed out');
    card = PAUSED;
    timeline = [...timeline, item('next', { waiting: PAUSED })];
    await view.untilReports('api', expected);
    await expect(view.untilLive('api')).rejects.toThrow('suspended');
  });

  it('returns the verdict that the images list has for the application', async () => {
    timeline = [item('first', { version: { tag: '1.0.0' } })];
    await view.untilTimeline('api', { timeline: { '1.0.0': 'open' } });
    const wanted = { verdict: 'platform-missing', words: 'arm64' } as const;
    verdicts = [{ ...MISSING, key: 'other-key' }];
    await expect(view.untilVerdict('api', wanted)).rejects.toThrow(
      'there is no verdict',
    );
    verdicts = [
      {
        ...MISSING,
        reason: describeMessage({
          code: 'verdict.platforms-unknown',
          parameters: { wanted: 'another platform' },
        }),
      },
    ];
    await expect(view.untilVerdict('api', wanted)).rejects.toThrow(
      'it is platform-missing: built for no platform, so not for another platform',
    );
    verdicts = [MISSING];
    await expect(view.untilVerdict('api', wanted)).resolves.toEqual(MISSING);
  });

  it.each<[string, PromotionItem[]]>([
    ['none', []],
    ['one twice', [item('a'), item('b'), item('c')]],
    ['another outcome', [item('a'), item('b', { outcome: 'failed' })]],
  ])('waits for all promotions, each once: %s', async (_, others) => {
    const first = item('first', { outcome: 'live', version: { tag: '1.0.0' } });
    const wanted = { timeline: { '1.0.0': 'live', '1.0.1': 'open' } } as const;
    tag = '1.0.1';
    timeline = [...others, first];
    await expect(view.untilTimeline('api', wanted)).rejects.toThrow(
      'until the portal has the promotions of api: 1.0.0 live, 1.0.1 open: it has',
    );
    timeline = [item('next'), first];
    await view.untilTimeline('api', wanted);
  });
});
