/** One step of a pattern: a test for a single character, or `*`. */
type Step = '*' | ((character: string) => boolean);

/**
 * A glob as Go's `filepath.Match` reads it: `*` and `?` don't match `/`,
 * `[a-z]` and `[^a-z]` are classes (`!` is no negation), `\` escapes.
 *
 * @returns undefined for a malformed pattern
 */
export function parseGlob(
  pattern: string,
): ((text: string) => boolean) | undefined {
  const steps = stepsOf(Array.from(pattern));
  return steps && (text => matches(steps, text));
}

/**
 * Whether Go's `filepath.Match` returns an error for a text. It reads a pattern
 * from one `*` to the next, and only as far as the text matches, so it may not
 * find out that a pattern is malformed.
 */
export function globFails(pattern: string, text: string): boolean {
  let at = 0;
  for (const { chunk, end } of chunksOf(pattern)) {
    if (!stepsOf(Array.from(chunk))) {
      return globMatches(`${pattern.slice(0, at)}*`, text);
    }
    at = end;
  }
  return false;
}

/** The parts of a pattern between stars that aren't in brackets. */
function chunksOf(pattern: string): { chunk: string; end: number }[] {
  const chunks: { chunk: string; end: number }[] = [];
  let start = 0;
  let inBrackets = false;
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at];
    if (character === '*' && !inBrackets) {
      chunks.push({ chunk: pattern.slice(start, at), end: at });
      start = at + 1;
    } else if (character === '\\') {
      at += 1;
    } else if (character === '[' || character === ']') {
      inBrackets = character === '[';
    }
  }
  chunks.push({ chunk: pattern.slice(start), end: pattern.length });
  return chunks;
}

/** Whether the text as a whole matches; a malformed pattern matches nothing. */
export function globMatches(pattern: string, text: string): boolean {
  return parseGlob(pattern)?.(text) ?? false;
}

function stepsOf(characters: string[]): Step[] | undefined {
  const steps: Step[] = [];
  let at = 0;
  while (at < characters.length) {
    const character = characters[at];
    at += 1;
    if (character === '*') {
      steps.push('*');
    } else if (character === '?') {
      steps.push(other => other !== '/');
    } else if (character === '[') {
      const parsed = classAt(characters, at);
      if (!parsed) {
        return undefined;
      }
      steps.push(parsed.step);
      at = parsed.end;
    } else {
      const literal = character === '\\' ? characters[at] : character;
      if (literal === undefined) {
        return undefined;
      }
      at += character === '\\' ? 1 : 0;
      steps.push(other => other === literal);
    }
  }
  return steps;
}

function classAt(
  characters: string[],
  start: number,
): { step: Step; end: number } | undefined {
  let at = start;
  const negated = characters[at] === '^';
  at += negated ? 1 : 0;
  const ranges: [string, string][] = [];
  const member = () => {
    let character: string | undefined = characters[at];
    if (character === '-' || character === ']') {
      return undefined;
    }
    if (character === '\\') {
      at += 1;
      character = characters[at];
    }
    at += 1;
    return character;
  };
  while (ranges.length === 0 || characters[at] !== ']') {
    const low = member();
    let high = low;
    if (characters[at] === '-') {
      at += 1;
      high = member();
    }
    // Nothing left means that the class isn't closed.
    if (low === undefined || high === undefined || at >= characters.length) {
      return undefined;
    }
    ranges.push([low, high]);
  }
  return {
    end: at + 1,
    step: character =>
      ranges.some(
        ([low, high]) =>
          codeOf(low) <= codeOf(character) && codeOf(character) <= codeOf(high),
      ) !== negated,
  };
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

/**
 * Each `*` matches as little as it can, and more if what follows doesn't match.
 * An earlier `*` never has to be retried, so the time is bounded by steps ×
 * characters.
 */
function matches(steps: readonly Step[], text: string): boolean {
  let step = 0;
  let at = 0;
  let star = -1;
  let resumeAt = 0;
  while (at < text.length || step < steps.length) {
    const current = steps[step];
    if (current === '*') {
      star = step;
      resumeAt = at;
      step += 1;
    } else if (current && at < text.length && current(characterAt(text, at))) {
      at += characterAt(text, at).length;
      step += 1;
    } else if (star >= 0 && resumeAt < text.length && text[resumeAt] !== '/') {
      resumeAt += characterAt(text, resumeAt).length;
      at = resumeAt;
      step = star + 1;
    } else {
      return false;
    }
  }
  return true;
}

/** One character, which may consist of two code units. */
function characterAt(text: string, at: number): string {
  const unit = text.charCodeAt(at);
  return unit >= 0xd800 && unit <= 0xdbff ? text.slice(at, at + 2) : text[at];
}
