import { reasonOf } from '../../reasonOf';

/** Why the applications of one project aren't in a list. */
export function unreadProjectError(
  instance: string,
  project: string,
  cause: unknown,
): Error {
  return new Error(
    `The project '${project}' of Argo CD '${instance}' can't be listed, so its applications keep their last known state: ${reasonOf(
      cause,
    )}`,
    { cause },
  );
}

/** Why changes in one project aren't observed at once. */
export function brokenStreamError(
  instance: string,
  project: string,
  cause: unknown,
): Error {
  return new Error(
    `The stream of the project '${project}' of Argo CD '${instance}' is broken, so its changes are only observed with the next list: ${reasonOf(
      cause,
    )}`,
    { cause },
  );
}
