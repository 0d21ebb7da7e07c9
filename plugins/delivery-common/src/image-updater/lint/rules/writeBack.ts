import type { PolicyError, PolicyProblemCode } from '../../problem';
import { applicationTypeOf, sourceOf } from '../../writeBack/source';
import { placeIn } from '../read/place';
import type { Reading, WriteBackSetting } from '../read/Reading';
import type { LintPlace } from '../types';
import { ofReading } from './rule';
import { withoutUserInfo } from './withoutUserInfo';

function placeOf(reading: Reading, setting: WriteBackSetting): LintPlace {
  return reading.placeOf(setting) ?? reading.listed;
}

/** The error by which the updater refuses the write-back settings. */
function refused(
  { unwritable }: Reading,
  code: PolicyProblemCode,
  advice?: PolicyError['advice']['code'],
): boolean {
  return (
    unwritable?.code === code &&
    (advice === undefined || unwritable.advice.code === advice)
  );
}

/** Settings of Git that nothing uses, because the method is `argocd`. */
function unusedGitSettings(reading: Reading) {
  if (reading.writeBack?.method !== 'argocd') {
    return [];
  }
  const refs = reading.updater?.spec.applicationRefs ?? [];
  const isShared = refs.some(ref => ref.writeBackConfig?.method !== undefined);
  const names: WriteBackSetting[] = [
    'git-branch',
    'git-repository',
    'write-back-target',
    'pull-request',
  ];
  return names.flatMap(setting => {
    const place = reading.placeOf(setting);
    const isOfSpec = place?.path[1] === 'writeBackConfig';
    return place && !(isOfSpec && isShared)
      ? [{ place, parameters: { setting } }]
      : [];
  });
}

/** Rules for where and how versions are written. */
export const writeBackRules = [
  ofReading('write-back-method-invalid', 'error', reading =>
    refused(reading, 'write-back-method-invalid')
      ? [
          {
            place: placeOf(reading, 'write-back-method'),
            parameters: { method: reading.settings.method ?? '' },
          },
        ]
      : [],
  ),
  ofReading('write-back-credentials-invalid', 'error', reading =>
    refused(reading, 'write-back-credentials-invalid')
      ? [
          {
            place: placeOf(reading, 'write-back-method'),
            parameters: {},
          },
        ]
      : [],
  ),
  ofReading('write-back-branch-invalid', 'error', reading =>
    refused(reading, 'write-back-branch-invalid')
      ? [
          {
            place: placeOf(reading, 'git-branch'),
            parameters: { branch: reading.settings.gitConfig?.branch ?? '' },
          },
        ]
      : [],
  ),
  ofReading('write-back-target-invalid', 'error', reading =>
    refused(reading, 'write-back-target-invalid')
      ? [
          {
            place: placeOf(reading, 'write-back-target'),
            parameters: {
              target: reading.settings.gitConfig?.writeBackTarget ?? '',
            },
          },
        ]
      : [],
  ),
  ofReading('pull-request-branch', 'error', reading =>
    refused(reading, 'pull-request-invalid', 'advice.pull-request-branch')
      ? [
          {
            place: placeOf(reading, 'git-branch'),
            parameters: { branch: reading.settings.gitConfig?.branch ?? '' },
          },
        ]
      : [],
  ),
  ofReading('pull-request-provider', 'error', reading =>
    refused(reading, 'pull-request-invalid', 'advice.pull-request-provider')
      ? [{ place: placeOf(reading, 'pull-request'), parameters: {} }]
      : [],
  ),
  ofReading('git-settings-unused', 'warning', unusedGitSettings),
  ofReading('write-back-chart', 'error', reading => {
    const { application, writeBack, settings } = reading;
    if (
      !application ||
      writeBack?.method !== 'git' ||
      settings.gitConfig?.repository !== undefined
    ) {
      return [];
    }
    const source = sourceOf(application, writeBack);
    return source?.chart
      ? [
          {
            place: placeOf(reading, 'write-back-method'),
            parameters: { repository: withoutUserInfo(source.repoURL ?? '') },
          },
        ]
      : [];
  }),
  ofReading('source-missing', 'error', ({ unwritable, application }) =>
    unwritable?.code === 'source-missing' && application
      ? [{ place: placeIn(application, 'spec'), parameters: {} }]
      : [],
  ),
  ofReading('application-type-unsupported', 'error', reading => {
    const { application, writeBack } = reading;
    return application &&
      writeBack &&
      !applicationTypeOf(application, writeBack)
      ? [{ place: placeIn(application, 'spec'), parameters: {} }]
      : [];
  }),
];
