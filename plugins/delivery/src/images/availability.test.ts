import {
  describeMessage,
  type ImageApplication,
  type MessageOf,
} from '@landfall/backstage-plugin-delivery-common';
import { availabilities } from './availability';
import {
  applicationOf,
  itemsOf,
  policyOf,
  REPOSITORY,
  responseOf,
} from '../../dev/fixtures/images';

const KEY = 'key-of-api-dev';

function of(
  application: ImageApplication,
  tags: (string | string[])[],
  nextCursor?: string,
) {
  return availabilities({
    ...responseOf([application], itemsOf(tags)),
    ...(nextCursor && { nextCursor }),
  }).get(KEY);
}

const pinned = policyOf(`${REPOSITORY}:~1.3`, { ignoreTags: ['*-tmp'] });

describe('availabilities', () => {
  it('is the version that the updater takes next', () => {
    const application = applicationOf('dev', '1.3.0', pinned);
    expect(of(application, ['1.4.0', '1.3.1', '1.3.0'])).toEqual({
      kind: 'available',
      repository: REPOSITORY,
      version: { tag: '1.3.1' },
    });
  });

  it('is marked as a downgrade if the running version is not there any more', () => {
    const application = applicationOf('dev', '1.3.2', pinned);
    expect(of(application, ['1.3.1', '1.3.0'])).toEqual({
      kind: 'available',
      repository: REPOSITORY,
      version: { tag: '1.3.1' },
      downgrade: true,
    });
  });

  it('is unknown if build dates decide that are not known', () => {
    const application = applicationOf(
      'dev',
      '1.3.0',
      policyOf(REPOSITORY, { updateStrategy: 'newest-build' }),
    );
    expect(of(application, ['1.3.1', '1.3.0'])).toBeUndefined();
  });

  it('is the newest version that is passed over, if nothing is taken', () => {
    const application = applicationOf('dev', '1.3.1', pinned);
    expect(
      of(application, [[], '1.5.0-tmp', ['1.4.0', 'main'], '1.3.1']),
    ).toEqual({
      kind: 'passed-over',
      version: '1.4.0',
      reason: expect.objectContaining({
        code: 'verdict.outside-constraint',
        parameters: { constraint: '~1.3' },
      }),
    });
  });

  it('is absent for images pushed before the running one', () => {
    const application = applicationOf('dev', '1.3.1', pinned);
    expect(of(application, ['1.3.1', '1.4.0'])).toBeUndefined();
  });

  it('counts all loaded images as newer if the running one is not loaded', () => {
    const application = applicationOf(
      'dev',
      '1.3.1',
      policyOf(`${REPOSITORY}:1.3.1`),
    );
    expect(of(application, ['1.4.0'], 'next')).toMatchObject({
      kind: 'passed-over',
    });
    expect(of(application, ['1.4.0'])).toBeUndefined();
  });

  it.each(['not-enabled', 'unusable'] as const)(
    'reports what to do when it is %s',
    state => {
      const advice = describeMessage<MessageOf<'advice'>>({
        code: 'advice.not-enabled',
        parameters: { namespace: 'argocd', name: 'api-dev' },
      });
      const application = applicationOf('dev', '1.3.0', pinned, {
        state,
        problems: [{ code: 'not-enabled', message: 'm', advice }],
      });
      expect(of(application, ['1.3.1', '1.3.0'])).toEqual({
        kind: state,
        advice,
      });
    },
  );

  it('is absent without a policy', () => {
    expect(
      of(applicationOf('dev', '1', undefined), ['2', '1']),
    ).toBeUndefined();
  });

  it('prefers what is available among several images of an application', () => {
    const worker = 'registry.example.com/shop/worker';
    const applications = [
      applicationOf('dev', '1.3.1', pinned),
      applicationOf('dev', '2.0.0', policyOf(worker)),
    ];
    const items = [
      ...itemsOf(['1.4.0', '1.3.1']),
      ...itemsOf(['2.1.0', '2.0.0'], worker),
    ];
    for (const ordered of [applications, [...applications].reverse()]) {
      expect(availabilities(responseOf(ordered, items)).get(KEY)).toMatchObject(
        {
          kind: 'available',
          version: { tag: '2.1.0' },
        },
      );
    }
  });
});
