import fc from 'fast-check';
import { SSE_HEARTBEAT, sseEvent, type SsePiece, SseReader } from './sse';

/** Reads a text that arrives in pieces of these sizes. */
function readInPieces(text: string, sizes: number[]): SsePiece[] {
  const bytes = new TextEncoder().encode(text);
  const reader = new SseReader();
  const pieces: SsePiece[] = [];
  let start = 0;
  for (let index = 0; start < bytes.length; index++) {
    const end = start + (sizes[index] ?? bytes.length);
    pieces.push(...reader.read(bytes.subarray(start, end)));
    start = end;
  }
  return pieces;
}

describe('SseReader', () => {
  it('finds events and heartbeats in the format of Argo CD', () => {
    const text = 'data: {"result":{"type":"ADDED"}} \n\n\n:\ndata: {} \n\n\n';
    expect(readInPieces(text, [])).toEqual([
      { data: '{"result":{"type":"ADDED"}} ' },
      { comment: '' },
      { data: '{} ' },
    ]);
  });

  it('joins the lines of an event, with either line ending', () => {
    expect(readInPieces('data: a\r\ndata:b\r\n\r\n', [])).toEqual([
      { data: 'a\nb' },
    ]);
  });

  it('keeps an event that isn’t complete', () => {
    const reader = new SseReader();
    expect(reader.read(Buffer.from('data: {"re'))).toEqual([]);
    expect(reader.read(Buffer.from('sult":1} \n'))).toEqual([]);
    expect(reader.read(Buffer.from('\n'))).toEqual([{ data: '{"result":1} ' }]);
  });

  it('finds all events regardless of chunk boundaries', () => {
    const sent = fc.array(
      fc.oneof(fc.constant(SSE_HEARTBEAT), fc.json().map(sseEvent)),
    );
    fc.assert(
      fc.property(
        sent,
        fc.array(fc.integer({ min: 1, max: 9 })),
        (texts, sizes) => {
          const again = readInPieces(texts.join(''), sizes).map(piece =>
            'data' in piece ? sseEvent(piece.data) : SSE_HEARTBEAT,
          );
          expect(again).toEqual(texts);
        },
      ),
    );
  });
});
