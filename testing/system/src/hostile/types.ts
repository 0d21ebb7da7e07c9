import type { Answer, Attacker } from './Attacker';
import type { Estate } from './Estate';

/** One attempt on another team's property. */
export interface Attack {
  /** What is attempted; completes the sentence "an attacker can't …". */
  name: string;
  aim: 'read' | 'overwrite' | 'prune' | 'delete' | 'forge';
  attempt(attacker: Attacker, estate: Estate): Promise<Answer>;
  /** The response must match this, so that an honest user learns why. */
  reason: RegExp;
}
