import { mockServices } from '@backstage/backend-test-utils';
import { waitUntil } from '@landfall/testing-kit';
import { ProjectArgoCd } from '../../__testUtils__/ProjectArgoCd';
import { Recorder } from '../../__testUtils__/WatchedArgoCd';
import { SeededApplicationWatch } from '../watch';

let argocd: ProjectArgoCd;
let watch: SeededApplicationWatch;
let listener: Recorder;

beforeEach(async () => {
  argocd = await ProjectArgoCd.start();
  argocd.set('shop', 'api');
  argocd.set('bank', 'ledger');
  listener = new Recorder();
  watch = SeededApplicationWatch.create({
    client: argocd.client(['shop', 'bank']),
    listener,
    logger: mockServices.logger.mock(),
    options: { firstProofMs: 10, proofMs: 20, settleMs: 60_000 },
  });
});

afterEach(async () => {
  await watch.stop();
  await argocd.stop();
});

it('keeps the applications of a project whose token has expired, and recovers', async () => {
  watch.start();
  await waitUntil('the watch is live', () => listener.live);
  expect([...listener.revisions.keys()].sort()).toEqual(['api', 'ledger']);

  argocd.refused.add('bank');
  argocd.cut('bank');
  argocd.remove('ledger');
  argocd.set('shop', 'web');
  watch.relist();
  await waitUntil(
    'the watch reports the project',
    () =>
      listener.live &&
      watch.status().error?.includes("The project 'bank'") === true,
  );

  expect(watch.status()).toMatchObject({
    state: 'live',
    errorCode: 'partly-unread',
  });
  expect([...listener.revisions.keys()].sort()).toEqual(['api', 'web']);
  expect(listener.unread).toEqual(['ledger']);

  argocd.refused.delete('bank');
  await waitUntil(
    'the project is read again',
    () => watch.status().error === undefined && listener.unread.length === 0,
  );
  expect([...listener.revisions.keys()].sort()).toEqual(['api', 'web']);
});
