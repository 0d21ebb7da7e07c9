import { formatMessage } from '@landfall/backstage-plugin-delivery-common';
import type { Location, Report } from '../types';

/** Findings for people: the place, what happens, and what to write instead. */
export function toText({
  findings,
  errors,
  applications,
  applicationSets,
  imageUpdaters,
}: Report): string {
  const lines = [
    ...errors.map(
      error => `${placeText(error)}: unreadable\n  ${error.message}\n`,
    ),
    ...findings.map(
      ({ location, severity, code, effect, fix }) =>
        `${placeText(location)}: ${severity} ${code}\n  ${formatMessage(
          effect,
        )}.\n  Fix: ${formatMessage(fix)}.\n`,
    ),
  ];
  const count = (severity: string) =>
    findings.filter(finding => finding.severity === severity).length;
  const checked = `Checked ${[
    counted(applications, 'Application'),
    ...(applicationSets > 0
      ? [counted(applicationSets, 'ApplicationSet')]
      : []),
  ].join(', ')} and ${counted(imageUpdaters, 'ImageUpdater')}`;
  const found =
    findings.length === 0
      ? 'nothing found'
      : [
          counted(count('error'), 'error'),
          counted(count('warning'), 'warning'),
          counted(count('info'), 'note'),
        ].join(', ');
  return [...lines, `${checked}: ${found}.\n`].join('\n');
}

function placeText({ file, region }: Location): string {
  const name = file === '-' ? '<stdin>' : file;
  return region ? `${name}:${region.startLine}:${region.startColumn}` : name;
}

function counted(total: number, name: string): string {
  return `${total} ${name}${total === 1 ? '' : 's'}`;
}
