import { waitUntil } from '@landfall/testing-kit';
import { randomUUID } from 'node:crypto';
import type { Answer, Attacker } from '../Attacker';
import type { Attack } from '../types';
import { Estate, OWN, VICTIM } from '../Estate';
import { CLAIMS } from './reading';

const ENTITIES = '/api/delivery/v1/entities/component/default';

/** More than any limit lasts. */
const LIMITED_MS = 30_000;

const expected = { actionKey: 'forged' };
const rollout = { name: VICTIM.service, namespace: VICTIM.environment };

/** A request for each action that Argo CD would carry out. */
const ACTIONS: { action: string }[] = [
  { action: 'refresh' },
  { action: 'hard-refresh' },
  { action: 'sync' },
  { action: 'terminate' },
  { action: 'rollback', historyId: 0 },
  { action: 'rollout-promote', rollout },
  { action: 'rollout-promote-full', rollout },
  { action: 'rollout-abort', rollout },
  { action: 'rollout-retry', rollout },
  { action: 'rollout-restart', rollout },
].map(one => ({ ...one, expected }));

const SYNC = { action: 'sync', prune: true, force: true, expected };

/** Acts once the limit for the attacker's requests permits it. */
async function act(
  attacker: Attacker,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  let answer: Answer = { refused: false, text: '' };
  await waitUntil(
    'the attacker may make another request',
    async () => {
      answer = await attacker.call('POST', `${ENTITIES}/${path}`, {
        body,
        headers: { 'idempotency-key': randomUUID(), ...headers },
      });
      return !answer.text.includes('TooManyRequestsError');
    },
    { timeoutMs: LIMITED_MS },
  );
  return answer;
}

function of(entity: string, application: string): string {
  return `${entity}/applications/main/argocd/${application}/actions`;
}

const TARGET = Estate.applicationOf(VICTIM.service);
const MINE = of(OWN.service, Estate.applicationOf(OWN.service));

/** The text, after which an honest user knows what to do. */
const NOT_OWN = /provably own|no entity/;

const NAMES = [
  '..%2Fclusters',
  '..%2Fapplications%2Fpayments-prod',
  'own-prod%2F..%2Fpayments-prod',
  '%2e%2e%2Fpayments-prod',
  'payments-prod%2Fsync',
  'payments-prod%3Fproject=shop',
  '..%5Cpayments-prod',
  'own-prod%252F..%252Fpayments-prod',
];

/** Somebody acts on what another team runs. */
export const ACTING: Attack[] = [
  ...Object.keys(CLAIMS).flatMap(component =>
    ACTIONS.map(
      (request): Attack => ({
        name: `${request.action} an application by a claim ${component}`,
        aim: 'overwrite',
        attempt: attacker => act(attacker, of(component, TARGET), request),
        reason: NOT_OWN,
      }),
    ),
  ),
  ...ACTIONS.map(
    (request): Attack => ({
      name: `${request.action} an application through its own entity`,
      aim: 'overwrite',
      attempt: attacker => act(attacker, of(VICTIM.service, TARGET), request),
      reason: /lack the permission delivery\.application\.|no entity/,
    }),
  ),
  ...NAMES.map(
    (name): Attack => ({
      name: `sync by the name ${name}`,
      aim: 'overwrite',
      attempt: attacker => act(attacker, of(OWN.service, name), SYNC),
      reason: NOT_OWN,
    }),
  ),
  ...['text/plain', 'application/x-www-form-urlencoded'].map(
    (type): Attack => ({
      name: `sync by a form of another site (${type})`,
      aim: 'forge',
      attempt: attacker => act(attacker, MINE, SYNC, { 'content-type': type }),
      reason: /has to be JSON/,
    }),
  ),
  {
    name: 'sync an application by a state that it never had',
    aim: 'forge',
    attempt: attacker => act(attacker, MINE, SYNC),
    reason: /has changed since/,
  },
  {
    name: 'sync without a key by which it is done once',
    aim: 'forge',
    attempt: attacker => act(attacker, MINE, SYNC, { 'idempotency-key': '' }),
    reason: /Idempotency-Key|idempotency-key/,
  },
  {
    name: 'name the project, or a manifest, of a sync',
    aim: 'forge',
    attempt: attacker =>
      act(attacker, MINE, { ...SYNC, project: 'default', manifests: ['{}'] }),
    reason: /additional properties|Unrecognized/,
  },
  {
    name: 'approve an action that nobody asked for',
    aim: 'forge',
    attempt: attacker =>
      act(attacker, `${OWN.service}/actions/${randomUUID()}/decision`, {
        approve: true,
      }),
    reason: /no such action/,
  },
  {
    name: 'send more than anybody would',
    aim: 'forge',
    attempt: attacker =>
      act(attacker, MINE, { ...SYNC, reason: 'x'.repeat(300_000) }),
    reason: /too large/,
  },
];
