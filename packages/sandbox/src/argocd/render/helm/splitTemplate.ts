/** An action of a template: what stands between `{{` and `}}`. */
export interface Action {
  tokens: string[];
  text: string;
  line: number;
}

/** An action with its trim marks; `}}` within strings and comments is none. */
const ACTION =
  /\{\{(-(?=\s))?((?:"(?:[^"\\\n]|\\.)*"|`[^`]*`|\/\*[^]*?\*\/|[^"`])*?)(\s-)?\}\}/g;

/** Fields that follow a variable, a field or a parenthesis belong to it. */
const TOKEN =
  /"(?:[^"\\\n]|\\.)*"|`[^`]*`|[+-]?\d[\w.]*|\$\w*(?:\.\w+)*|(?:\.[A-Za-z_]\w*)+|\.|[A-Za-z_]\w*|:=|=|\(|\)(?:\.\w+)*|[|,]|\S/g;

/**
 * Splits a template into texts and actions. Comments are left out; an action
 * that isn't closed has no tokens and the text `{{`.
 */
export function splitTemplate(source: string): (string | Action)[] {
  const pieces: (string | Action)[] = [];
  const lineAt = (index: number) => source.slice(0, index).split('\n').length;
  let position = 0;
  let trims = false;
  const addText = (end: number, trimsEnd: boolean) => {
    const text = source.slice(position, end);
    const started = trims ? text.trimStart() : text;
    pieces.push(trimsEnd ? started.trimEnd() : started);
  };
  for (const match of source.matchAll(ACTION)) {
    const [all, left, inner, right] = match;
    addText(match.index, left !== undefined);
    const text = inner.trim();
    if (!text.startsWith('/*')) {
      const tokens = text.match(TOKEN) ?? [];
      pieces.push({ tokens, text, line: lineAt(match.index) });
    }
    position = match.index + all.length;
    trims = right !== undefined;
  }
  const open = source.indexOf('{{', position);
  if (open >= 0) {
    pieces.push({ tokens: [], text: '{{', line: lineAt(open) });
  } else {
    addText(source.length, false);
  }
  return pieces;
}
