/** One thing that Landfall takes for granted of the systems around it. */
interface Belief<F> {
  /** Unique within its topic; kebab case. */
  id: string;
  /** The belief, in one sentence. */
  says: string;
  /** Where it comes from: a section of the contract, or a recording. */
  source: string;
  /**
   * Finds out whether it holds. Beliefs of a topic are checked one after
   * another, and may build on what the ones before have brought about.
   *
   * @throws Difference when it doesn't hold
   * @throws Prerequisite when that can't be found out here
   */
  check(fixture: F): Promise<void>;
}

/** Beliefs that share a fixture: an application, a branch, an image repository. */
export interface Topic<W, F> {
  /** Kebab case; also what the command line selects by. */
  name: string;
  /**
   * Makes what the beliefs are tried on.
   *
   * @throws Prerequisite when that can't be had here: all beliefs are skipped then
   */
  prepare(world: W): Promise<F>;
  beliefs: Belief<F>[];
}

/** What is known of a belief before it is checked. */
export interface Statement {
  topic: string;
  id: string;
  says: string;
  source: string;
}

/** What became of a belief. */
export type Verdict =
  | { outcome: 'ok' }
  | {
      outcome: 'differs';
      /** What was looked at, in one line. */
      what: string;
      expected?: string;
      got?: string;
    }
  | { outcome: 'skipped'; why: string };

export type Result = Statement & Verdict & { tookMs: number };

/** A topic whose fixture is nobody else's business. */
export interface RunnableTopic<W> {
  readonly name: string;
  readonly statements: readonly Statement[];
  /** Checks all beliefs; never rejects. */
  run(world: W, onResult: (result: Result) => void): Promise<void>;
}

/** The installation answered something else than we believe. */
export class Difference extends Error {
  readonly expected?: string;
  readonly got?: string;

  constructor(
    readonly what: string,
    values: { expected?: unknown; got?: unknown } = {},
  ) {
    super(what);
    this.name = 'Difference';
    this.expected = 'expected' in values ? shown(values.expected) : undefined;
    this.got = 'got' in values ? shown(values.got) : undefined;
  }
}

/** Something that a belief needs isn't there: no difference, but not checked either. */
export class Prerequisite extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Prerequisite';
  }
}

const LONGEST = 600;

function shown(value: unknown): string {
  const text =
    typeof value === 'string' ? value : JSON.stringify(value) ?? 'nothing';
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
