import { formatMessage } from '@landfall/backstage-plugin-delivery-common';
import type { Report } from '../types';

/** Findings for other programs. */
export function toJson({ findings, ...report }: Report): string {
  const json = {
    ...report,
    findings: findings.map(({ effect, fix, ...finding }) => ({
      ...finding,
      effect: formatMessage(effect),
      fix: formatMessage(fix),
    })),
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}
