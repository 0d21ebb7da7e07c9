import type { JsonObject } from '@backstage/types';
import { isDeepStrictEqual } from 'node:util';

/** The requested settings of a repository. */
export interface RepositorySpec {
  name: string;
  /** The entity that the repository belongs to, normalized. */
  entityRef?: string;
  imageTagMutability: 'IMMUTABLE' | 'MUTABLE';
  scanOnPush: boolean;
  /** Absent: ECR's default for a new repository, and any for an existing one. */
  encryption?: RepositoryEncryption;
  /** Absent: left as it is. */
  lifecyclePolicy?: JsonObject;
  /** Absent: left as it is. */
  repositoryPolicy?: JsonObject;
  /** Other tags of the repository stay. */
  tags: Record<string, string>;
}

export interface RepositoryEncryption {
  type: 'AES256' | 'KMS' | 'KMS_DSSE';
  kmsKey?: string;
}

/** The settings of an existing repository. */
export interface RepositoryState {
  /** The entity ref in its tag. */
  entityRef?: string;
  imageTagMutability: string;
  scanOnPush: boolean;
  encryption: { type: string; kmsKey?: string };
  /** As ECR returns it: JSON, with its own white space and order. */
  lifecyclePolicy?: string;
  repositoryPolicy?: string;
  tags: Record<string, string>;
}

type Setting =
  | 'imageTagMutability'
  | 'scanOnPush'
  | 'encryption'
  | 'lifecyclePolicy'
  | 'repositoryPolicy'
  | `tag ${string}`;

/** ECR can't change the encryption of a repository. */
export type ChangeableSetting = Exclude<Setting, 'encryption'>;

/** A setting of an existing repository that differs from the requested one. */
export interface Difference {
  setting: Setting;
  /** For people. The contents of policies are not shown: they name other accounts and roles. */
  current: string;
  wanted: string;
}

/** Shown for a setting that a repository doesn't have. */
const NONE = 'none';
const OTHER_POLICY = 'another policy';

/** How an existing repository differs from the request. */
export function differencesOf(
  state: RepositoryState,
  spec: RepositorySpec,
): Difference[] {
  const differences: Difference[] = [];
  const compare = (setting: Setting, current: string, wanted: string) => {
    if (current !== wanted) {
      differences.push({ setting, current, wanted });
    }
  };
  compare(
    'imageTagMutability',
    state.imageTagMutability,
    spec.imageTagMutability,
  );
  compare('scanOnPush', String(state.scanOnPush), String(spec.scanOnPush));
  differences.push(...encryptionDifference(state.encryption, spec.encryption));
  for (const setting of ['lifecyclePolicy', 'repositoryPolicy'] as const) {
    const current = state[setting];
    const wanted = spec[setting];
    if (wanted && !isSameJson(current, wanted)) {
      differences.push({
        setting,
        current: current ? OTHER_POLICY : NONE,
        wanted: 'the given policy',
      });
    }
  }
  for (const [key, value] of Object.entries(spec.tags)) {
    compare(
      `tag ${key}`,
      Object.hasOwn(state.tags, key) ? state.tags[key] : NONE,
      value,
    );
  }
  return differences;
}

/** Whether a difference may be resolved. */
export function mayChange(
  difference: Difference,
  options: {
    /** The repository carries the tag of the same entity. */
    isOurs: boolean;
    converge: boolean;
  },
): difference is Difference & { setting: ChangeableSetting } {
  const { setting, current } = difference;
  const { isOurs, converge } = options;
  switch (setting) {
    case 'encryption':
      return false;
    case 'lifecyclePolicy':
      // It deletes images, which can't be undone.
      return isOurs && (converge || current === NONE);
    case 'repositoryPolicy':
      return converge || (isOurs && current === NONE);
    default:
      return isOurs || converge;
  }
}

/** One sentence about a difference that stays. */
export function describeDifference(
  name: string,
  { setting, current, wanted }: Difference,
): string {
  return `The repository ${name} keeps its ${setting} (${current}), although ${wanted} was requested.`;
}

/** A difference that was resolved, as a phrase. */
export function describeChange({
  setting,
  current,
  wanted,
}: Difference): string {
  return `${setting} ${current} → ${wanted}`;
}

/** Empty if no encryption was requested. */
export function encryptionDifference(
  current: RepositoryState['encryption'],
  wanted: RepositoryEncryption | undefined,
): Difference[] {
  const isSame =
    !wanted ||
    (current.type === wanted.type &&
      (!wanted.kmsKey || current.kmsKey === wanted.kmsKey));
  return isSame
    ? []
    : [
        {
          setting: 'encryption',
          current: describeEncryption(current),
          wanted: describeEncryption(wanted),
        },
      ];
}

function describeEncryption({
  type,
  kmsKey,
}: RepositoryState['encryption']): string {
  return kmsKey ? `${type} with ${kmsKey}` : type;
}

function isSameJson(text: string | undefined, wanted: JsonObject): boolean {
  if (!text) {
    return false;
  }
  try {
    return isDeepStrictEqual(JSON.parse(text), wanted);
  } catch {
    return false;
  }
}
