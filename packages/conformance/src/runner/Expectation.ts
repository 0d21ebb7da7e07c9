/** One thing that Landfall assumes about the systems around it. */
interface Expectation<F> {
  /** Unique within its topic; kebab case. */
  id: string;
  /** The expectation, in one sentence. */
  claim: string;
  /** Where it is documented: a section of the contract, or a recording. */
  source: string;
  /**
   * Checks whether the expectation holds. A topic's expectations are checked in
   * order, and may build on the effects of earlier ones.
   *
   * @throws Difference if it doesn't hold
   * @throws Prerequisite if it can't be checked here
   */
  check(fixture: F): Promise<void>;
}

/**
 * Expectations that share a fixture: an application, a branch, an image
 * repository.
 */
export interface Topic<W, F> {
  /** Kebab case. The command line selects topics by it. */
  name: string;
  /**
   * Creates the fixture that the expectations are checked on.
   *
   * @throws Prerequisite if that isn't possible here; then all expectations are
   * skipped
   */
  prepare(installation: W): Promise<F>;
  expectations: Expectation<F>[];
}

/** An expectation as known before the check. */
export interface Statement {
  topic: string;
  id: string;
  claim: string;
  source: string;
}

/** The outcome of an expectation's check. */
export type Verdict =
  | { outcome: 'ok' }
  | {
      outcome: 'differs';
      /** What was compared, in one line. */
      what: string;
      expected?: string;
      got?: string;
    }
  | { outcome: 'skipped'; why: string };

export type Result = Statement & Verdict & { tookMs: number };

/** A topic that hides its fixture's type. */
export interface RunnableTopic<W> {
  readonly name: string;
  readonly statements: readonly Statement[];
  /** Checks all expectations; never rejects. */
  run(installation: W, onResult: (result: Result) => void): Promise<void>;
}

/** The installation responded differently than expected. */
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

/**
 * Something an expectation needs is missing: the expectation was not checked, so it is no
 * difference.
 */
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
