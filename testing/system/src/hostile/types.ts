import type { Attacker } from './Attacker';
import type { Estate } from './Estate';

/** What the attacker got back. */
export interface Answer {
  /** Whether the attempt was turned down, as the answer itself says. */
  refused: boolean;
  /** The whole answer: a body, or the log of a task. */
  text: string;
}

/** One attempt on what belongs to another team. */
export interface Attack {
  /** What is attempted, as it continues "an attacker can't …". */
  name: string;
  aim: 'read' | 'overwrite' | 'prune' | 'delete' | 'forge';
  attempt(attacker: Attacker, estate: Estate): Promise<Answer>;
  /** What the answer has to say, so that an honest user learns why. */
  reason: RegExp;
}
