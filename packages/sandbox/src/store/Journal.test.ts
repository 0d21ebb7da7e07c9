import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Collection } from './Collection';
import { Journal } from './Journal';

describe('the state on disk', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'journal-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function open() {
    const journal = new Journal(folder);
    const texts = new Collection<string>('texts', journal);
    journal.open();
    return { journal, texts };
  }

  it('survives a kill: what was flushed is there, a torn line is not', () => {
    const { journal, texts } = open();
    texts.put('a/b', 'one');
    texts.put('c', 'two');
    texts.put('c', 'three\nlines');
    texts.delete('a/b');
    journal.flush();
    // Neither closed nor flushed again, as if killed in the middle of a write.
    appendFileSync(join(folder, 'state.jsonl'), '["texts","d","torn');
    const again = open();
    expect(again.texts.all()).toEqual([['c', 'three\nlines']]);
  });

  it('is written anew once it has grown, and says the same', () => {
    const { journal, texts } = open();
    const long = 'x'.repeat(1_000_000);
    for (let i = 0; i < 40; i++) {
      texts.put('same', `${i}${long}`);
      journal.flush();
    }
    const size = readFileSync(join(folder, 'state.jsonl')).length;
    expect(size).toBeLessThan(25_000_000);
    texts.put('later', 'y');
    journal.close();
    const again = open();
    expect([
      again.texts.get('same')?.slice(0, 2),
      again.texts.get('later'),
    ]).toEqual(['39', 'y']);
  });
});
