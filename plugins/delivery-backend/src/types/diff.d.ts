// `diff` 5 has no types of its own. Only what is used is declared.
declare module 'diff' {
  export interface Hunk {
    /** Numbers of the first lines, counted from 1. */
    oldStart: number;
    newStart: number;
    /** Each starts with a space, `-` or `+`; `\` for remarks about the text. */
    lines: string[];
  }

  /** Undefined if the texts differ in more than `maxEditLength` lines. */
  export function structuredPatch(
    oldFileName: string,
    newFileName: string,
    oldText: string,
    newText: string,
    oldHeader: string,
    newHeader: string,
    options: { context: number; maxEditLength: number },
  ): { hunks: Hunk[] } | undefined;
}
