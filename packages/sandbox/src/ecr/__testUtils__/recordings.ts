import { readRecordingJson, recordedFiles } from '@landfall/testing-kit';
import { z } from 'zod';

const exchangeSchema = z.object({
  title: z.string(),
  request: z.object({
    target: z.string(),
    body: z.record(z.string(), z.unknown()),
  }),
  response: z.object({ status: z.number(), body: z.unknown() }),
});

/** A recorded exchange, with its file name without `.json`. */
export type Exchange = z.infer<typeof exchangeSchema> & { file: string };

/** The recorded exchanges in their original order. */
export function recordedExchanges(): Exchange[] {
  return recordedFiles('ecr')
    .filter(name => /^\d+-.*\.json$/.test(name))
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
    .map(name => ({
      file: name.replace(/\.json$/, ''),
      ...exchangeSchema.parse(readRecordingJson(`ecr/${name}`)),
    }));
}
