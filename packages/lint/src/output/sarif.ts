import {
  formatMessage,
  LINT_CODES,
  type LintSeverity,
} from '@landfall/backstage-plugin-delivery-common';
import { version } from '../../package.json';
import type { Location, Report } from '../types';

const LEVELS: Record<LintSeverity, 'error' | 'warning' | 'note'> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

const HOME = 'https://github.com/landfall/landfall/tree/main/packages/lint';

/** Findings in SARIF 2.1.0, for code scanning. */
export function toSarif({ findings, errors }: Report): string {
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'landfall-lint',
            informationUri: HOME,
            semanticVersion: version,
            rules: LINT_CODES.map(({ code, severity }) => ({
              id: code,
              shortDescription: { text: code.replace(/-/g, ' ') },
              helpUri: `${HOME}#rules`,
              defaultConfiguration: { level: LEVELS[severity] },
            })),
          },
        },
        invocations: [
          {
            executionSuccessful: errors.length === 0,
            toolExecutionNotifications: errors.map(error => ({
              level: 'error',
              message: { text: error.message },
              locations: [locationOf(error)],
            })),
          },
        ],
        columnKind: 'utf16CodeUnits',
        results: findings.map(({ code, severity, effect, fix, location }) => ({
          ruleId: code,
          ruleIndex: LINT_CODES.findIndex(rule => rule.code === code),
          level: LEVELS[severity],
          message: {
            text: `${formatMessage(effect)}. ${formatMessage(fix)}.`,
          },
          locations: [locationOf(location)],
        })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function locationOf({ file, region }: Location) {
  const uri =
    file === '-'
      ? 'stdin'
      : file
          .replace(/\\/g, '/')
          .replace(/^\.\//, '')
          .split('/')
          .map(encodeURIComponent)
          .join('/');
  return {
    physicalLocation: {
      artifactLocation: { uri },
      ...(region && { region }),
    },
  };
}
