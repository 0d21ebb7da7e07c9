import { linesOf } from './lines';

async function* chunks(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) {
    yield Buffer.from(text, 'latin1');
  }
}

async function collect(texts: string[], maxBytes = 100): Promise<string[]> {
  const found: string[] = [];
  const lines = linesOf(chunks(...texts), maxBytes, () => new Error('long'));
  for await (const line of lines) {
    found.push(line);
  }
  return found;
}

describe('linesOf', () => {
  it.each([
    ['one line', ['{"a":1}\n'], ['{"a":1}']],
    ['two lines of one chunk', ['a\nb\n'], ['a', 'b']],
    ['a line of several chunks', ['a', 'b', 'c\nd', '\n'], ['abc', 'd']],
    ['empty lines and carriage returns', ['\n\r\na\r\n'], ['a']],
    ['a line that was cut off', ['a\nb'], ['a']],
    // "é" and "漢" in UTF-8.
    [
      'a character of two chunks',
      ['\xc3', '\xa9\n', '\xe6\xbc', '\xa2\n'],
      ['é', '漢'],
    ],
    ['nothing', [], []],
  ])('reads %s', async (_, texts, lines) => {
    expect(await collect(texts)).toEqual(lines);
  });

  it('limits the length of each line', async () => {
    expect(await collect(['12345\n12345\n'], 5)).toEqual(['12345', '12345']);
    await expect(collect(['12345\n123', '456'], 5)).rejects.toThrow('long');
  });
});
