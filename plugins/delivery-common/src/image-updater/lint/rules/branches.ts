import { sourceOf } from '../../writeBack/source';
import type { Reading } from '../read/Reading';
import { ofReading } from './rule';
import { withoutUserInfo } from './withoutUserInfo';

/** Fields of the template that have a value only for pull requests. */
const EMPTY_FIELDS = ['AppName', 'AppNamespace', 'TargetKey'];
const FIELDS = new Set([
  ...EMPTY_FIELDS,
  'Images',
  'SHA256',
  'Name',
  'Alias',
  'OldTag',
  'NewTag',
]);

/** The fields in the template of the branch to push. */
function fieldsOf({ writeBack }: Reading): string[] {
  const template = writeBack?.method === 'git' ? writeBack.writeBranch : '';
  const actions = template.match(/\{\{[^{}]*\}\}/g) ?? [];
  return [
    ...new Set(
      actions.flatMap(action =>
        Array.from(
          action.replace(/"[^"]*"|`[^`]*`/g, '').matchAll(/\.(\w+)/g),
          ([, field]) => field,
        ),
      ),
    ),
  ].filter(field => !/^\d/.test(field));
}

/** What distinguishes the branches of two updates. */
function isDistinct(fields: readonly string[]): boolean {
  return fields.some(field => ['SHA256', 'NewTag'].includes(field));
}

function branchPlace(reading: Reading) {
  return reading.placeOf('git-branch') ?? reading.listed;
}

/** The revision that stands for the branch, because none is set. */
function revisionFor({ application, writeBack }: Reading) {
  if (!application || writeBack?.method !== 'git' || writeBack.branch !== '') {
    return undefined;
  }
  const same = application.spec.sources?.find(
    ({ repoURL }) => repoURL === writeBack.repository,
  );
  return same ?? sourceOf(application, writeBack);
}

/** Rules for the branch that is read and pushed. */
export const branchRules = [
  ofReading('branch-template-empty', 'warning', reading => {
    const fields = fieldsOf(reading);
    return isDistinct(fields)
      ? []
      : fields
          .filter(field => EMPTY_FIELDS.includes(field))
          .map(field => ({
            place: branchPlace(reading),
            parameters: { field: `.${field}` },
          }));
  }),
  ofReading('branch-template-unknown', 'error', reading =>
    fieldsOf(reading)
      .filter(field => !FIELDS.has(field))
      .map(field => ({
        place: branchPlace(reading),
        parameters: { field: `.${field}` },
      })),
  ),
  ofReading('branch-template-base', 'error', reading => {
    const { writeBack } = reading;
    return writeBack?.method === 'git' && writeBack.branch.includes('{{')
      ? [
          {
            place: branchPlace(reading),
            parameters: { branch: writeBack.branch },
          },
        ]
      : [];
  }),
  ofReading('branch-is-commit', 'error', reading => {
    const { targetRevision = '', chart } = revisionFor(reading) ?? {};
    return !chart && /^[0-9a-f]{40}$/.test(targetRevision)
      ? [
          {
            place: reading.placeOf('write-back-method') ?? reading.listed,
            parameters: { revision: targetRevision },
          },
        ]
      : [];
  }),
  ofReading('branch-of-chart', 'error', reading => {
    const { targetRevision = '', chart } = revisionFor(reading) ?? {};
    const repository = reading.settings.gitConfig?.repository;
    return chart && repository !== undefined
      ? [
          {
            place: reading.placeOf('git-repository') ?? reading.listed,
            parameters: {
              revision: targetRevision,
              repository: withoutUserInfo(repository),
            },
          },
        ]
      : [];
  }),
];
