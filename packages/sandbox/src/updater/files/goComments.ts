import {
  type CST,
  type Document,
  type Node,
  type YAMLMap,
  type YAMLSeq,
  isMap,
  isNode,
  isScalar,
  isSeq,
} from 'yaml';
import { type Gap, type LaidLine, layGap, layTop } from './gapLines';
import { documentStart } from './goYaml';

/** Stands for the lines before an entry while the document is printed. */
const LINES = '\ue010';
/** Stands for a comment on the line of a key or a dash. */
const INLINE = '\ue011';

const FILLER = /^[ \t]*(#.*)?\r?$/;

/** An entry of a block. */
interface Entry extends Start {
  isInner: boolean;
  /** The second one of the document. */
  isSecond: boolean;
  /** The comment on the line of the key that holds the block. */
  inline: string | undefined;
}

/** Where an entry begins; comments before it are those of its node. */
interface Start {
  node: Node;
  start: number;
}

type Block = YAMLMap | YAMLSeq;
type Depth = { column: number; indent: number };

class Layout {
  readonly #gaps: LaidLine[][] = [];
  readonly #inline: string[] = [];
  #end: LaidLine[] = [];
  /** Where the content ends that was read so far; in it, lines may look like comments. */
  #contentEnd = 0;
  #isFirst = true;
  #isBehindEmpty = false;
  /** Comments that go behind the first entry of the document. */
  #postponed: LaidLine[] = [];
  /** The blocks that ended since the last entry. */
  #deeper: Depth[] = [];

  #root?: Block;

  constructor(private readonly text: string) {}

  read(root: Block, end: number): void {
    root.commentBefore = undefined;
    root.spaceBefore = undefined;
    this.#root = root;
    this.#block(root, 0, undefined);
    const laid = layGap({
      lines: this.#linesBefore(
        this.text.slice(0, end).endsWith('\n') ? end : end + 1,
      ),
      place: 'end',
      column: 0,
      deeper: this.#deeper,
      isBehindEmpty: this.#isBehindEmpty,
    });
    this.#end = [...this.#postponed, ...laid];
  }

  restore(printed: string): string {
    const lines = printed
      .replace(new RegExp(`\\n *#${INLINE}(\\d+)(?=\\n)`, 'g'), (_, i) => {
        return ` ${this.#inline[Number(i)]}`;
      })
      .replace(new RegExp(`#${INLINE}(\\d+)`, 'g'), (_, i) => {
        return this.#inline[Number(i)];
      })
      .replace(
        new RegExp(`^( *)#${LINES}(\\d+)\\n`, 'gm'),
        (_, indent: string, i) => textOf(this.#gaps[Number(i)], indent.length),
      );
    return `${lines}${textOf(this.#end, 0)}`;
  }

  /** @param inline - the comment on the line of the key that holds the block */
  #block(block: Block, indent: number, inline: string | undefined): void {
    block.comment = undefined;
    const entries = isMap(block) ? this.#pairs(block) : this.#items(block);
    entries.forEach(({ node, start }, i) => {
      this.#entry({
        node,
        start,
        isInner: i === 0,
        isSecond: block === this.#root && i === 1,
        inline: i === 0 ? inline : undefined,
      });
      const column = this.#columnOf(start);
      const value = valueAt(block, i);
      const source = isMap(block)
        ? block.items[i].srcToken?.sep
        : itemTokens(block, i);
      if (isScalar(node) && isMap(block)) {
        this.#contentEnd = node.range?.[1] ?? this.#contentEnd;
      }
      if (isBlock(value)) {
        if (isMap(block)) {
          value.commentBefore = undefined;
          value.spaceBefore = undefined;
        }
        const inner = indent + (isMap(block) && isSeq(value) ? 0 : 2);
        this.#block(value, inner, commentOnLine(source));
        this.#deeper.unshift({ column, indent });
      } else {
        if (isNode(value)) {
          this.#leaf(value);
        }
        this.#deeper = [{ column, indent }];
      }
    });
  }

  #pairs(map: YAMLMap): Start[] {
    return map.items.flatMap(({ key }) =>
      isNode(key) ? [{ node: key, start: key.range?.[0] ?? 0 }] : [],
    );
  }

  #items(seq: YAMLSeq): Start[] {
    return seq.items.flatMap((item, i) => {
      const dash = itemTokens(seq, i)?.find(
        ({ type }) => type === 'seq-item-ind',
      );
      return isNode(item)
        ? [{ node: item, start: dash?.offset ?? item.range?.[0] ?? 0 }]
        : [];
    });
  }

  #entry(entry: Entry): void {
    const { node, start, inline } = entry;
    const lineStart = this.text.lastIndexOf('\n', start - 1) + 1;
    const marks: string[] = [];
    if (inline !== undefined) {
      marks.push(`${INLINE}${this.#inline.push(inline) - 1}`);
    }
    if (this.text.slice(lineStart, start).trim() === '') {
      const laid = this.#laidBefore(entry, lineStart);
      if (laid.length > 0) {
        marks.push(`${LINES}${this.#gaps.push(laid) - 1}`);
      }
      this.#isFirst = false;
    }
    node.spaceBefore = undefined;
    node.commentBefore = marks.length > 0 ? marks.join('\n') : undefined;
    this.#deeper = [];
    this.#isBehindEmpty = false;
  }

  #laidBefore(
    { start, isInner, isSecond }: Entry,
    lineStart: number,
  ): LaidLine[] {
    const column = start - lineStart;
    const lines = this.#linesBefore(lineStart);
    const top = documentStart(this.text).split('\n').slice(0, -2);
    if (this.#isFirst && documentStart(this.text) !== '') {
      const { laid, postponed } = layTop(
        top.filter(line => FILLER.test(line)),
        lines,
      );
      this.#postponed = postponed;
      return laid;
    }
    const laid = layGap({
      lines,
      place: this.#placeOf(isInner),
      column,
      deeper: this.#deeper.filter(block => block.column > column),
      isBehindEmpty: this.#isBehindEmpty,
    });
    if (this.#postponed.length > 0 && isSecond) {
      laid.unshift(...this.#postponed, 'blank');
      this.#postponed = [];
    }
    return laid;
  }

  #placeOf(isInner: boolean): Gap['place'] {
    if (this.#isFirst) {
      return 'first';
    }
    return isInner ? 'inner' : 'between';
  }

  /** Of what stands behind a value only what is on its line is its own. */
  #leaf(node: Node): void {
    const end = node.range?.[1] ?? this.#contentEnd;
    const behind = /^[ \t]*(#[^\r\n]*)/.exec(this.text.slice(end));
    const isText =
      isScalar(node) &&
      (node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL');
    if (!isText) {
      node.comment = behind ? behind[1].slice(1).trimEnd() : undefined;
    }
    node.spaceBefore = undefined;
    this.#contentEnd = Math.max(this.#contentEnd, end);
    const isPlain = isScalar(node) && node.type === 'PLAIN';
    const isOnFirstLine = !this.text.slice(0, end).includes('\n');
    this.#isBehindEmpty = isPlain
      ? node.source === '' || (isOnFirstLine && behind !== null)
      : isOnFirstLine;
  }

  /** The blank lines and comments up to the start of a line. */
  #linesBefore(lineStart: number): string[] {
    const lines = this.text.slice(this.#contentEnd, lineStart).split('\n');
    // What is left of the content's own line, and what the last line break leaves.
    const whole = lines.slice(
      this.#contentEnd === 0 || this.text[this.#contentEnd - 1] === '\n'
        ? 0
        : 1,
      -1,
    );
    const last = whole.findLastIndex(line => !FILLER.test(line));
    return whole.slice(last + 1);
  }

  #columnOf(start: number): number {
    return start - (this.text.lastIndexOf('\n', start - 1) + 1);
  }
}

