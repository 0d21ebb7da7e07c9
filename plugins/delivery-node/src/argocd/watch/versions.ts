import type { ApplicationRef } from '@landfall/backstage-plugin-delivery-common';

/** A version of an object in Kubernetes. */
export interface Version {
  uid: string;
  resourceVersion?: string;
}

/** Identifies an application within its instance. */
export function nameKey({ namespace, name }: ApplicationRef): string {
  return `${namespace}/${name}`;
}

/** Identifies a version among all versions of all applications. */
export function versionKey({ uid, resourceVersion = '' }: Version): string {
  return `${uid}/${resourceVersion}`;
}

export function isSame(a: Version, b: Version): boolean {
  return a.resourceVersion !== undefined && versionKey(a) === versionKey(b);
}

const NUMBER = /^[1-9]\d*$/;

/**
 * Whether `a` is known to be older. Kubernetes numbers the versions of one kind
 * of object; versions that aren't numbers can't be ordered.
 */
export function isOlder(a: Version, b: Version): boolean {
  const [x, y] = [a.resourceVersion ?? '', b.resourceVersion ?? ''];
  if (a.uid !== b.uid || !NUMBER.test(x) || !NUMBER.test(y)) {
    return false;
  }
  return x.length === y.length ? x < y : x.length < y.length;
}
