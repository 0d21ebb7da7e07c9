/** Replaces a part of a text; an insertion if start and end are the same. */
export interface TextEdit {
  /** Offset in UTF-16 code units. */
  start: number;
  end: number;
  text: string;
}

/** The text with edits that don't overlap; every other character stays. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce(
      (edited, { start, end, text: replacement }) =>
        edited.slice(0, start) + replacement + edited.slice(end),
      text,
    );
}
