import { z } from 'zod';
import { readRecordingJson, recordedFiles } from '@landfall/testing-kit';
import { argoCdRecording } from '../../__testUtils__/recordings';
import { decodeApplication } from './application';
import { decodeApplicationList } from './list';

const promotionSchema = z.object({
  steps: z.array(
    z.object({ kind: z.string(), application: z.unknown().optional() }),
  ),
});

async function* bytesOf(body: unknown): AsyncGenerator<Uint8Array> {
  yield Buffer.from(JSON.stringify(body));
}

describe('recorded applications', () => {
  it.each(recordedFiles('promotions'))('promotions/%s', file => {
    const { steps } = promotionSchema.parse(
      readRecordingJson(`promotions/${file}`),
    );
    const events = steps.filter(({ kind }) => kind === 'app-event');
    expect(events.length).toBeGreaterThan(0);
    for (const { application } of events) {
      expect(decodeApplication('main', application)).toMatchObject({
        ok: true,
        application: {
          resourceVersion: expect.stringMatching(/^\d+$/),
          sources: [expect.anything()],
        },
      });
    }
  });

  it('decode from a list, with an error for each that can’t be decoded', async () => {
    const list = await decodeApplicationList(
      'main',
      bytesOf(argoCdRecording('02-list-full.json').response?.body),
    );
    expect(list.applications).toHaveLength(25);
    expect(list.undecodable).toEqual([]);
    // `fields` without the uid, which the client never sends.
    const narrow = await decodeApplicationList(
      'main',
      bytesOf(
        argoCdRecording('02-list-fields-one-unknown.json').response?.body,
      ),
    );
    expect(narrow.applications).toEqual([]);
    expect(narrow.undecodable).toHaveLength(25);
  });

  it('may be an empty list with `items: null`', async () => {
    expect(
      await decodeApplicationList(
        'main',
        bytesOf(
          argoCdRecording('02-list-viewer-no-rights.json').response?.body,
        ),
      ),
    ).toEqual({ applications: [], undecodable: [] });
  });
});
