import {
  observationsOf,
  play,
  readRecording,
  recordingNames,
} from '../__testUtils__/recordings';
import { timeline } from '../testing/timeline';
import { reduce } from './reduce';

/*
 * Written by hand from the recordings. Times of the registry, of commits and of
 * Argo CD are those that they reported. `~` marks times of observation, where
 * nobody reported one. "by" names the commit that introduced a version, "in"
 * one that contains it.
 */
const EXPECTED: Record<string, Record<string, string[]>> = {
  'argocd-method': {
    // The parameters were observed at 04:01:06.222, the sync is reported as
    // 04:01:06.
    mail: [
      '? → 1.0.0 | pushed - | committed - in d32a0714 | synced 03:45:02 #0 | healthy 03:45:06 | superseded 04:01:11 (Replaced by 1.0.1)',
      '1.0.0 → 1.0.1 | pushed 04:01:05.504 | committed ~04:01:06 | synced 04:01:06 #1 | healthy 04:01:11 | live 04:01:11',
    ],
  },
  'argocd-method-rollback': {
    mail: [
      // Entries 2 and 0 have the same revisions and parameters, so entry 0 was
      // 1.0.0, too.
      '? → 1.0.0 | pushed - | committed - | synced 03:45:02 #0 | healthy - | superseded 04:01:06 (Replaced by 1.0.1)',
      '1.0.0 → 1.0.1 | pushed - | committed - | synced 04:01:06 #1 | healthy 04:01:11 | rolled-back 04:10:42 (Rolled back to 1.0.0 by backstage)',
      '1.0.1 → 1.0.0 (rollback) | pushed - | committed - in d32a0714 | synced 04:10:37 #2 | healthy 04:10:42 | live 04:10:42',
    ],
  },
  'argocd-source': {
    cart: [
      '? → 1.0.0 | pushed - | committed - in d32a0714 | synced 03:45:01 #0 | healthy 03:45:04 | superseded 04:00:22 (Replaced by 1.0.1)',
      '1.0.0 → 1.0.1 | pushed 03:59:58.759 | committed 04:00:04 by 203628e2 | synced 04:00:14 #1 | healthy 04:00:22 | live 04:00:22',
    ],
  },
  digest: {
    edge: [
      '? → latest@sha256:f6d07ea | pushed - | committed - in 555b8abe | synced 03:57:55 #1 | healthy 03:57:59 | superseded 03:58:48 (Replaced by latest@sha256:6880eea)',
      'latest@sha256:f6d07ea → latest@sha256:6880eea | pushed 03:58:22.729 | committed 03:58:34 by 975b01bd | synced 03:58:45 #2 | healthy 03:58:48 | live 03:58:48',
    ],
  },
  'digest-switch-on': {
    edge: [
      '? → latest | pushed - | committed - in d32a0714 | synced 03:45:01 #0 | healthy 03:45:05 | superseded 03:57:59 (Replaced by latest@sha256:f6d07ea)',
      'latest → latest@sha256:f6d07ea | pushed - | committed 03:57:48 by 555b8abe | synced 03:57:55 #1 | healthy 03:57:59 | live 03:57:59',
    ],
  },
  'fails-degraded': {
    // A self-heal overwrites the operation at once; the old pod keeps running, so 1.0.0 stays live.
    fragile: [
      '? → 1.0.0 | pushed - | committed - in d32a0714 | synced 03:45:01 #0 | healthy 03:45:05 | live 03:45:05',
      '1.0.0 → 1.0.66 | pushed 04:02:50.267 | committed 04:02:52 by 9a977771 | synced 04:02:55 #1 | healthy - | failed 04:03:12 (Deployment fragile: Deployment "fragile" exceeded its progress deadline)',
    ],
  },
  'git-secret-over-plain-http': {
    edge: [
      '? → latest | pushed - | committed - in d32a0714 | synced 03:45:01 #0 | healthy 03:45:05 | live 03:45:05',
    ],
  },
  'git-unreachable': {
    // In between, the target revision is "main" and the status Unknown.
    catalog: [
      '? → 1.0.2 | pushed - | committed - in c9ab48b4 | synced 04:27:35 #23 | healthy 04:29:05 | live 04:29:05',
    ],
  },
  helmvalues: {
    'api-dev': [
      '? → 1.0.0 | pushed - | committed - in d32a0714 | synced 03:45:01 #0 | healthy 03:45:05 | superseded 03:59:35 (Replaced by 1.0.1)',
      '1.0.0 → 1.0.1 | pushed 03:59:11.917 | committed 03:59:17 by 32b499d8 | synced 03:59:24 #1 | healthy 03:59:35 | live 03:59:35',
    ],
  },
  kustomize: {
    web: [
      '? → 1.0.0 | pushed - | committed - in d32a0714 | synced 03:44:57 #0 | healthy 03:45:01 | superseded 04:02:39 (Replaced by 1.0.1)',
      '1.0.0 → 1.0.1 | pushed 04:02:12.464 | committed 04:02:26 by 36eaf1a2 | synced 04:02:35 #1 | healthy 04:02:39 | live 04:02:39',
    ],
  },
  'manual-sync-then-rollback': {
    // The updater fires an event every cycle after the rollback, but commits nothing.
    checkout: [
      '? → 1.0.0 | pushed - | committed - in d32a0714 | synced 03:45:52 #0 | healthy 03:45:57 | superseded 04:04:45 (Replaced by 1.0.1)',
      '1.0.0 → 1.0.1 | pushed 04:04:20.925 | committed 04:04:27 by 7888575d | synced 04:04:36 #1 | healthy 04:04:45 | rolled-back 04:04:57 (Rolled back to 1.0.0 by backstage)',
      '1.0.1 → 1.0.0 (rollback) | pushed - | committed - in d32a0714 | synced 04:04:49 #2 | healthy 04:04:57 | live 04:04:57',
    ],
  },
  'monorepo-other-app-unaffected': {
    'api-dev': [
      '? → 1.0.1 | pushed - | committed - in 32b499d8 | synced 03:59:24 #1 | healthy 03:59:35 | superseded 04:07:37 (Replaced by 1.0.2)',
      '1.0.1 → 1.0.2 | pushed 04:07:12.253 | committed 04:07:19 by 0951849d | synced 04:07:26 #2 | healthy 04:07:37 | live 04:07:37',
    ],
    catalog: [
      '? → 1.0.0 | pushed - | committed - in d32a0714 | synced 03:44:58 #0 | healthy 03:45:02 | live 03:45:02',
    ],
  },
  'newest-build': {
    // build-99 was built earlier and feature-x isn't allowed: the updater takes neither.
    nightly: [
      '? → build-100 | pushed - | committed - in d32a0714 | synced 03:45:02 #0 | healthy 03:45:06 | superseded 04:01:49 (Replaced by build-101)',
      'build-100 → build-101 | pushed 04:01:35.060 | committed 04:01:36 by ef77519d | synced 04:01:45 #1 | healthy 04:01:49 | live 04:01:49',
    ],
  },
  'notified-promotion': {
    // Entry 17 changed something else: health last moved before it. The commit of 1.0.3 is a person's.
    catalog: [
      '? → 1.0.2 | pushed - | committed - in fe4f84ad | synced 04:23:05 #17 | healthy ~04:23:25.072 | superseded 04:23:40 (Replaced by 1.0.3)',
      '1.0.2 → 1.0.3 | pushed - | committed ~04:23:34.477 in 0764ef51 | synced 04:23:35 #18 | healthy 04:23:40 | live 04:23:40',
    ],
  },
  'self-heal': {
    catalog: [
      '? → 1.0.2 | pushed - | committed - in c9ab48b4 | synced 04:27:35 #23 | healthy 04:27:35 | live 04:27:35',
    ],
  },
  superseded: {
    // Both commit messages say "from 1.0.0", which was live; what ran before 1.0.2 is 1.0.1.
    rapid: [
      '? → 1.0.0 | pushed - | committed - in d32a0714 | synced 03:45:03 #0 | healthy 03:45:07 | superseded 04:06:04 (Replaced by 1.0.1)',
      '1.0.0 → 1.0.1 | pushed 04:05:35.607 | committed 04:05:41 by feea0045 | synced 04:05:56 #1 | healthy 04:06:04 | superseded 04:06:23 (Replaced by 1.0.2)',
      '1.0.1 → 1.0.2 | pushed 04:05:42.571 | committed 04:05:57 by 25613ca7 | synced 04:06:15 #2 | healthy 04:06:23 | live 04:06:23',
    ],
  },
  'webhook-triggered': {
    cart: [
      '? → 1.0.2 | pushed - | committed - in 7acaf9a7 | synced 04:00:45 #2 | healthy 04:00:53 | superseded 04:09:32 (Replaced by 1.0.3)',
      '1.0.2 → 1.0.3 | pushed 04:09:14.591 | committed 04:09:15 by 8bec1ed4 | synced 04:09:25 #3 | healthy 04:09:32 | live 04:09:32',
    ],
  },
};

describe('recorded promotions', () => {
  it('are all expected', () => {
    expect(recordingNames('promotions')).toEqual(Object.keys(EXPECTED).sort());
  });

  const cases = Object.entries(EXPECTED).flatMap(([recording, applications]) =>
    Object.entries(applications).map(
      ([application, lines]) => [recording, application, lines] as const,
    ),
  );

  it.each(cases)('%s: %s', (name, application, lines) => {
    const ref = { instance: 'main', namespace: 'argocd', name: application };
    const observations = observationsOf(
      readRecording('promotions', name),
      application,
    );
    const { state } = play(ref, observations);
    expect(timeline(state.promotions)).toEqual(lines);

    // Everything is reported once more, as after a restart: the last state
    // changes nothing.
    const last = observations.findLast(o => o.kind === 'application-observed');
    const others = observations.filter(o => o.kind !== 'application-observed');
    for (const observation of [...others, ...(last ? [last] : [])]) {
      expect(reduce(state, observation).changes).toEqual([]);
    }
  });
});
