import { SEVERITIES } from '../../ecr';
import type { CommandContext } from '../context';
import { Failure } from '../Failure';
import { failureOf } from '../failureOf';
import { loadConfig } from '../loadConfig';
import { ecrUrl } from '../registry';
import { request, withJson } from '../request';

const MOST = 1000;

/** The options of `find-vulnerabilities`. */
export interface FindVulnerabilitiesOptions {
  config?: string;
}

/** Sets what the next scans of a repository's images find. */
export async function findVulnerabilities(
  repository: string,
  counts: string[],
  options: FindVulnerabilitiesOptions,
  { out, env }: CommandContext,
): Promise<void> {
  const findings = counts.flatMap(findingsOf);
  const config = await loadConfig({ env, file: options.config });
  const response = await request(
    'The registry',
    `${ecrUrl(config)}/_sandbox/vulnerabilities/${repository}`,
    withJson('PUT', { findings }),
  );
  if (!response.ok) {
    throw await failureOf(response);
  }
  out(
    `The next scans of images of ${repository} find ${
      counts.length > 0 ? counts.join(', ') : 'nothing'
    }. An image is scanned when it is pushed, where the repository says so, or by StartImageScan.`,
  );
}

function findingsOf(text: string) {
  const [, word = '', digits = ''] = /^([a-z]+)=(\d{1,4})$/i.exec(text) ?? [];
  const severity = SEVERITIES.find(known => known === word.toUpperCase());
  const number = Number(digits);
  if (!severity || digits === '' || number > MOST) {
    throw new Failure(
      `"${text}" says nothing of findings: write it like HIGH=3, with one of ${SEVERITIES.join(
        ', ',
      )} and at most ${MOST}.`,
    );
  }
  return Array.from({ length: number }, (_, index) => ({
    name: `CVE-2026-${SEVERITIES.indexOf(severity) + 1}${String(
      index + 1,
    ).padStart(4, '0')}`,
    severity,
  }));
}
