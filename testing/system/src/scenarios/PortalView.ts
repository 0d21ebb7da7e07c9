import {
  type DeliveryApi,
  type Deployment,
  type DescribedStuckReason,
  formatMessage,
  formatStuckReason,
  type ImageVerdict,
  type PromotionItem,
} from '@landfall/backstage-plugin-delivery-common';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntil } from '@landfall/testing-kit';
import { isLiveByOwnCommit } from './ownCommit';
import {
  type Expectation,
  FIRST_TAG,
  type JudgementExpectation,
  NEXT_TAG,
  type OwnCommitExpectation,
  textOf,
  type TimelineExpectation,
} from './expectations';

const READ_EVERY_MS = 250;
/**
 * Sync windows are requested within 45 seconds, but a busy machine takes
 * longer.
 */
const REACHED_MS = 90_000;

/** An application's state on the card and in the timeline. */
interface Seen {
  deployment: Deployment;
  promotions: PromotionItem[];
}

/**
 * Polls a portal's API as its pages do, for all scenarios that wait for
 * something.
 */
export class PortalView {
  static start(options: {
    api: Pick<DeliveryApi, 'getDeployments' | 'getPromotions' | 'getImages'>;
    token: string;
    entity: { kind: string; namespace: string; name: string };
    /** The timeout for expected states. */
    timeoutMs?: number;
  }): PortalView {
    const view = new PortalView(options);
    view.reading = view.readOn();
    return view;
  }

  private readonly seen = new Map<string, Seen>();
  private readonly reasons = new Map<string, string[]>();
  private readonly codes = new Map<string, string | undefined>();
  private readonly startedAt = Date.now();
  private reading: Promise<void> = Promise.resolve();
  private stopped = false;
  private trouble?: string;

  private constructor(
    private readonly options: Parameters<typeof PortalView.start>[0],
  ) {}

  async stop(): Promise<void> {
    this.stopped = true;
    await this.reading;
  }

  /**
   * The pending reasons that the portal reported for an application, in order,
   * for the report of a failure.
   */
  history(application: string): string[] {
    return this.reasons.get(application) ?? [];
  }

  /** What the timeline shows of an application, as last read. */
  promotionsOf(application: string): PromotionItem[] {
    return this.seen.get(application)?.promotions ?? [];
  }

  /** Waits until the portal reports a version as live and nothing under way. */
  async untilLive(application: string, tag = FIRST_TAG): Promise<void> {
    await this.until(
      application,
      `is live with ${tag}`,
      ({ deployment, promotions }) =>
        deployment.promotion === undefined &&
        promotions.some(
          ({ outcome, version }) => outcome === 'live' && version.tag === tag,
        ),
    );
  }

  /**
   * Waits until both card and timeline report the expected reason why the
   * pushed version is pending.
   *
   * @returns the reason
   */
  async untilReports(
    application: string,
    expected: Expectation,
  ): Promise<DescribedStuckReason> {
    let reason: DescribedStuckReason | undefined;
    await this.until(
      application,
      `is pending: ${expected.code}, "${textOf(expected.words)}"`,
      seen => {
        reason = findReported(seen, expected);
        return reason !== undefined;
      },
    );
    if (!reason) {
      throw new Error(`${application} has no pending reason`);
    }
    return reason;
  }

  /**
   * Waits until the images list reports the expected verdict on the pushed
   * version under an application's policy.
   *
   * @returns the verdict, with its reason
   */
  async untilVerdict(
    application: string,
    { verdict: code, words }: JudgementExpectation,
  ): Promise<ImageVerdict> {
    let verdict: ImageVerdict | undefined;
    await waitUntil(
      `the verdict of the portal for ${application} is ${code}, "${textOf(
        words,
      )}"`,
      async () => {
        verdict = await this.readVerdict(application);
        return (
          verdict?.code === code &&
          formatMessage(verdict.reason).includes(textOf(words))
        );
      },
      {
        timeoutMs: this.options.timeoutMs ?? REACHED_MS,
        intervalMs: READ_EVERY_MS,
        detail: () =>
          verdict
            ? `it is ${verdict.code}: ${formatMessage(verdict.reason)}`
            : 'there is no verdict',
      },
    );
    if (!verdict) {
      throw new Error(`${application} has no verdict`);
    }
    return verdict;
  }

