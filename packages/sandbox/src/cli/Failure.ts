/** Something that a person can mend; told in one sentence, without a stack trace. */
export class Failure extends Error {}