/**
 * Takes comments and blank lines out of a document, and lays them where go-yaml
 * does when it prints one: each stays between the lines it was between.
 *
 * @param text - what the document was read from, with its source tokens kept
 * @returns what puts them into the printed text
 */
export function layComments(
  document: Document,
  text: string,
): (printed: string) => string {
  const layout = new Layout(text);
  if (isBlock(document.contents)) {
    layout.read(document.contents, document.range?.[2] ?? text.length);
    document.commentBefore = null;
    document.comment = null;
  }
  return printed => layout.restore(printed);
}

function isBlock(node: unknown): node is Block {
  return (isMap(node) || isSeq(node)) && !node.flow;
}

function itemTokens(seq: YAMLSeq, at: number): CST.SourceToken[] | undefined {
  const token = seq.srcToken;
  return token?.type === 'block-seq' ? token.items[at]?.start : undefined;
}

/** The comment that follows an indicator on its line. */
function commentOnLine(
  tokens: CST.SourceToken[] | undefined,
): string | undefined {
  const indicator =
    tokens?.findIndex(
      ({ type }) => type === 'map-value-ind' || type === 'seq-item-ind',
    ) ?? -1;
  for (const { type, source } of tokens?.slice(indicator + 1) ?? []) {
    if (type === 'newline') {
      return undefined;
    }
    if (type === 'comment') {
      return source;
    }
  }
  return undefined;
}

function textOf(lines: readonly LaidLine[], indent: number): string {
  return lines
    .map(line =>
      line === 'blank'
        ? '\n'
        : `${' '.repeat(line.indent ?? indent)}${line.comment}\n`,
    )
    .join('');
}

function valueAt(block: Block, at: number): unknown {
  return isMap(block) ? block.items[at].value : block.items[at];
}
