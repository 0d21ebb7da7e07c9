/** A problem that the user can fix; reported in one sentence, without a stack trace. */
export class Failure extends Error {}
