import { toPreviewFiles } from './previewFiles';

const file = (path: string, content: string | Buffer) => ({
  path,
  base64Content: Buffer.from(content).toString('base64'),
});

describe('toPreviewFiles', () => {
  it('sorts files by path and decodes their text', () => {
    expect(toPreviewFiles([file('b.txt', 'ü\n'), file('a.txt', '')])).toEqual({
      files: [
        { path: 'a.txt', sizeInBytes: 0, text: '' },
        { path: 'b.txt', sizeInBytes: 3, text: 'ü\n' },
      ],
    });
  });

  it.each([
    ['a NUL byte', Buffer.from([0x61, 0])],
    ['invalid UTF-8', Buffer.from([0xff, 0xfe])],
    ['more text than a page shows', Buffer.alloc(100_001, 'a')],
  ])('leaves out the text of a file with %s', (_, content) => {
    expect(toPreviewFiles([file('a', content)])).toEqual({
      files: [{ path: 'a', sizeInBytes: content.length }],
    });
  });

  it('limits the text of all files together', () => {
    const many = Array.from({ length: 30 }, (_, index) =>
      file(String(index).padStart(2, '0'), 'a'.repeat(100_000)),
    );
    const { files } = toPreviewFiles(many);
    expect(files).toHaveLength(30);
    expect(files.filter(({ text }) => text !== undefined)).toHaveLength(20);
  });

  it('says how many files there are if it leaves some out', () => {
    const many = Array.from({ length: 501 }, (_, index) =>
      file(String(index), ''),
    );
    expect(toPreviewFiles(many)).toMatchObject({ total: 501 });
    expect(toPreviewFiles(many).files).toHaveLength(500);
  });
});
