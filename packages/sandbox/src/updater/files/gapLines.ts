/** Blank lines and lines of comments between two lines of content, as they were read. */
export interface Gap {
  lines: readonly string[];
  /**
   * - `first`: before all content.
   * - `inner`: between a key and what it holds.
   * - `between`: between two entries.
   * - `end`: behind all content.
   */
  place: 'first' | 'inner' | 'between' | 'end';
  /** Columns of the blocks that end before it, the outermost first, and how far they are indented when printed. */
  deeper: readonly { column: number; indent: number }[];
  /** A key without a value comes before, which no comment belongs to. */
  isBehindEmpty: boolean;
  /** The column of what follows, 0 at the end. */
  column: number;
}

/** A line to print: a comment with its indent, of what follows if there is none, or a blank line. */
export type LaidLine = { comment: string; indent?: number } | 'blank';

/** Comments without a blank line between them, of one column as printed. */
interface Paragraph {
  comments: string[];
  indent?: number;
  isAfterBlank: boolean;
}

/**
 * The lines that go-yaml prints for a gap. To it a comment belongs to what
 * follows, or, behind content and before a blank line, to what was before; and
 * it prints blank lines only behind comments of the latter kind, and where
 * comments stand apart.
 */
export function layGap(gap: Gap): LaidLine[] {
  const { paragraphs, endsBlank } = paragraphsOf(gap);
  return paragraphs.flatMap((paragraph, i): LaidLine[] => {
    const before = paragraphs.at(i - 1);
    const { comments, indent, isAfterBlank } = paragraph;
    const isApart =
      i > 0
        ? isAfterBlank && (before?.indent === indent || gap.place === 'end')
        : isAfterBlank && gap.place === 'end';
    const isLast = i === paragraphs.length - 1;
    const keepsBlank =
      isLast &&
      endsBlank &&
      indent === undefined &&
      (gap.place === 'first' || (gap.place === 'between' && !isAfterBlank));
    return [
      ...(isApart ? ['blank' as const] : []),
      ...comments.map(comment => ({ comment, indent })),
      ...(keepsBlank ? ['blank' as const] : []),
    ];
  });
}

function paragraphsOf(gap: Gap): {
  paragraphs: Paragraph[];
  endsBlank: boolean;
} {
  const paragraphs: Paragraph[] = [];
  let isAfterBlank = gap.isBehindEmpty;
  let hadBlank = false;
  for (const [i, line] of gap.lines.entries()) {
    const comment = line.trim();
    if (comment === '') {
      isAfterBlank = true;
      hadBlank = true;
      continue;
    }
    const last = paragraphs.at(-1);
    const indent =
      // Once a comment is of the outer block, what follows can't be of an inner one.
      (last && last.indent === undefined) || (gap.place === 'end' && hadBlank)
        ? undefined
        : indentOf(line, isBlankBehind(gap.lines, i), gap);
    if (last && !isAfterBlank && last.indent === indent) {
      last.comments.push(comment);
    } else {
      paragraphs.push({ comments: [comment], indent, isAfterBlank });
    }
    isAfterBlank = false;
  }
  return { paragraphs, endsBlank: isAfterBlank && paragraphs.length > 0 };
}

/** Whether a paragraph ends with a blank line. */
function isBlankBehind(lines: readonly string[], at: number): boolean {
  const columnAt = (i: number) => lines[i].search(/\S/);
  let next = at + 1;
  while (next < lines.length && columnAt(next) === columnAt(at)) {
    next += 1;
  }
  return next < lines.length && columnAt(next) < 0;
}

/** How far a comment is indented that belongs to a block which ends before it: by its column, if a blank line follows. */
function indentOf(
  line: string,
  isBlankNext: boolean,
  { column, deeper }: Gap,
): number | undefined {
  const own = line.search(/\S/);
  if (own <= column) {
    return undefined;
  }
  const blocks = isBlankNext
    ? deeper.filter(block => block.column <= own)
    : deeper;
  return blocks.at(-1)?.indent;
}

/**
 * The comments at the top of a document that begins with a marker, which
 * go-yaml repeats behind it.
 *
 * @param before - the lines before the marker
 * @param behind - the lines between the marker and the first entry
 * @returns `postponed`: what it lays behind the first entry instead
 */
export function layTop(
  before: readonly string[],
  behind: readonly string[],
): { laid: LaidLine[]; postponed: LaidLine[] } {
  const place = {
    place: 'end',
    column: 0,
    deeper: [],
    isBehindEmpty: false,
  } as const;
  const header = layGap({ ...place, lines: before }).slice(
    before[0]?.trim() === '' ? 1 : 0,
  );
  const firstBlank = behind.findIndex(line => line.trim() === '');
  const movesFirst = before.length > 0 && firstBlank > 0;
  const rest = layGap({
    ...place,
    lines: movesFirst ? behind.slice(firstBlank) : behind,
  });
  const isApart =
    header.length > 0 && rest.length > 0 && before.at(-1)?.trim() === '';
  return {
    laid: [
      ...header,
      ...(isApart ? ['blank' as const] : []),
      ...(rest[0] === 'blank' ? rest.slice(1) : rest),
    ],
    postponed: movesFirst
      ? layGap({ ...place, lines: behind.slice(0, firstBlank) })
      : [],
  };
}
