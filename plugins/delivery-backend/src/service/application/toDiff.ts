import type { ApplicationDiff } from '@landfall/backstage-plugin-delivery-common';
import type { ResourceComparison } from '@landfall/backstage-plugin-delivery-node';
import { structuredPatch } from 'diff';
import { stringify } from 'yaml';

/** Lines around a change. */
const CONTEXT = 3;

/** Work and result grow with the number of changed lines. */
const MAX_CHANGED_LINES = 2000;

/** A Kubernetes object has at most about 1.5 MB. */
const MAX_LENGTH = 2_000_000;

type Hunk = ApplicationDiff['hunks'][number];
type Line = Hunk['lines'][number];

const KINDS: Record<string, Line['kind'] | undefined> = {
  ' ': 'context',
  '-': 'live',
  '+': 'desired',
};

/**
 * Compares the two states of an object line by line.
 *
 * @internal
 */
export function toDiff({ live, desired }: ResourceComparison): ApplicationDiff {
  const texts = [live, desired].map(state =>
    // Lines must not break differently because something else changed.
    state ? stringify(state, { sortMapEntries: true, lineWidth: 0 }) : '',
  );
  const [liveText, desiredText] = texts;
  if (texts.some(({ length }) => length > MAX_LENGTH)) {
    return { state: 'too-large', hunks: [] };
  }
  const patch = structuredPatch('', '', liveText, desiredText, '', '', {
    context: CONTEXT,
    maxEditLength: MAX_CHANGED_LINES,
  });
  return patch
    ? {
        state: stateOf({ live, desired }, patch.hunks.length > 0),
        hunks: patch.hunks.map(({ oldStart, newStart, lines }) => ({
          liveStart: oldStart,
          desiredStart: newStart,
          lines: lines.flatMap(toLine),
        })),
      }
    : { state: 'too-large', hunks: [] };
}

function stateOf(
  { live, desired }: ResourceComparison,
  differs: boolean,
): ApplicationDiff['state'] {
  if (!live) {
    return 'missing';
  }
  if (!desired) {
    return 'extra';
  }
  return differs ? 'different' : 'same';
}

function toLine(line: string): Line[] {
  const kind = KINDS[line.charAt(0)];
  return kind ? [{ kind, text: line.slice(1) }] : [];
}
