import { waitUntil } from '@landfall/testing-kit';
import type { Answer, Attacker } from '../Attacker';
import type { Attack } from '../types';

/**
 * Each of the attacker's components claims the victim's applications by another
 * annotation.
 */
export const CLAIMS = {
  'by-name': { 'argocd/app-name': 'payments-prod' },
  'by-qualified-name': {
    'argocd/app-name': 'argocd/payments-prod,ledger-prod',
  },
  'by-selector': { 'argocd/app-selector': '!no-such-label' },
  'by-project': { 'argocd/project-name': 'shop' },
} as const;

/**
 * Reads always count as refused here: `main` checks that the response has
 * nothing of the victim's.
 */
async function lookAt(
  attacker: Attacker,
  component: string,
  what: 'deployments' | 'promotions' | 'images',
): Promise<Answer> {
  const answer = await attacker.look(component, what);
  return { ...answer, refused: true };
}

const UNPROVEN = /proof|proven|belong|delivery\.access/i;

export const READING: Attack[] = [
  ...Object.keys(CLAIMS).map(
    (component): Attack => ({
      name: `read deployments by a claim ${component}`,
      aim: 'read',
      attempt: attacker => lookAt(attacker, component, 'deployments'),
      reason: UNPROVEN,
    }),
  ),
  {
    name: 'read the images of a claimed application',
    aim: 'read',
    attempt: attacker => lookAt(attacker, 'by-selector', 'images'),
    reason: /"items": ?\[\]/,
  },
  {
    name: 'read the promotions of a claimed application',
    aim: 'read',
    attempt: attacker => lookAt(attacker, 'by-selector', 'promotions'),
    reason: /"items": ?\[\]/,
  },
  {
    name: 'read images by the ARN of a repository',
    aim: 'read',
    attempt: attacker => lookAt(attacker, 'by-arn', 'images'),
    reason: /delivery\.access/,
  },
  {
    name: 'read images by the tags of a repository',
    aim: 'read',
    attempt: async attacker => {
      let answer = await lookAt(attacker, 'by-tags', 'images');
      await waitUntil(
        'the tags are searched',
        async () => {
          answer = await lookAt(attacker, 'by-tags', 'images');
          return answer.text.includes('"code"');
        },
        { timeoutMs: 60_000 },
      );
      return answer;
    },
    reason: /No repository has the tags/,
  },
  ...['', '/resources', '/events', '/diff?kind=Service&name=payments'].map(
    (part): Attack => ({
      name: `read the details of a claimed application${part && ` (${part})`}`,
      aim: 'read',
      attempt: attacker =>
        attacker.call(
          'GET',
          `/api/delivery/v1/entities/component/default/by-name/applications/main/argocd/payments-prod${part}`,
        ),
      reason: /no such application/,
    }),
  ),
  {
    name: 'leave the API by the name of an application',
    aim: 'read',
    attempt: attacker =>
      attacker.call(
        'GET',
        '/api/delivery/v1/entities/component/default/own/applications/main/argocd/own-prod%2F..%2Fpayments-prod/resources',
      ),
    reason: /no such application/,
  },
  {
    name: 'read addresses of the systems behind the portal',
    aim: 'read',
    attempt: async attacker => ({
      ...(await attacker.call('GET', '/api/delivery/v1/instances')),
      refused: true,
    }),
    reason: /"name": ?"main"/,
  },
  {
    name: 'leave the API by the name of an entity',
    aim: 'read',
    attempt: attacker =>
      attacker.call(
        'GET',
        '/api/delivery/v1/entities/component/default/..%2F..%2Finstances/deployments',
      ),
    reason: /entity|not be found|NotFound/i,
  },
];
