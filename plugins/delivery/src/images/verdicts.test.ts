import {
  describeMessage,
  formatMessage,
  type ImageApplication,
  type MessageOf,
} from '@landfall/backstage-plugin-delivery-common';
import { runningReferences } from './images';
import {
  applicationOf,
  itemsOf,
  policyOf,
  REPOSITORY,
  responseOf,
} from '../../dev/fixtures/images';
import { runningIn, verdictGroups } from './verdicts';

/** The verdict groups of each image: kind, reason and environments. */
function groupsOf(applications: ImageApplication[], tags: string[]) {
  const images = responseOf(applications, itemsOf(tags));
  return images.items.map(item =>
    verdictGroups(item, images.applications).map(group => [
      group.kind,
      group.reason && formatMessage(group.reason),
      group.applications.map(({ environment }) => environment).join(),
    ]),
  );
}

const NO_TAGS = describeMessage<MessageOf<'selection'>>({
  code: 'selection.no-tags',
  parameters: {},
});

const any = policyOf(REPOSITORY);
const pinned = policyOf(`${REPOSITORY}:~1.3`);

describe('verdictGroups', () => {
  it('has one group when all applications agree', () => {
    expect(
      groupsOf(
        [
          applicationOf('dev', '1.4.0', any),
          applicationOf('prod', '1.4.0', any),
        ],
        ['1.4.1', '1.4.0', 'main'],
      ),
    ).toEqual([
      [['next', undefined, '']],
      [['passed-over', 'lower than 1.4.1', '']],
      [['passed-over', 'not a semantic version', '']],
    ]);
  });

  it('has a group for each verdict when applications differ', () => {
    expect(
      groupsOf(
        [
          applicationOf('dev', '1.4.1', any),
          applicationOf('staging', '1.3.9', pinned),
          applicationOf('prod', '1.3.8', pinned),
        ],
        ['1.4.1', '1.3.9'],
      ),
    ).toEqual([
      [
        ['runs', undefined, 'dev'],
        ['passed-over', 'outside the constraint ~1.3', 'staging,prod'],
      ],
      [
        ['passed-over', 'lower than 1.4.1', 'dev'],
        ['runs', undefined, 'staging'],
        ['next', undefined, 'prod'],
      ],
    ]);
  });

  it.each<[string, Partial<ImageApplication>, string]>([
    ['is not enabled', { state: 'not-enabled' }, 'not-enabled'],
    ['does not look at it', { running: [] }, 'not-live'],
  ])('does not call it next when the updater %s', (_, changes, kind) => {
    expect(
      groupsOf(
        [applicationOf('dev', '1.0.0', any, changes)],
        ['1.1.0'],
      )[0][0][0],
    ).toBe(kind);
  });

  it.each<[NonNullable<ImageApplication['next']>['outcome'], string]>([
    ['not-live', 'not-live'],
    ['up-to-date', 'same-tag'],
    ['update', 'next'],
  ])('reads the outcome %s', (outcome, kind) => {
    const images = responseOf(
      [applicationOf('dev', '1.0.0', any)],
      itemsOf(['1.1.0', '1.0.0']),
    );
    const [application] = images.applications;
    expect(
      verdictGroups(images.items[0], [
        { ...application, next: { outcome, reason: NO_TAGS } },
      ])[0].kind,
    ).toBe(kind);
  });

  it('is empty without a policy', () => {
    expect(
      groupsOf([applicationOf('dev', '1.0.0', undefined)], ['1.0.0']),
    ).toEqual([[]]);
  });
});

describe('runningIn', () => {
  it('leaves out applications of other repositories', () => {
    const other = applicationOf('dev', '1.0.0', undefined, {
      repository: 'registry.example.com/shop/worker',
    });
    const [item] = itemsOf(['1.0.0']);
    const running = { ...item, runsIn: [other.key] };
    expect(runningIn(running, [other])).toEqual([]);
    expect(
      runningIn(running, [other, { ...other, repository: REPOSITORY }]),
    ).toHaveLength(1);
  });
});

describe('runningReferences', () => {
  it('are written as the policy names the image', () => {
    const hub = applicationOf('dev', '1.0.0', policyOf('nginx:~1'));
    expect(hub.repository).toBe('docker.io/library/nginx');
    expect(runningReferences(hub)).toEqual(['nginx:1.0.0']);
    expect(
      runningReferences({
        ...hub,
        next: { outcome: 'not-live', reason: NO_TAGS },
      }),
    ).toEqual([]);
    expect(
      runningReferences({
        ...applicationOf('dev', '', undefined),
        running: [
          { tag: 'latest', digest: 'sha256:1' },
          { digest: 'sha256:2' },
        ],
      }),
    ).toEqual([`${REPOSITORY}:latest@sha256:1`, `${REPOSITORY}@sha256:2`]);
  });
});
