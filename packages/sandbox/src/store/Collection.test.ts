import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Collection } from './Collection';
import { StateFile } from './StateFile';

describe('the state on disk', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'state-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function open() {
    const file = new StateFile(folder);
    const texts = new Collection<string>('texts', file);
    const others = new Collection<{ n: number }>('others', file);
    return { file, texts, others };
  }

  it('is there again without a close, in the order of the first writes', () => {
    const { texts, others } = open();
    texts.put('a/b', 'one');
    texts.put('c', 'two');
    texts.put('d', 'text');
    texts.put('c', 'three\nlines');
    texts.delete('a/b');
    others.put('c', { n: 1 });
    const again = open();
    expect(again.texts.all()).toEqual([
      ['c', 'three\nlines'],
      ['d', 'text'],
    ]);
    expect(again.others.get('c')).toEqual({ n: 1 });
  });

  it('takes no more once it is closed', () => {
    const { file, texts } = open();
    texts.put('a', 'one');
    file.close();
    texts.put('a', 'two');
    expect(open().texts.get('a')).toBe('one');
  });
});