  /** Waits until an application has exactly the expected promotions. */
  async untilTimeline(
    application: string,
    { timeline }: TimelineExpectation,
  ): Promise<void> {
    const wanted = Object.entries(timeline).map(entry => entry.join(' '));
    const seen = () =>
      this.promotionsOf(application).map(
        ({ version, outcome = 'open' }) => `${version.tag} ${outcome}`,
      );
    await waitUntil(
      `the portal has the promotions of ${application}: ${wanted.join(', ')}`,
      () => seen().sort().join() === [...wanted].sort().join(),
      {
        timeoutMs: this.options.timeoutMs ?? REACHED_MS,
        intervalMs: READ_EVERY_MS,
        detail: () => this.trouble ?? `it has ${seen().join(', ') || 'none'}`,
      },
    );
  }

  /** Waits until the pushed version is live in each by a commit for it alone. */
  async untilOwnCommits({ ownCommit }: OwnCommitExpectation): Promise<void> {
    for (const name of ownCommit) {
      await this.until(name, 'runs by its own commit', ({ promotions }) =>
        promotions.some(isLiveByOwnCommit),
      );
    }
  }

  private async until(
    application: string,
    what: string,
    reached: (seen: Seen) => boolean,
  ): Promise<void> {
    await waitUntil(
      `the portal reports that ${application} ${what}`,
      () => {
        const seen = this.seen.get(application);
        return seen !== undefined && reached(seen);
      },
      {
        timeoutMs: this.options.timeoutMs ?? REACHED_MS,
        intervalMs: READ_EVERY_MS,
        detail: () =>
          this.trouble ??
          this.history(application).at(-1) ??
          'it reports no pending reason',
      },
    );
  }

  private async readOn(): Promise<void> {
    while (!this.stopped) {
      try {
        await this.read();
        this.trouble = undefined;
      } catch (error) {
        this.trouble = String(error);
      }
      await sleep(READ_EVERY_MS);
    }
  }

  private async read(): Promise<void> {
    const { api, token, entity } = this.options;
    const { environments } = await api.getDeployments(entity, { token });
    const items = await this.readPromotions();
    for (const deployment of environments.flatMap(
      ({ deployments }) => deployments,
    )) {
      const { name } = deployment.application;
      this.seen.set(name, {
        deployment,
        promotions: items.filter(item => item.application.name === name),
      });
      this.note(name, deployment.waiting);
    }
  }

  /** The portal's verdict on the pushed version. */
  private async readVerdict(
    application: string,
  ): Promise<ImageVerdict | undefined> {
    const { api, token, entity } = this.options;
    const repository = this.seen.get(application)?.promotions.at(0)?.repository;
    const { applications, items } = await api.getImages(
      entity,
      { limit: 100, repository },
      { token },
    );
    const key = applications.find(
      ({ application: { name } }) => name === application,
    )?.key;
    return items
      .find(({ tags }) => tags.includes(NEXT_TAG))
      ?.verdicts.find(verdict => verdict.key === key);
  }

  private async readPromotions(): Promise<PromotionItem[]> {
    const { api, token, entity } = this.options;
    const items: PromotionItem[] = [];
    let cursor: string | undefined;
    do {
      const page = await api.getPromotions(
        entity,
        { limit: 100, cursor },
        { token },
      );
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return items;
  }

  private note(
    application: string,
    waiting: DescribedStuckReason | undefined,
  ): void {
    const history = this.history(application);
    const words = waiting
      ? `${waiting.code}: ${formatStuckReason(waiting)}`
      : 'nothing';
    if (waiting?.code !== this.codes.get(application)) {
      this.codes.set(application, waiting?.code);
      const seconds = (Date.now() - this.startedAt) / 1000;
      this.reasons.set(application, [
        ...history,
        `${seconds.toFixed(1)} s  ${words}`,
      ]);
    }
  }
}

/** The reason that both card and timeline report, if it is the expected one. */
function findReported(
  { deployment, promotions }: Seen,
  { code, words }: Expectation,
): DescribedStuckReason | undefined {
  const { waiting, promotion } = deployment;
  const item = promotions.find(({ id }) => id === promotion?.id);
  const isReported = (reason: DescribedStuckReason | undefined) =>
    reason?.code === code && formatStuckReason(reason).includes(textOf(words));
  return promotion?.version.tag === NEXT_TAG &&
    isReported(waiting) &&
    isReported(item?.waiting)
    ? waiting
    : undefined;
}
