import type { Translate } from '../../translation';

const PHASES = [
  'Running',
  'Terminating',
  'Failed',
  'Error',
  'Succeeded',
] as const;

/** A phase of a later Argo CD in its own word. @internal */
export function phaseWord(phase: string, t: Translate): string {
  const known = PHASES.find(one => one === phase);
  return known ? t(`application.state.phase.${known}`) : phase;
}
